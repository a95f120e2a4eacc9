// Static fields of every kind, the order of explicit static constructors, thread statics.
internal static class Log { public static void Say(string text) => Console.WriteLine(text); }
internal sealed class First { public static int Value; static First() { Log.Say("First"); Value = 1; } }
internal sealed class Second
{
    public static readonly int Value;
    static Second() { Log.Say("Second begins"); Value = First.Value + 1; Log.Say("Second ends"); }
    public static void Touch() => Log.Say("touched " + Value);
}
internal class Parent { static Parent() => Log.Say("Parent"); public static int P = 5; public Parent() => Log.Say("new Parent"); }
internal sealed class Child : Parent { static Child() => Log.Say("Child"); public static int C = 6; public Child() => Log.Say("new Child"); }
internal sealed class CycleA { public static int A; static CycleA() { Log.Say("A in"); A = CycleB.B + 1; Log.Say("A out " + A); } }
internal sealed class CycleB { public static int B; static CycleB() { Log.Say("B in"); B = CycleA.A + 1; Log.Say("B out " + B); } }
internal sealed class Generic<T> { public static readonly string Name; static Generic() { Log.Say("Generic of " + typeof(T).Name); Name = typeof(T).Name; } }
internal struct Value { public static int Made; public int N; static Value() => Log.Say("Value"); public Value(int n) { N = n; Made++; } }
internal interface IWithStatics { static int Count = 3; static int Next() => ++Count; }
internal sealed class OnlyOnce { public static int N; static OnlyOnce() { N++; Log.Say("OnlyOnce"); } public static void Do() { } }

internal static class Everything
{
    public static sbyte I1 = -1;
    public static byte U1 = 255;
    public static short I2 = -300;
    public static ushort U2 = 60000;
    public static int I4 = 1 << 30;
    public static uint U4 = uint.MaxValue;
    public static long I8 = long.MinValue;
    public static ulong U8 = ulong.MaxValue;
    public static float R4 = 0.5f;
    public static double R8 = -2.5;
    public static char Ch = 'ß';
    public static bool Bo = true;
    public static string St = "text";
    public static object? Nothing;
    public static decimal De = 1.25m;
    public static DayOfWeek En = DayOfWeek.Thursday;
    public static int? Nu = 8;
    public static (int, string) Tu = (1, "t");
    public static int[] Ar = { 1, 2, 3 };
    public const string Constant = "const";
    public static readonly Dictionary<string, int> Map = new() { ["a"] = 1, ["b"] = 2 };
    [ThreadStatic] public static int PerThread;
    [ThreadStatic] public static string? Text;
}

internal static class Program
{
    private static int order = Next("order");
    private static readonly int later = Next("later") + order;
    private static int Next(string name)
    {
        Log.Say("field " + name);
        return name.Length;
    }

    static Program() => Log.Say("Program");

    private static void Main()
    {
        Log.Say("Main " + order + " " + later);
        Second.Touch();
        Console.WriteLine(First.Value);
        _ = new Child();
        _ = new Child();
        Console.WriteLine(Child.P + Child.C);
        Console.WriteLine(CycleA.A + " " + CycleB.B);
        Console.WriteLine(Generic<int>.Name + Generic<string>.Name + Generic<int>.Name + Generic<First>.Name);
        Value v = new(3);
        Console.WriteLine(v.N + Value.Made);
        Console.WriteLine(IWithStatics.Next() + IWithStatics.Next());
        OnlyOnce.Do();
        OnlyOnce.Do();
        Console.WriteLine(OnlyOnce.N);
        Fields();
    }

    private static void Fields()
    {
        Console.WriteLine($"{Everything.I1} {Everything.U1} {Everything.I2} {Everything.U2} {Everything.I4} {Everything.U4}");
        Console.WriteLine($"{Everything.I8} {Everything.U8} {Everything.R4} {Everything.R8} {Everything.Ch} {Everything.Bo}");
        Console.WriteLine($"{Everything.St} {Everything.Nothing == null} {Everything.De} {Everything.En} {Everything.Nu} {Everything.Tu}");
        Console.WriteLine(Everything.Ar[2] + Everything.Map["b"] + Everything.Constant);
        Everything.I1--;
        Everything.U8 /= 3;
        Everything.R8 *= 2;
        Everything.St += "!";
        Everything.Nu++;
        Everything.Tu.Item1 = 9;
        Everything.Ar[0] = 7;
        Everything.De += 1;
        Console.WriteLine($"{Everything.I1} {Everything.U8} {Everything.R8} {Everything.St} {Everything.Nu} {Everything.Tu} {Everything.Ar[0]} {Everything.De}");
        ref long l = ref Everything.I8;
        l = 12;
        Console.WriteLine(Everything.I8);
        Everything.PerThread += 4;
        Everything.PerThread *= 5;
        Console.WriteLine(Everything.PerThread);
        Console.WriteLine(Everything.Text ?? "unset");
        Everything.Text = "set";
        Console.WriteLine(Everything.Text);
    }
}
