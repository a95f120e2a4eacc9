using System.Runtime.InteropServices;

namespace NativeTests;

// The files of tests/js/jslib, as C# for Unity declares their functions.
public static class Jslib
{
    const string Library = "__Internal";

    [StructLayout(LayoutKind.Sequential)]
    struct Point { public int X; public double Y; }

    delegate int IntCallback(int value);
    delegate double MixedCallback(int a, long b, float c, double d, nint e);
    delegate void TextCallback(string text);
    delegate void ValueCallback(int value);

    [DllImport(Library)] static extern int Add(int a, int b);
    [DllImport(Library)] static extern double Half(double value);
    [DllImport(Library)] static extern float HalfFloat(float value);
    [DllImport(Library)] static extern long Wide(long value);
    [DllImport(Library)] static extern long WideAsNumber(long value);
    [DllImport(Library)] static extern bool Not(bool flag);
    [DllImport(Library)] static extern void Nothing();
    [DllImport(Library, EntryPoint = "Nothing")] static extern int NothingAsNumber();
    [DllImport(Library)] static extern uint ToUnsigned();
    [DllImport(Library)] static extern int Length(string text);
    [DllImport(Library)] static extern string Shout(string text);
    [DllImport(Library, CharSet = CharSet.Unicode)] static extern string ShoutWide(string text);
    [DllImport(Library)] static extern string? NoText();
    [DllImport(Library)] static extern float Sum(float[] array, int size);
    [DllImport(Library)] static extern void Twice(int[] array, int size);
    [DllImport(Library)] static extern void Bytes(byte[] array, int size);
    [DllImport(Library)] static extern void Mirror(ref Point point);
    [DllImport(Library)] static extern Point Moved(Point point, int by);
    [DllImport(Library)] static extern int Grow(int bytes);
    [DllImport(Library)] static extern void Remember(int value);
    [DllImport(Library)] static extern int Remembered();
    [DllImport(Library)] static extern void Throw(string text);
    [DllImport(Library)] static extern string GiveText();
    [DllImport(Library)] static extern int GivePromise();
    [DllImport(Library)] static extern int Regexes();
    [DllImport(Library)] static extern int NotThere();

    [DllImport(Library)] static extern int Call(IntCallback callback, int value);
    [DllImport(Library)] static extern int CallOld(IntCallback callback, int value);
    [DllImport(Library)] static extern int CallByName(IntCallback callback);
    [DllImport(Library)] static extern double CallMixed(MixedCallback callback);
    [DllImport(Library)] static extern void CallText(TextCallback callback, string text);
    [DllImport(Library)] static extern void CallOddly(IntCallback callback);
    [DllImport(Library)] static extern void CallWrongly(IntCallback callback);
    [DllImport(Library)] static extern void CallNowhere();
    [DllImport(Library)] static extern void CallLater(ValueCallback callback, int value);
    [DllImport(Library)] static extern int CallbackCount();

    [DllImport(Library)] static extern string Describe();
    [DllImport(Library)] static extern int Number();
    [DllImport(Library)] static extern int NumberTwice();
    [DllImport(Library)] static extern int AnotherNumber();
    [DllImport(Library)] static extern int Counted();
    [DllImport(Library)] static extern int Wrapped();
    [DllImport(Library)] static extern int FromOther();
    [DllImport(Library)] static extern int Unresolved();
    [DllImport(Library)] static extern void Told(string item, string method, int value);
    [DllImport(Library)] static extern int PointerSize();

    public static string Scalars() =>
        $"{Add(20, 22)} {Half(5)} {HalfFloat(0.5f)} {Wide(1L << 40)} {WideAsNumber(41)} {Not(false)} {Not(true)} {NothingAsNumber()} {ToUnsigned()}";
    public static int AddedOften(int times)
    {
        int sum = 0;
        for (int i = 0; i < times; i++) sum = Add(sum, i);
        return sum;
    }
    public static int Added(int a, int b) => Add(a, b);
    public static string Texts() => $"{Length("Grüße")} {Shout("Grüße")} {ShoutWide("weit")} {NoText() is null}";
    public static void TextsOften(int times) { for (int i = 0; i < times; i++) Shout("text"); }

    public static string Arrays()
    {
        int[] values = [1, 2, 3];
        byte[] bytes = new byte[2];
        Twice(values, values.Length);
        Bytes(bytes, bytes.Length);
        return $"{Sum([0.5f, 1, 2], 3)} {string.Join(" ", values)} {string.Join(" ", bytes)}";
    }

    public static string Structs()
    {
        Point point = new() { X = 1, Y = 2.5 };
        Mirror(ref point);
        Point moved = Moved(point, 10);
        return $"{point.X} {point.Y} {moved.X} {moved.Y}";
    }

    public static int Grown(int bytes) => Grow(bytes);
    public static int Kept(int value) { Remember(value); return Remembered(); }
    public static int Scanned() => Regexes();
    public static void Missing() => NotThere();
    public static void Text() => GiveText();
    public static void Promised() => GivePromise();

    public static string Thrown()
    {
        try { Throw("out of reach"); return "nothing"; }
        catch (Exception e) { return $"{e.GetType().Name}: {e.Message}"; }
    }
    public static void ThrownThrough() => Throw("through C#");

    [MonoPInvokeCallback(typeof(IntCallback))]
    static int Squared(int value) => value * value;

    public static string Callbacks()
    {
        int captured = 100;
        string? seen = null;
        CallText(text => seen = text, "really");
        return $"{Call(Squared, 7)} {Call(value => value + captured, 1)} {CallOld(Squared, 2)} {CallByName(Squared)} {CallMixed((a, b, c, d, e) => a + b + d + c + e)} {seen}";
    }

    public static string CallbackThrows()
    {
        try { Call(_ => throw new InvalidOperationException("in a callback"), 1); return "nothing"; }
        catch (InvalidOperationException e) { return $"{e.Message}, {Add(1, 1)}"; }
    }

    public static void Odd() => CallOddly(Squared);
    public static void Wrong() => CallWrongly(Squared);
    public static void Nowhere() => CallNowhere();

    static TaskCompletionSource<int> s_result = new();
    static readonly ValueCallback s_later = value => s_result.SetResult(value);
    public static async Task<int> Later(int value)
    {
        s_result = new();
        CallLater(s_later, value);
        return await s_result.Task + CallbackCount();
    }

    public static string State() => $"{Describe()} {Number()} {NumberTwice()} {AnotherNumber()} {Counted()} {Counted()} {Wrapped()} {PointerSize()}";
    public static int OfAnotherFile() => FromOther();
    public static int OfNoFile() => Unresolved();
    public static void Tell() => Told("Player", "Jump", 3);

    public static unsafe int ByPointer()
    {
        var add = (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(NativeLibrary.Load(Library), "Add");
        return add(20, 22);
    }
}

[AttributeUsage(AttributeTargets.Method)]
sealed class MonoPInvokeCallbackAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
