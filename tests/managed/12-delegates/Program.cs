// Delegates to every kind of method, multicast, closures, events, equality.
internal delegate int Binary(int a, int b);
internal delegate void Changer(ref int value, out string text);
internal delegate T Maker<T>(T seed);

internal class Speaker(string name)
{
    public event Action<string>? Spoke;
    public virtual string Speak(string text)
    {
        Spoke?.Invoke(name + ": " + text);
        return name;
    }
    public Func<string, string> Virtual => Speak;
}
internal sealed class Loud(string name) : Speaker(name)
{
    public override string Speak(string text) => base.Speak(text.ToUpperInvariant()) + "!";
    public Func<string, string> Base => base.Speak;
}
internal struct Adder { public int By; public int Add(int n) => n + By++; }
internal static class Extension { public static int Plus(this string s, int n) => s.Length + n; }

internal static class Program
{
    private static int Add(int a, int b) => a + b;
    private static int Log(int a, int b)
    {
        Console.WriteLine("log " + a + " " + b);
        return a * b;
    }
    private static void Change(ref int value, out string text)
    {
        value *= 2;
        text = "now " + value;
    }

    private static void Main()
    {
        Kinds();
        Multicast();
        Closures();
        Events();
        Equality();
        Composition();
        Faults();
    }

    private static void Kinds()
    {
        Binary add = Add;
        Console.WriteLine(add(1, 2));
        Console.WriteLine(add.Invoke(3, 4));
        Speaker speaker = new("A");
        Func<string, string> instance = speaker.Speak;
        Console.WriteLine(instance("hi"));
        Console.WriteLine(new Loud("B").Virtual("hi"));
        Console.WriteLine(new Loud("C").Base("hi"));
        Adder adder = new() { By = 10 };
        Func<int, int> boxed = adder.Add;
        Console.WriteLine(boxed(1) + " " + boxed(1) + " " + adder.Add(1));
        Func<int, int> extension = "four".Plus;
        Console.WriteLine(extension(3));
        Changer change = Change;
        int n = 21;
        change(ref n, out string text);
        Console.WriteLine(text);
        Maker<string> maker = s => s + s;
        Console.WriteLine(maker("ab"));
        Func<string> toString = 5.ToString;
        Console.WriteLine(toString());
        Func<object, bool> equals = "x".Equals;
        Console.WriteLine(equals("x"));
        Func<double, long, float, byte, string> many = (d, l, f, b) => d + " " + l + " " + f + " " + b;
        Console.WriteLine(many(1.5, 1L << 40, 0.25f, 255));
        Func<decimal, (int, string)> values = d => ((int)d, "t");
        Console.WriteLine(values(9.9m));
        Console.WriteLine(add.Method.Name);
        Console.WriteLine(add.Target == null);
        Console.WriteLine(instance.Target == speaker);
    }

    private static void Multicast()
    {
        Binary? all = Log;
        all += (a, b) => { Console.WriteLine("second"); return a - b; };
        all += Log;
        Console.WriteLine(all(6, 7));
        Console.WriteLine(all.GetInvocationList().Length);
        all -= Log;
        Console.WriteLine(all!(8, 9));
        all -= Log;
        Console.WriteLine(all!(1, 1));
        Binary? none = Log;
        none -= Log;
        Console.WriteLine(none == null);
        Action chain = () => Console.Write("a");
        chain += () => Console.Write("b");
        Action twice = chain + chain;
        twice();
        Console.WriteLine();
        foreach (Delegate d in twice.GetInvocationList())
            ((Action)d)();
        Console.WriteLine();
        (twice - chain)!();
        Console.WriteLine();
    }

    private static void Closures()
    {
        int count = 0;
        Func<int> next = () => ++count;
        next();
        next();
        Console.WriteLine(count);
        List<Func<int>> captured = [];
        for (int i = 0; i < 3; i++)
        {
            int copy = i * 10;
            captured.Add(() => copy + i);
        }
        foreach (Func<int> f in captured)
            Console.WriteLine(f());
        Func<int, Func<int, int>> curried = a => b => a * 100 + b;
        Console.WriteLine(curried(3)(4));
        Func<int, int> factorial = null!;
        factorial = n => n < 2 ? 1 : n * factorial(n - 1);
        Console.WriteLine(factorial(10));
        int Local(int n) => n < 2 ? n : Local(n - 1) + Local(n - 2);
        Console.WriteLine(Local(15));
        static string Static(string s) => "<" + s + ">";
        Console.WriteLine(Static("static local"));
    }

    private static void Events()
    {
        Speaker speaker = new Loud("E");
        List<string> heard = [];
        Action<string> listener = heard.Add;
        speaker.Spoke += listener;
        speaker.Spoke += s => heard.Add("again " + s);
        speaker.Speak("one");
        speaker.Spoke -= listener;
        speaker.Speak("two");
        foreach (string s in heard)
            Console.WriteLine(s);
    }

    private static void Equality()
    {
        Binary a = Add, b = Add, c = Log;
        Console.WriteLine(a == b);
        Console.WriteLine(a == c);
        Console.WriteLine(a + c == b + c);
        Console.WriteLine(a + c == c + b);
        Speaker s = new("x");
        Func<string, string> f = s.Speak, g = s.Speak, h = new Speaker("x").Speak;
        Console.WriteLine(f == g);
        Console.WriteLine(f == h);
        Console.WriteLine(f.GetHashCode() == g.GetHashCode());
    }

    private static Func<A, C> Compose<A, B, C>(Func<A, B> f, Func<B, C> g) => x => g(f(x));

    private static void Composition()
    {
        Func<string, double> composed = Compose(Compose<string, int, long>(s => s.Length, n => n * 1_000_000_000L), l => l / 3.0);
        Console.WriteLine(composed("abc"));
        int[] numbers = { 4, 1, 3 };
        Array.Sort(numbers, (x, y) => y - x);
        Console.WriteLine(string.Join(' ', numbers));
        Predicate<int> even = n => n % 2 == 0;
        Console.WriteLine(Array.FindIndex(numbers, even));
        Lazy<string> lazy = new(() => { Console.WriteLine("computed"); return "lazy"; });
        Console.WriteLine(lazy.Value + lazy.Value);
    }

    private static void Faults()
    {
        Action? nothing = null;
        try { nothing!(); } catch (NullReferenceException) { Console.WriteLine("null delegate"); }
        Action boom = () => throw new InvalidOperationException("boom");
        Action after = () => Console.WriteLine("never");
        try { (boom + after)(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        Speaker? none = null;
        try { Func<string, string> f = none!.Speak; f(""); } catch (NullReferenceException) { Console.WriteLine("null target"); }
    }
}
