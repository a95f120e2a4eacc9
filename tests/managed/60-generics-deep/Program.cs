// Generic instances of every shape: deep nesting, virtual and interface generic methods, types that recur in their own
// instantiation, constraints, nested generics, statics per instance.
#nullable disable
using System.Numerics;
using System.Runtime.CompilerServices;

static class P {
    static void Main() {
        Nesting();
        VirtualMethods();
        Recurrence();
        Constraints();
        Statics();
        Variants();
        Comparers();
    }

    static void Nesting() {
        Console.WriteLine(new Outer<int>.Inner<string>.Innermost<long>().Describe<byte>());
        Console.WriteLine(typeof(Outer<int>.Inner<string>.Innermost<long>));
        Console.WriteLine(typeof(Outer<>.Inner<>.Innermost<>));
        Console.WriteLine(new Outer<int>.Plain().Owner());
        Console.WriteLine(Grow<int>.Depth(12));
        Console.WriteLine(Wrap(5, 6));
        var deep = new Dictionary<string, List<Dictionary<int, (string, KeyValuePair<long, List<byte[]>>)>>>();
        deep["a"] = [new() { [3] = ("x", new(4, [[1, 2]])) }];
        Console.WriteLine(deep["a"][0][3].Item2.Value[0][1]);
        Console.WriteLine(deep.GetType());
    }

    static string Wrap<T>(T value, int depth) => depth == 0 ? typeof(T).ToString() + value : Wrap((value, depth), depth - 1);

    static void VirtualMethods() {
        Shape[] shapes = [new Shape(), new Round(), new Oval()];
        foreach (var shape in shapes) Console.WriteLine(shape.Make<int>(3) + shape.Make("s") + shape.Make<List<string>>(null));
        IVisitor<int> visitor = new Visitor();
        Console.WriteLine(visitor.Visit("text", 1) + visitor.Visit(2.5, 2));
        IVisitor<string> other = new Visitor();
        Console.WriteLine(other.Visit('c', "key") + other.Visit(new[] { 1 }, "k"));
        Func<double, string> bound = shapes[2].Make<double>;
        Console.WriteLine(bound(1.5) + bound.Method.DeclaringType!.Name + bound.Method.IsGenericMethod);
    }

    static void Recurrence() {
        Console.WriteLine(new Leaf { Weight = 4 }.Heavier(new Leaf { Weight = 9 }).Weight);
        Console.WriteLine(new Node<int> { Value = 1, Next = new Node<int> { Value = 2 } }.CompareTo(new Node<int> { Value = 5 }));
        Console.WriteLine(typeof(Leaf).BaseType + " " + typeof(Node<string>).GetInterfaces().Length);
        Console.WriteLine(new Tower<int>().Up() + new Tower<string>().Up());
        Console.WriteLine(new Left<int>().Other.Other.Name);
        Console.WriteLine(Singleton<Config>.Instance.Name + Singleton<Config>.Instance.Count);
        Console.WriteLine(new SelfStruct<int> { Value = 3 }.With(default).Value);
    }

    static void Constraints() {
        Console.WriteLine(Create<Config>().Name + Size<long>() + Size<(byte, int)>() + Sum([1, 2, 3]) + Sum([1.5, 2.5]));
        Console.WriteLine(Largest("b", "a") + Largest(3, 9) + (Default<int?>() == null) + (Default<string>() == null));
        Console.WriteLine(IsNull<string>(null) + " " + IsNull(3) + " " + IsNull<int?>(null));
        Console.WriteLine(Convert<int, object>(5) + "" + Convert<string, IComparable>("q"));
        Console.WriteLine(Flags<DayOfWeek>() + Flags<ConsoleColor>() + Delegates<Action>(() => { }));
        Counter counter = new();
        Bump(ref counter); Bump(ref counter);
        Console.WriteLine(counter.Value);
        var boxed = (ICounter)counter;
        Bump(ref boxed);
        Console.WriteLine(boxed.Value + " " + counter.Value);
        Console.WriteLine(new Hidden<Counter>().Show(default) + new Hidden<string>().Show("z"));
    }

    static void Statics() {
        Tally<int>.Count += 2; Tally<string>.Count++; Tally<object>.Count += 5;
        Console.WriteLine($"{Tally<int>.Count} {Tally<string>.Count} {Tally<object>.Count} {Tally<long>.Count}");
        Console.WriteLine(Tally<int>.Name + Tally<List<int>>.Name + Tally<int>.Inner<string>.Both);
        Console.WriteLine(Memo<int>.Of(3) + Memo<int>.Of(4) + Memo<string>.Of("x"));
    }

    static void Variants() {
        Console.WriteLine(Kind<int>() + Kind<string>() + Kind<int[]>() + Kind<DayOfWeek>() + Kind<int?>() + Kind<(int, string)>());
        object[] things = [1, "s", new List<int> { 1 }, new int[,] { { 1 } }, 2.5m, null, DayOfWeek.Friday, (1, 2)];
        foreach (object thing in things)
            Console.Write(thing switch { int i => "int" + i, string s => s, IList<int> l => "list" + l.Count, int[,] a => "array" + a.Length, null => "null", Enum e => e.ToString(), ITuple t => "tuple" + t.Length, _ => thing.GetType().Name } + ";");
        Console.WriteLine();
        Console.WriteLine(As<string>("x") + As<int?>(4) + (As<List<object>>(new List<string>()) == null));
    }

    static void Comparers() {
        Console.WriteLine(EqualityComparer<Counter>.Default.Equals(new Counter { Value = 1 }, new Counter { Value = 1 }));
        Console.WriteLine(Comparer<Node<int>>.Default.Compare(new() { Value = 1 }, new() { Value = 2 }));
        Console.WriteLine(EqualityComparer<DayOfWeek>.Default.GetHashCode(DayOfWeek.Friday));
        Console.WriteLine(new HashSet<(int, string)> { (1, "a"), (1, "a"), (2, "a") }.Count);
        Console.WriteLine(EqualityComparer<int?>.Default.Equals(3, null) + " " + Comparer<int?>.Default.Compare(null, 1));
        Console.WriteLine(new[] { 3, 1, 2 }.ToDictionary(i => i, i => new[] { i }).OrderBy(p => p.Key).Last().Value[0]);
    }

    static T Create<T>() where T : new() => new();
    static int Size<T>() where T : unmanaged => Unsafe.SizeOf<T>();
    static T Sum<T>(T[] values) where T : INumber<T> { T total = T.Zero; foreach (T v in values) total += v; return total; }
    static T Largest<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) > 0 ? a : b;
    static T Default<T>() => default;
    static bool IsNull<T>(T value) => value == null;
    static U Convert<T, U>(T value) where T : U => value;
    static string Flags<T>() where T : struct, Enum => Enum.GetUnderlyingType(typeof(T)).Name + Enum.GetValues<T>().Length;
    static string Delegates<T>(T d) where T : Delegate => d.GetType().Name;
    static void Bump<T>(ref T counter) where T : ICounter => counter.Bump();
    static T As<T>(object value) => value is T t ? t : default;
    static string Kind<T>() => typeof(T).IsValueType ? (default(T) == null ? "nullable " : typeof(T).IsEnum ? "enum " : typeof(T).IsGenericType ? "generic " : "value ") : typeof(T).IsArray ? "array " : "ref ";
}

class Outer<A> {
    public class Plain { public string Owner() => typeof(A).Name; }
    public class Inner<B> {
        public class Innermost<C> { public string Describe<D>() => $"{typeof(A).Name} {typeof(B).Name} {typeof(C).Name} {typeof(D).Name} {GetType().GetGenericArguments().Length}"; }
    }
}

class Grow<T> { public static string Depth(int n) => n == 0 ? typeof(T).ToString().Length.ToString() : Grow<List<T>>.Depth(n - 1); }

class Shape { public virtual string Make<T>(T value) => $"shape<{typeof(T).Name}>({value})"; }
class Round : Shape { public override string Make<T>(T value) => $"round<{typeof(T).Name}>({value})"; }
class Oval : Round { public override string Make<T>(T value) => "oval " + base.Make(value); }

interface IVisitor<K> { string Visit<T>(T value, K key); }
class Visitor : IVisitor<int>, IVisitor<string> {
    public string Visit<T>(T value, int key) => $"int {key} {typeof(T).Name};";
    string IVisitor<string>.Visit<U>(U value, string key) => $"string {key} {typeof(U).Name};";
}

abstract class Weighed<TSelf> where TSelf : Weighed<TSelf> { public int Weight; public TSelf Heavier(TSelf other) => other.Weight > Weight ? other : (TSelf)this; }
sealed class Leaf : Weighed<Leaf>;
class Node<T> : IComparable<Node<T>>, IEquatable<Node<T>> where T : IComparable<T> {
    public T Value; public Node<T> Next;
    public int CompareTo(Node<T> other) => Value.CompareTo(other.Value);
    public bool Equals(Node<T> other) => other != null && CompareTo(other) == 0;
    public override bool Equals(object obj) => Equals(obj as Node<T>);
    public override int GetHashCode() => Value.GetHashCode();
}
class Tower<T> { public string Up() => typeof(Tower<Tower<T>>).ToString() + new Tower<Tower<T>>().Name; public string Name => typeof(T).Name; }
class Left<T> { public Right<T> Other => new(); public string Name => "left " + typeof(T).Name; }
class Right<T> { public Left<T[]> Other => new(); }
class Singleton<T> where T : class, new() { public static readonly T Instance = new(); }
class Config { static int made; public string Name = "config"; public int Count = ++made; }
struct SelfStruct<T> { public T Value; public static SelfStruct<T> Empty; public SelfStruct<T> With(SelfStruct<T> other) { Empty = this; return Empty; } }

interface ICounter { int Value { get; set; } void Bump(); }
struct Counter : ICounter { public int Value { get; set; } public void Bump() => Value++; }
class Hidden<T> { public string Show(T value) => value is ICounter c ? "counter" + c.Value : value.ToString(); }

class Tally<T> {
    public static int Count; public static readonly string Name = "Tally of " + typeof(T).Name + ";";
    public class Inner<U> { public static readonly string Both = typeof(T).Name + typeof(U).Name; }
}
static class Memo<T> { static readonly Dictionary<T, int> seen = []; static int next = 10; public static int Of(T key) => seen.TryGetValue(key, out int n) ? n : seen[key] = next++; }
