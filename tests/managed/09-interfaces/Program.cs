// Interface dispatch: implicit, explicit, inherited, generic, default and static abstract members.
using System.Numerics;

internal interface INamed { string Name { get; } }
internal interface IGreeter : INamed
{
    string Greet() => "Hello, " + Name + Mark();
    private string Mark() => "!";
    static string Kind => "greeter";
}
internal interface IPolite : IGreeter { string IGreeter.Greet() => "Good day, " + Name; }
internal interface ILoud : IGreeter { string Shout() => Greet().ToUpperInvariant(); }

internal class Person(string name) : IGreeter { public virtual string Name => name; }
internal class Butler(string name) : Person(name), IPolite { }
internal class Singer(string name) : Person(name), ILoud { public string Greet() => "La, " + Name; }
internal sealed class Star(string name) : Singer(name), ILoud { public override string Name => "*" + base.Name + "*"; string ILoud.Shout() => "ENCORE"; }

internal interface ILeft { string Say(); }
internal interface IRight { string Say(); }
internal class Both : ILeft, IRight
{
    string ILeft.Say() => "left";
    string IRight.Say() => "right";
    public string Say() => "self";
}
internal class Again : Both, ILeft { string ILeft.Say() => "left again"; }

internal interface IStore<T> { void Put(T item); T Get(); }
internal sealed class Store<T> : IStore<T>
{
    private readonly Stack<T> items = [];
    public void Put(T item) => items.Push(item);
    public T Get() => items.Pop();
}
internal sealed class Twin : IStore<int>, IStore<string>
{
    private int n;
    private string s = "";
    void IStore<int>.Put(int item) => n = item;
    int IStore<int>.Get() => n;
    void IStore<string>.Put(string item) => s = item;
    string IStore<string>.Get() => s;
}

internal interface IShape<TSelf> where TSelf : IShape<TSelf>
{
    static abstract TSelf Unit { get; }
    static abstract TSelf operator +(TSelf a, TSelf b);
    static virtual string Family => "shapes";
    static abstract TSelf Parse(string text);
    double Size { get; }
}
internal readonly struct Length(double size) : IShape<Length>
{
    public static Length Unit => new(1);
    public static Length operator +(Length a, Length b) => new(a.Size + b.Size);
    public static Length Parse(string text) => new(text.Length);
    public double Size { get; } = size;
}
internal sealed class Pile(int count) : IShape<Pile>
{
    public static Pile Unit => new(10);
    public static Pile operator +(Pile a, Pile b) => new((int)(a.Size + b.Size));
    public static Pile Parse(string text) => new(text[0]);
    public static string Family => "piles";
    public double Size => count;
}

internal struct Counter : IEnumerator<int>
{
    private int n;
    public int Current => n;
    object System.Collections.IEnumerator.Current => n;
    public bool MoveNext() => ++n < 4;
    public void Reset() => n = 0;
    public void Dispose() => Console.WriteLine("disposed");
}

internal static class Program
{
    private static void Main()
    {
        foreach (IGreeter greeter in new IGreeter[] { new Person("Ann"), new Butler("James"), new Singer("Ella"), new Star("Nina") })
        {
            Console.WriteLine(greeter.Name);
            Console.WriteLine(greeter.Greet());
            if (greeter is ILoud loud)
                Console.WriteLine(loud.Shout());
        }
        Console.WriteLine(IGreeter.Kind);
        Explicit();
        Generic();
        StaticAbstract();
        Constrained();
        Comparisons();
    }

    private static void Explicit()
    {
        Both both = new Again();
        Console.WriteLine(both.Say());
        Console.WriteLine(((ILeft)both).Say());
        Console.WriteLine(((IRight)both).Say());
        Console.WriteLine(((ILeft)new Both()).Say());
        Console.WriteLine((object)both is ILeft and IRight);
        Console.WriteLine((object)both is INamed);
        try { _ = ((INamed)(object)both).Name; } catch (InvalidCastException) { Console.WriteLine("no INamed"); }
    }

    private static void Generic()
    {
        IStore<string> strings = new Store<string>();
        strings.Put("a");
        strings.Put("b");
        Console.WriteLine(strings.Get() + strings.Get());
        IStore<DateTimeKind> enums = new Store<DateTimeKind>();
        enums.Put(DateTimeKind.Utc);
        Console.WriteLine((int)enums.Get());
        Twin twin = new();
        ((IStore<int>)twin).Put(7);
        ((IStore<string>)twin).Put("seven");
        Console.WriteLine(((IStore<int>)twin).Get() + ((IStore<string>)twin).Get());
    }

    private static T Total<T>(int count) where T : IShape<T>
    {
        T sum = T.Unit;
        for (int i = 1; i < count; i++)
            sum += T.Unit;
        return sum;
    }

    private static void StaticAbstract()
    {
        Console.WriteLine(Total<Length>(3).Size);
        Console.WriteLine(Total<Pile>(3).Size);
        Console.WriteLine(Family<Length>() + " " + Family<Pile>());
        Console.WriteLine(Parsed<Length>("four") + " " + Parsed<Pile>("A"));
        Console.WriteLine(Sum(new[] { 1, 2, 3 }));
        Console.WriteLine(Sum(new[] { 1.5, 2.5 }));
        Console.WriteLine(Sum(new[] { 1L << 40, 1 }));
        Console.WriteLine(Sum(new byte[] { 200, 100 }));
    }

    private static string Family<T>() where T : IShape<T> => T.Family;
    private static double Parsed<T>(string text) where T : IShape<T> => T.Parse(text).Size;

    private static T Sum<T>(T[] values) where T : INumber<T>
    {
        T sum = T.Zero;
        foreach (T value in values)
            sum += value;
        return sum;
    }

    private static int Drain<T>(T items) where T : IEnumerator<int>
    {
        int sum = 0;
        while (items.MoveNext())
            sum += items.Current;
        items.Dispose();
        return sum;
    }

    private static void Constrained()
    {
        Counter counter = default;
        Console.WriteLine(Drain(counter));
        Console.WriteLine(counter.Current);
        IEnumerator<int> boxed = counter;
        boxed.MoveNext();
        Console.WriteLine(boxed.Current + " " + counter.Current);
        Console.WriteLine(Drain(boxed));
    }

    private static void Comparisons()
    {
        IComparable<int> five = 5;
        Console.WriteLine(five.CompareTo(7));
        IComparable text = "b";
        Console.WriteLine(Math.Sign(text.CompareTo("a")));
        IEquatable<string> equatable = "x";
        Console.WriteLine(equatable.Equals("x"));
        IFormattable number = 255;
        Console.WriteLine(number.ToString("X", null));
        IConvertible convertible = 3.7;
        Console.WriteLine(convertible.ToInt32(null));
    }
}
