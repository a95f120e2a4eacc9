// Custom marshalers: which of their methods are called, in which order, and what is an error.
using System;
using System.Runtime.InteropServices;

public class TextMarshaler : ICustomMarshaler
{
    string cookie;
    static void Log(string line) => Console.WriteLine($"    {line}");
    public static ICustomMarshaler GetInstance(string cookie)
    {
        Log($"GetInstance {cookie}");
        return cookie == "null" ? null : new TextMarshaler { cookie = cookie };
    }
    public void CleanUpManagedData(object managed) => Log($"CleanUpManagedData {managed}");
    public void CleanUpNativeData(IntPtr native) { Log($"CleanUpNativeData {native != 0}"); Marshal.FreeCoTaskMem(native); }
    public int GetNativeDataSize() { Log("GetNativeDataSize"); return -1; }
    public IntPtr MarshalManagedToNative(object managed)
    {
        Log($"MarshalManagedToNative {managed}");
        if (cookie == "throws") throw new FormatException();
        GC.Collect();
        return Marshal.StringToCoTaskMemUTF8(managed.ToString());
    }
    public object MarshalNativeToManaged(IntPtr native)
    {
        Log($"MarshalNativeToManaged {native != 0}");
        if (cookie == "throws back") throw new FormatException();
        GC.Collect();
        return Marshal.PtrToStringUTF8(native);
    }
}

public abstract class Silent : ICustomMarshaler
{
    public void CleanUpManagedData(object managed) { }
    public void CleanUpNativeData(IntPtr native) { }
    public int GetNativeDataSize() => -1;
    public IntPtr MarshalManagedToNative(object managed) => 0;
    public virtual object MarshalNativeToManaged(IntPtr native) => null;
}
public class WithoutGet : Silent;
public class WithoutInterface { public static WithoutInterface GetInstance(string cookie) => new(); }
public class WrongGet : Silent { public static object GetInstance(string cookie) => new WrongGet(); }

static unsafe class Custom
{
    const string Lib = "interop";
    const UnmanagedType By = UnmanagedType.CustomMarshaler;

    public class Inner : Silent { public static ICustomMarshaler GetInstance(string cookie) { Console.WriteLine("    Inner"); return new Inner(); } }
    public struct WithField { [MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler))] public object Value; }

    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int In([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in")] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int InString([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in")] string value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int InArray([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in")] int[] value);
    [DllImport(Lib, EntryPoint = "upper_text")] static extern void InOut([In, Out, MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in out")] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int ByName([MarshalAs(By, MarshalType = "TextMarshaler")] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int ByFullName([MarshalAs(By, MarshalType = "Custom+Inner, CInterop, Version=1.0.0.0")] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int NullInstance([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "null")] object value);
    [DllImport(Lib, EntryPoint = "sum_i4")] static extern int Throws([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in")] object first, [MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "throws")] object second);
    [DllImport(Lib, EntryPoint = "upper_text")] static extern void ThrowsBack([In, Out, MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "throws back")] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int TakesWithoutGet([MarshalAs(By, MarshalTypeRef = typeof(WithoutGet))] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int TakesWithoutInterface([MarshalAs(By, MarshalTypeRef = typeof(WithoutInterface))] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int TakesWrongGet([MarshalAs(By, MarshalTypeRef = typeof(WrongGet))] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int TakesMissing([MarshalAs(By, MarshalType = "Nowhere")] object value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int OnNumber([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler))] int value);
    [DllImport(Lib, EntryPoint = "length_utf8")] static extern int OnStruct([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler))] Point value);

    static void Show(string name, Func<object> call) => Program.Show(name, call);

    static string Message(Action call)
    {
        try { call(); return "nothing"; }
        catch (ApplicationException e) { return e.Message; }
    }

    public static void Run()
    {
        Show("in", () => In("hello"));
        Show("in again", () => In("hé"));
        Show("in null", () => In(null));
        Show("in string", () => InString("hi"));
        Show("in array", () => InArray([1]));
        Show("in out", () => { object o = "abc"; InOut(o); return o; });
        Show("by name", () => ByName("n"));
        Show("by full name", () => ByFullName("n"));
        Show("null instance", () => Message(() => NullInstance("n")));
        Show("throws", () => Throws("first", "second"));
        Show("throws back", () => { ThrowsBack("abc"); return 0; });
        Show("without GetInstance", () => Message(() => TakesWithoutGet("n")));
        Show("without interface", () => Message(() => TakesWithoutInterface("n")));
        Show("wrong GetInstance", () => Message(() => TakesWrongGet("n")));
        Show("missing", () => TakesMissing("n"));
        Show("on a number", () => OnNumber(1));
        Show("on a struct", () => OnStruct(default));
    }

    [DllImport(Lib, EntryPoint = "replace_text")] static extern void Ref([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "ref")] ref object value);
    [DllImport(Lib, EntryPoint = "replace_text")] static extern void RefString([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "ref")] ref string value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int RefNull([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "ref")] ref object value);
    [DllImport(Lib, EntryPoint = "give_text")] static extern void Out([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "out")] out object value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int InRef([In, MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in ref")] ref object value);
    [DllImport(Lib, EntryPoint = "copy_utf8")][return: MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "return")] static extern object Returned([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "in")] object value);
    [DllImport(Lib, EntryPoint = "copy_utf8")][return: MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "return")] static extern string ReturnedString(string value);

    public delegate int Visit([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "first")] string text, IntPtr title, int index);
    [return: MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "result")] public delegate string OfText([MarshalAs(By, MarshalTypeRef = typeof(TextMarshaler), MarshalCookie = "argument")] string text);
    [DllImport(Lib)] static extern int walk(Visit visit);
    [DllImport(Lib)] static extern int call_text(OfText f, string text);

    public static void Owned()
    {
        Show("ref", () => { object o = "abc"; Ref(ref o); return o; });
        Show("ref string", () => { string s = "abc"; RefString(ref s); return s; });
        Show("ref null", () => { object o = null; return $"{RefNull(ref o)} {o is null}"; });
        Show("out", () => { Out(out object o); return o; });
        Show("in ref", () => { object o = "abcd"; return $"{InRef(ref o)} {o}"; });
        Show("returned", () => Returned("xyz"));
        Show("returned null", () => ReturnedString(null) is null);
        Show("callback", () => walk((text, _, index) => { Console.WriteLine($"    called {text ?? "null"} {index}"); return 1; }));
        Show("callback result", () => call_text(text => text + "!", "ab"));
    }
}
