// Exceptions from static constructors: wrapped, kept, and the same object every time.
using System.Reflection;
using System.Runtime.CompilerServices;

static class Failing
{
    public static int Count;
    public static readonly int Value = Compute();
    static int Compute()
    {
        Program.Runs++;
        throw new InvalidOperationException("static field");
    }
}

class Explicit
{
    static Explicit()
    {
        Program.Runs++;
        throw new FormatException("static constructor");
    }
    public static void Hello() => Console.WriteLine("never");
    public int Instance;
}

class Outer
{
    static Outer() => Explicit.Hello();
    public static int Field = 1;
}

class Generic<T>
{
    static readonly int size = typeof(T) == typeof(int) ? throw new Exception("no ints") : 3;
    public static int Size => size;
}

class Base
{
    static Base() => throw new Exception("base");
    public Base() => Console.WriteLine("never");
}

class Derived : Base
{
    static Derived() => Console.WriteLine("derived first");
}

class Recursive
{
    public static int A = Other.B + 1;
    public class Other
    {
        public static int B = A + 10;
    }
}

class ThrowsItself
{
    static ThrowsItself() => throw new TypeInitializationException("by.hand", new Exception("inside"));
    public static int X;
}

class Beforehand
{
    public static readonly int Quiet = 5;
    public static int Use() => Quiet;
}

class Lazily
{
    static Lazily()
    {
        try
        {
            Failing.Count++;
        }
        catch (TypeInitializationException e)
        {
            Console.WriteLine($"inside another: {e.TypeName}");
        }
    }
    public static int X = 7;
}

static class Program
{
    public static int Runs;

    static TypeInitializationException? Show(string title, Action action)
    {
        try
        {
            action();
            Console.WriteLine($"{title}: fine");
        }
        catch (TypeInitializationException e)
        {
            Console.WriteLine($"{title}: {e.TypeName} | {e.Message} | {e.InnerException?.GetType()} {e.InnerException?.Message} | runs {Runs}");
            return e;
        }
        catch (Exception e)
        {
            Console.WriteLine($"{title}: {e.GetType()}: {e.Message} <- {e.InnerException?.GetType()}");
        }
        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Touch() => Explicit.Hello();

    static int Main()
    {
        var first = Show("field", () => Console.WriteLine(Failing.Value));
        var second = Show("field again", () => Failing.Count = 3);
        Console.WriteLine($"same {ReferenceEquals(first, second)}, same inner {ReferenceEquals(first!.InnerException, second!.InnerException)}");
        first = Show("call", Touch);
        second = Show("new", () => new Explicit());
        Console.WriteLine($"same {ReferenceEquals(first, second)}, same inner {ReferenceEquals(first!.InnerException, second!.InnerException)}");
        Show("nested", () => Outer.Field++);
        Show("generic int", () => Console.WriteLine(Generic<int>.Size));
        Show("generic string", () => Console.WriteLine(Generic<string>.Size));
        Show("base", () => new Derived());
        Show("recursive", () => Console.WriteLine($"{Recursive.A} {Recursive.Other.B}"));
        Show("by hand", () => ThrowsItself.X++);
        Show("quiet", () => Console.WriteLine(Beforehand.Use()));
        Show("lazily", () => Console.WriteLine(Lazily.X));
        Show("reflection", () => typeof(Explicit).GetMethod("Hello")!.Invoke(null, null));
        Show("RunClassConstructor", () => RuntimeHelpers.RunClassConstructor(typeof(Explicit).TypeHandle));
        Show("delegate", () => ((Action)Explicit.Hello)());
        try
        {
            Touch();
        }
        catch (Exception e)
        {
            Console.WriteLine(e.InnerException);
        }
        Console.WriteLine(new TypeInitializationException("Name.Of", null).Message);
        return 0;
    }
}
