// NativeLibrary, DllImport resolvers, and the code that LibraryImport's generator writes.
using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

static unsafe partial class Libraries
{
    const string Lib = "interop";

    [DllImport("alias")] static extern int echo_i4(int value);
    [LibraryImport(Lib, EntryPoint = "length_utf8", StringMarshalling = StringMarshalling.Utf8)] private static partial int Length8(string text);
    [LibraryImport(Lib, EntryPoint = "length_utf16", StringMarshalling = StringMarshalling.Utf16)] private static partial int Length16(string text);
    [LibraryImport(Lib, EntryPoint = "not4")][return: MarshalAs(UnmanagedType.Bool)] private static partial bool Not([MarshalAs(UnmanagedType.Bool)] bool flag);
    [LibraryImport(Lib, EntryPoint = "sum_i4")] private static partial int Sum(ReadOnlySpan<int> values, int count);
    [LibraryImport(Lib, EntryPoint = "join_length", StringMarshalling = StringMarshalling.Utf8)] private static partial int JoinLength(string[] texts, int count);
    [LibraryImport(Lib, EntryPoint = "fail_with", SetLastError = true)] private static partial int FailWith(int error);
    [LibraryImport(Lib, EntryPoint = "handle_number")] private static partial int HandleNumber(NumberHandle handle);
    [LibraryImport(Lib, EntryPoint = "open_handle")] private static partial NumberHandle OpenHandle(int number);
    [LibraryImport(Lib, EntryPoint = "increment")] private static partial void Increment(ref int value);

    static void Show(string name, Func<object> call)
    {
        string text;
        try { text = FormattableString.Invariant($"{call()}"); }
        catch (Exception e) { text = e.GetType().FullName; }
        Console.WriteLine($"  {name} = {text}");
    }

    public static void Run()
    {
        Assembly assembly = typeof(Libraries).Assembly;
        Show("unresolved", () => echo_i4(1));
        IntPtr library = NativeLibrary.Load(Lib, assembly, null);
        Show("load", () => library != 0);
        Show("try", () => $"{NativeLibrary.TryLoad(Lib, assembly, null, out _)} {NativeLibrary.TryLoad("nowhere", assembly, null, out IntPtr none)} {none}");
        Show("nowhere", () => NativeLibrary.Load("nowhere", assembly, null));
        Show("export", () => ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "echo_i4"))(5));
        Show("as delegate", () => Marshal.GetDelegateForFunctionPointer<Callbacks.Unary>(NativeLibrary.GetExport(library, "echo_i4"))(6));
        Show("try export", () => $"{NativeLibrary.TryGetExport(library, "echo_i4", out _)} {NativeLibrary.TryGetExport(library, "nothing", out _)}");
        Show("no export", () => NativeLibrary.GetExport(library, "nothing"));
        NativeLibrary.SetDllImportResolver(assembly, (name, from, path) => name == "alias" ? NativeLibrary.Load(Lib, from, path) : IntPtr.Zero);
        Show("resolved", () => echo_i4(7));
        Show("twice", () => { NativeLibrary.SetDllImportResolver(assembly, (_, _, _) => 0); return 0; });
        NativeLibrary.Free(library);

        Show("generated utf8", () => $"{Length8("grün")} {Length8(null)}");
        Show("generated utf16", () => Length16("grün"));
        Show("generated bool", () => $"{Not(true)} {Not(false)}");
        Show("generated span", () => Sum([1, 2, 3], 3));
        Show("generated last error", () => { int result = FailWith(12); return $"{result} {Marshal.GetLastPInvokeError()}"; });
        Show("generated handle", () => { using NumberHandle handle = OpenHandle(3); return HandleNumber(handle); });
        Show("generated ref", () => { int value = 1; Increment(ref value); return value; });
    }

    public static void Owned() => Show("generated strings", () => JoinLength(["a", "ö"], 2));
}
