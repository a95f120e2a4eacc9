// When static constructors run, and what statics hold: order, beforefieldinit, cycles, generics, failures; thread statics,
// constants in the image, module initializers.
#nullable disable
using System.Runtime.CompilerServices;
using System.Threading;

static class Log {
    public static string Text = "";
    public static int Add(string s, int n = 0) { Text += s + " "; return n; }
    public static void Flush(string title) { Console.WriteLine(title + ": " + Text.TrimEnd()); Text = ""; }
}

static class Start {
    public static int Ran;
    [ModuleInitializer] internal static void First() { Ran++; Log.Add("module1"); }
    [ModuleInitializer] internal static void Second() => Log.Add("module2");
}

static unsafe class P {
    static P() => Log.Add("P");

    static void Main() {
        Log.Flush("start");
        Console.WriteLine(Start.Ran);
        Precise();
        Cycles();
        Generics();
        Failures();
        Inheritance();
        ThreadStatics();
        Constants();
        Values();
    }

    static void Precise() {
        Log.Add("before");
        Exact.Touch();
        Log.Flush("method");
        Log.Add("before");
        _ = Exact2.Field;
        Log.Flush("field");
        Log.Add("before");
        _ = new Exact3();
        Log.Flush("new");
        Console.WriteLine(Exact4.Constant);
        Log.Flush("constant");
        _ = typeof(Exact4).Name;
        RuntimeHelpers.RunClassConstructor(typeof(Exact4).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Exact4).TypeHandle);
        Log.Flush("asked");
        ExactStruct none = default; none.Nothing();
        Log.Flush("struct");
        Console.WriteLine(Lazy.Value + Lazy.Other);
        Log.Flush("lazy");
        Exact5 many = null;
        try { many.Method(); } catch (NullReferenceException) { }
        Log.Flush("null");
        for (int i = 0; i < 3; i++) Loop.Count++;
        Log.Flush("loop");
    }

    static void Cycles() {
        Console.WriteLine($"{A.Value} {B.Value} {C.Seen}");
        Log.Flush("cycle");
        Console.WriteLine($"{Ordered.First} {Ordered.Second} {Ordered.Third}");
    }

    static void Generics() {
        Console.WriteLine(Gen<int>.Id + Gen<string>.Id + Gen<int>.Id + Gen<object>.Id);
        Log.Flush("generic");
        Console.WriteLine(Gen<int>.Inner<long>.Name + Gen<int>.Shared.Count + Gen<string>.Shared.Count);
        Gen<int>.Shared.Add(1);
        Console.WriteLine(Gen<int>.Shared.Count + Gen<string>.Shared.Count);
        Log.Flush("nested");
    }

    static void Failures() {
        for (int i = 0; i < 2; i++)
            try { Broken.Method(); } catch (TypeInitializationException e) { Console.WriteLine(e.TypeName + " " + e.InnerException.Message + " " + e.Message); }
        try { _ = BrokenField<int>.Value; } catch (TypeInitializationException e) { Console.WriteLine(e.TypeName + " " + e.InnerException.GetType().Name); }
        try { new UsesBroken(); } catch (TypeInitializationException e) { Console.WriteLine(e.TypeName + " < " + ((TypeInitializationException)e.InnerException).TypeName); }
        Log.Flush("broken");
    }

    static void Inheritance() {
        _ = new Child();
        Log.Flush("child");
        Console.WriteLine(Child2.FromBase);
        Log.Flush("base field");
        IWithStatic.Use();
        Log.Flush("interface");
        Console.WriteLine(((IWithStatic)new Implements()).Instance());
        Log.Flush("default member");
    }

    static void ThreadStatics() {
        Threads.Number++; Threads.Text ??= "text"; Threads.Pair.Item2 = "pair"; Threads.List.Add(4);
        ref int address = ref Threads.Number; address += 10;
        GC.Collect();
        Console.WriteLine($"{Threads.Number} {Threads.Text} {Threads.Pair} {Threads.List.Count} {PerType<int>.Slot++} {PerType<string>.Slot} {PerType<int>.Slot}");
        using ThreadLocal<int> local = new(() => 6); AsyncLocal<string> flows = new() { Value = "flows" };
        Console.WriteLine(local.Value + flows.Value);
    }

    static void Constants() {
        ReadOnlySpan<byte> bytes = [1, 2, 3, 250]; ReadOnlySpan<int> ints = [100000, -5, 7]; ReadOnlySpan<double> doubles = [1.5, -2.5]; ReadOnlySpan<char> chars = ['x', 'y'];
        int[] table = [1, 1, 2, 3, 5, 8, 13, 21]; long[,] grid = { { 1, 2 }, { 3, long.MaxValue } }; bool[] flags = [true, false, true]; DayOfWeek[] days = [DayOfWeek.Friday, DayOfWeek.Monday];
        Console.WriteLine($"{bytes[3]} {ints[1]} {doubles[1]} {chars[1]} {table[7]} {grid[1, 1]} {flags[2]} {days[0]} {"utf8"u8[3]} {bytes.Length + ints.Length}");
        Console.WriteLine($"{Literals.Int} {Literals.Long} {Literals.Text} {Literals.Char} {Literals.Double} {Literals.Float} {Literals.Day} {Literals.Null == null} {Literals.Decimal} {Literals.Bool}");
    }

    static void Values() {
        Statics.Struct.B = 5; Statics.Struct.Text = "s"; Statics.Nullable = 3; Statics.Point = new Big { A = 1, D = 2 };
        ref Big big = ref Statics.Point; big.A = 10;
        GC.Collect();
        Console.WriteLine($"{Statics.Struct.B} {Statics.Struct.Text} {Statics.Nullable} {Statics.Point.A + Statics.Point.D} {Statics.Byte} {Statics.Day}");
        fixed (byte* p = &Statics.Byte) *p = 9;
        Interlocked.Increment(ref Statics.Number); Volatile.Write(ref Statics.Number, Statics.Number + 1);
        Console.WriteLine(Statics.Byte + Statics.Number + Statics.ReadOnly.A);
        Statics.Huge[69999] = 7;
        Console.WriteLine(Statics.Huge[69999] + Statics.Copy());
    }
}

class Exact { static Exact() => Log.Add("Exact"); public static void Touch() => Log.Add("Touch"); }
class Exact2 { public static int Field; static Exact2() { Log.Add("Exact2"); Field = 3; } }
class Exact3 { static Exact3() => Log.Add("Exact3"); public Exact3() => Log.Add("ctor"); }
class Exact4 { public const string Constant = "constant"; static Exact4() => Log.Add("Exact4"); }
class Exact5 { static Exact5() => Log.Add("Exact5"); int field; public int Method() => field; }
struct ExactStruct { int x; static ExactStruct() => Log.Add("ExactStruct"); public void Nothing() => x++; }
class Lazy { public static int Value = Log.Add("Lazy.Value", 1); public static int Other = Log.Add("Lazy.Other", 2); }
class Loop { public static int Count; static Loop() => Log.Add("Loop"); }
class A { public static int Value = B.Value + 1; static A() => Log.Add("A"); }
class B { public static int Value = A.Value + 10; static B() => Log.Add("B"); }
class C { public static string Seen; static C() { Seen = D.Look(); Log.Add("C"); } public static string Half => Seen ?? "half"; }
class D { static D() => Log.Add("D"); public static string Look() => C.Half + " made"; }
class Ordered { public static int First = Third + 1; public static int Second = First + 1; public static int Third = 10; }
class Gen<T> {
    static int next; public static readonly int Id; public static readonly List<T> Shared = [];
    static Gen() { Log.Add("Gen<" + typeof(T).Name + ">"); Id = ++next; }
    public class Inner<U> { public static string Name = typeof(T).Name + typeof(U).Name; static Inner() => Log.Add("Inner"); }
}
class Broken { static Broken() { Log.Add("Broken"); throw new InvalidOperationException("broken"); } public static void Method() { } }
class BrokenField<T> { public static int Value = int.Parse("x" + typeof(T).Name); }
class UsesBroken { static UsesBroken() => Broken.Method(); }
class Parent { static Parent() => Log.Add("Parent"); public Parent() => Log.Add("parent()"); public static int FromBase = 5; }
class Child : Parent { static Child() => Log.Add("Child"); int field = Log.Add("field"); public Child() => Log.Add("child()"); }
class Parent2 { static Parent2() => Log.Add("Parent2"); public static int FromBase = 6; }
class Child2 : Parent2 { static Child2() => Log.Add("Child2"); }
interface IWithStatic { static int field = Log.Add("IWithStatic", 2); static IWithStatic() => Log.Add("IWithStatic()"); static void Use() => field++; int Instance() => field; }
class Implements : IWithStatic;
static class Threads { [ThreadStatic] public static int Number; [ThreadStatic] public static string Text; [ThreadStatic] public static (int, string) Pair; [ThreadStatic] static List<int> list; public static List<int> List => list ??= []; }
static class PerType<T> { [ThreadStatic] public static int Slot; }
static class Literals { public const int Int = -5; public const long Long = 1L << 40; public const string Text = "tex\0t"; public const char Char = '\u20ac'; public const double Double = 0.1; public const float Float = 1e10f; public const DayOfWeek Day = DayOfWeek.Friday; public const string Null = null; public const decimal Decimal = 1.25m; public const bool Bool = true; }
struct Mixed { public byte A; public int B; public string Text; }
struct Big { public long A, B, C, D; }
[InlineArray(70000)] struct Huge { byte first; }
static class Statics {
    public static Mixed Struct; public static int? Nullable; public static Big Point; public static byte Byte = 200; public static DayOfWeek Day = DayOfWeek.Sunday; public static int Number; public static readonly Big ReadOnly = new() { A = 30 }; public static Huge Huge;
    [MethodImpl(MethodImplOptions.NoInlining)] public static int Copy() { Span<byte> s = Huge; return s.Length; }
}
