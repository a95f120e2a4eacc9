// Generic types and methods over references and values, constraints, statics per instantiation, virtual generic methods.
internal class Box<T>
{
    private static int made;
    public T Value;
    public Box(T value) { Value = value; made++; }
    public static int Made => made;
    public virtual string Show() => typeof(T).Name + ":" + Value;
    public Box<U> Map<U>(Func<T, U> f) => new(f(Value));
    public override string ToString() => Show();
    internal class Inner<U>(T first, U second)
    {
        public string Both => first + "&" + second;
        public Box<(T, U)> Packed => new((first, second));
    }
}
internal class NamedBox<T>(string name, T value) : Box<T>(value) { public override string Show() => name + "=" + base.Show(); }
internal sealed class IntBox(int n) : NamedBox<int>("int", n) { public override string Show() => "<" + base.Show() + ">"; }

internal struct Pair<TFirst, TSecond>
{
    public TFirst First;
    public TSecond Second;
    public Pair(TFirst first, TSecond second) { First = first; Second = second; }
    public readonly Pair<TSecond, TFirst> Swap() => new(Second, First);
    public override readonly string ToString() => $"{First}|{Second}";
}

internal abstract class Visitor { public abstract string Visit<T>(T value); }
internal sealed class TypeVisitor : Visitor { public override string Visit<T>(T value) => typeof(T).Name; }
internal sealed class TextVisitor : Visitor { public override string Visit<T>(T value) => value?.ToString() ?? "null"; }

internal sealed class Tree<TKey, TValue> where TKey : IComparable<TKey>
{
    private sealed class Node(TKey key, TValue value) { public readonly TKey Key = key; public TValue Value = value; public Node? Left, Right; }
    private Node? root;
    public int Count { get; private set; }
    public void Add(TKey key, TValue value)
    {
        ref Node? place = ref root;
        while (place != null)
        {
            int order = key.CompareTo(place.Key);
            if (order == 0) { place.Value = value; return; }
            if (order < 0) place = ref place.Left;
            else place = ref place.Right;
        }
        place = new Node(key, value);
        Count++;
    }
    public IEnumerable<KeyValuePair<TKey, TValue>> Walk() => Walk(root);
    private static IEnumerable<KeyValuePair<TKey, TValue>> Walk(Node? node)
    {
        if (node == null) yield break;
        foreach (var pair in Walk(node.Left)) yield return pair;
        yield return new(node.Key, node.Value);
        foreach (var pair in Walk(node.Right)) yield return pair;
    }
}

internal class Plain { public override string ToString() => "plain"; }

internal static class Counter<T> { public static int Count; public static readonly string Name = "counter of " + typeof(T).Name; }

internal static class Program
{
    private static void Main()
    {
        Console.WriteLine(new Box<int>(5));
        Console.WriteLine(new Box<string>("s"));
        Console.WriteLine(new Box<double>(2.5).Map(d => d > 2).Map(b => b ? "yes" : "no"));
        Console.WriteLine(new NamedBox<long>("n", 7L));
        Console.WriteLine(new IntBox(9));
        Console.WriteLine(Box<int>.Made + " " + Box<string>.Made + " " + Box<bool>.Made + " " + Box<char>.Made);
        Console.WriteLine(new Box<int>.Inner<string>(1, "one").Both);
        Console.WriteLine(new Box<int>.Inner<string>(1, "one").Packed);
        Pairs();
        Methods();
        Virtuals();
        Trees();
        Statics();
        Constraints();
        Names();
    }

    private static void Pairs()
    {
        Pair<int, string> pair = new(1, "a");
        Console.WriteLine(pair + " " + pair.Swap());
        Pair<Pair<byte, long>, string[]> nested = new(new(255, -1), new[] { "x" });
        Console.WriteLine(nested.First.Second + nested.Swap().First[0]);
        Pair<string, Pair<int, string>>[] array = { new("k", pair), default };
        array[1].Second.First = 3;
        Console.WriteLine(array[0] + " " + array[1]);
    }

    private static T Identity<T>(T value) => value;
    private static T Choose<T>(bool first, T a, T b) => first ? a : b;
    private static void Swap<T>(ref T a, ref T b) => (a, b) = (b, a);
    private static T Largest<T>(IEnumerable<T> values) where T : IComparable<T>
    {
        bool any = false;
        T best = default!;
        foreach (T value in values)
            if (!any || value.CompareTo(best) > 0) { best = value; any = true; }
        return best;
    }
    private static T[] Repeat<T>(T value, int count)
    {
        T[] array = new T[count];
        for (int i = 0; i < count; i++)
            array[i] = value;
        return array;
    }
    private static bool Same<T>(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    private static void Methods()
    {
        Console.WriteLine(Identity(3) + Identity("x") + Identity(2.5f) + Identity<object?>(null));
        Console.WriteLine(Choose(true, 1, 2) + Choose(false, 10L, 20L));
        string a = "a", b = "b";
        Swap(ref a, ref b);
        decimal m = 1.5m, n = 2.5m;
        Swap(ref m, ref n);
        Console.WriteLine(a + b + m + n);
        Console.WriteLine(Largest(new[] { 3, 9, 4 }));
        Console.WriteLine(Largest(new List<string> { "pear", "zebra", "apple" }));
        Console.WriteLine(Largest(new[] { 'x', 'b' }));
        Console.WriteLine(string.Join(',', Repeat("r", 3)) + string.Join(',', Repeat((byte)7, 2)));
        Console.WriteLine(Same(1, 1) + " " + Same("a", "b") + " " + Same<object>(1, 1) + " " + Same(DayOfWeek.Friday, DayOfWeek.Friday));
        Console.WriteLine(Same(new Pair<int, int>(1, 2), new Pair<int, int>(1, 2)));
        Func<int, int> identity = Identity<int>;
        Console.WriteLine(identity(12));
    }

    private static void Virtuals()
    {
        foreach (Visitor visitor in new Visitor[] { new TypeVisitor(), new TextVisitor() })
        {
            Console.WriteLine(visitor.Visit(1));
            Console.WriteLine(visitor.Visit("text"));
            Console.WriteLine(visitor.Visit(new Pair<int, bool>(1, true)));
            Console.WriteLine(visitor.Visit<object?>(null));
        }
    }

    private static void Trees()
    {
        Tree<string, int> tree = new();
        foreach (string word in "the cat sat on the mat with the other cat".Split(' '))
            tree.Add(word, word.Length);
        Console.WriteLine(tree.Count);
        foreach ((string key, int value) in tree.Walk())
            Console.WriteLine(key + " " + value);
        Tree<long, Plain> other = new();
        other.Add(5, new());
        other.Add(-5, new());
        foreach (var pair in other.Walk())
            Console.WriteLine(pair.Key + " " + pair.Value);
    }

    private static void Statics()
    {
        Counter<int>.Count++;
        Counter<int>.Count++;
        Counter<string>.Count += 10;
        Counter<Plain>.Count += 20;
        Console.WriteLine(Counter<int>.Count + " " + Counter<string>.Count + " " + Counter<Plain>.Count + " " + Counter<byte>.Count);
        Console.WriteLine(Counter<int>.Name + ", " + Counter<Box<int>>.Name);
    }

    private static T Make<T>() where T : new() => new();
    private static int Size<T>() where T : unmanaged { unsafe { return sizeof(T); } }
    private static bool IsNull<T>(T value) => value is null;
    private static string Kind<T>(T value) where T : struct, Enum => value.ToString();

    private static void Constraints()
    {
        Console.WriteLine(Make<Plain>() + " " + Make<int>() + " " + Make<Pair<int, int>>());
        Console.WriteLine(Size<long>() + Size<char>() + Size<Pair<int, short>>());
        Console.WriteLine(IsNull("s") + " " + IsNull<string?>(null) + " " + IsNull(0) + " " + IsNull<int?>(null));
        Console.WriteLine(Kind(DayOfWeek.Sunday));
        Console.WriteLine(default(Pair<int, string>).Second == null);
        Console.WriteLine(default(int?) == null);
    }

    private static void Names()
    {
        Console.WriteLine(typeof(int).Name + " " + typeof(string).FullName);
        Console.WriteLine(typeof(Box<int>).Name + " " + typeof(Box<>).Name);
        Console.WriteLine(typeof(Pair<int, Box<string>>));
        Console.WriteLine(new int[2][].GetType() + " " + new string[1, 1].GetType());
        Console.WriteLine(new Box<int?>(3).GetType() == typeof(Box<int?>));
        Console.WriteLine(typeof(Box<int>) == typeof(Box<long>));
    }
}
