// Calls every function of native.h in every way that native.cs declares it and prints what comes back. The sections are
// named by the arguments; without arguments all that dotnet survives.
using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

static unsafe class Program
{
    internal static void Show(string name, Func<object> call)
    {
        string text;
        try { text = FormattableString.Invariant($"{call()}"); }
        catch (Exception e) { text = e.GetType().FullName; }
        Console.WriteLine($"  {name} = {text}");
    }

    static void Main(string[] args)
    {
        (string, Action)[] sections = [("scalars", Scalars), ("text", Text), ("structs", Structs), ("arrays", Arrays), ("refs", Refs), ("handles", Handles), ("errors", Errors), ("marshal", MarshalClass.Run), ("callbacks", Callbacks.Run), ("libraries", Libraries.Run), ("owned", Owned), ("more", More.Run), ("custom", Custom.Run), ("functions", Callbacks.Owned), ("generated", Libraries.Owned), ("pointers", More.Owned), ("custom marshalers", Custom.Owned), ("throws", Callbacks.Throws), ("beyond", Beyond.Run), ("behind pointers", Beyond.Owned)];
        foreach (var (name, run) in sections)
        {
            if (args.Length > 0 ? !args.Contains(name) : name is "throws" or "beyond" or "behind pointers") continue;
            Console.WriteLine(name);
            run();
        }
    }

    static void Scalars()
    {
        Show("i1", () => $"{Native.echo_i1(-128)} {Native.echo_i1(127)}");
        Show("u1", () => Native.echo_u1(255));
        Show("i2", () => $"{Native.echo_i2(-32768)} {Native.echo_i2(32767)}");
        Show("u2", () => Native.echo_u2(65535));
        Show("i4", () => Native.echo_i4(int.MinValue));
        Show("u4", () => Native.echo_u4(uint.MaxValue));
        Show("i8", () => Native.echo_i8(long.MinValue));
        Show("u8", () => Native.echo_u8(ulong.MaxValue));
        Show("r4", () => Native.echo_r4(1.5f));
        Show("r8", () => Native.echo_r8(Math.PI));
        Show("nint", () => Native.echo_pointer(123456));
        Show("enum", () => Native.EchoEnum(DayOfWeek.Friday));
        Show("byte enum", () => Native.EchoByteEnum(ByteEnum.Last));
        Show("error", () => Native.EchoError(-5));
        Show("bool", () => $"{Native.not4(true)} {Native.not4(false)}");
        Show("bool 1", () => $"{Native.not1(true)} {Native.not1(false)}");
        Show("variant bool", () => $"{Native.not_variant(true)} {Native.not_variant(false)}");
        Show("any true", () => Native.any_true() == true);
        Show("char", () => Native.next_letter('a'));
        Show("wide char", () => Native.next_unit('ж'));
        Show("wide char 2", () => Native.NextUnit2('ж'));
        Show("many", () => Native.many(-1, 1L << 40, 0.5f, 0.25, 65535, -7, -(1L << 33), 8));
    }

    static void Text()
    {
        Show("utf8", () => $"{Native.length_utf8("Grüße, 世界 🌍")} {Native.length_utf8("")} {Native.length_utf8(null)}");
        Show("lpstr", () => Native.LengthLPStr("äöü"));
        Show("utf16", () => $"{Native.length_utf16("Grüße 🌍")} {Native.length_utf16(null)}");
        Show("lpwstr", () => Native.LengthLPWStr("äöü"));
        Show("bstr", () => $"{Native.LengthBStr("a\0b")} {Native.bytes_of_bstr("a\0b")} {Native.bytes_of_bstr(null)}");
        Show("last", () => Native.last_utf8("xé"));
        Show("long", () => Native.length_utf8(new string('é', 100_000)));
        Show("builder", () => { var b = new StringBuilder("old", 16); Native.fill_utf8(b, 16); return $"{b} {b.Length} {b.Capacity}"; });
        Show("wide builder", () => { var b = new StringBuilder(10); Native.fill_utf16(b, 6); return b; });
        Show("builder in", () => Native.LengthBuilder(new StringBuilder("seven c")));
        Show("bytes", () => Native.LengthBytes(Encoding.UTF8.GetBytes("naïve\0")));
        Show("chars", () => Native.LengthChars("wide\0".ToCharArray()));
    }

    static void Structs()
    {
        Point a = new() { X = 1, Y = 2 }, b = new() { X = 10, Y = 20 };
        Mixed mixed = new() { A = -3, B = 1L << 40, C = 300, D = 1.25 };
        Show("point", () => Native.add_points(a, b));
        Show("mixed", () => Native.twice(mixed));
        Show("packed 1", () => Native.twice_packed1(new() { A = 1, B = 2, C = 3 }));
        Show("packed 2", () => Native.twice_packed2(new() { A = 1, B = 2, C = 3.5 }));
        Show("union", () => { var u = Native.as_union(new() { F = 1 }); return $"{u.I} {u.Third} {u.F}"; });
        Show("nested", () => Native.nest(new() { At = a, Mixed = mixed, Last = 254 }));
        Show("single", () => Native.half(new() { Value = 5 }).Value);
        Show("floats", () => Native.reverse(new() { A = 1, B = 2, C = 3, D = 4, E = 5 }));
        Show("flags", () => Native.flip(new() { Flag = true, Signed = true, Letter = 'x', Unit = 'ж' }));
        Show("ref", () => { var p = a; Native.move_point(ref p, 5); return p; });
        Show("class", () => { var p = new PointClass { X = 3, Y = 4 }; Native.MoveClass(p, 5); return p; });
        Show("null class", () => Native.SumClass(null));
        Show("pointer", () => { var p = a; Native.MovePointer(&p, 7); return p; });
        Show("in", () => Native.sum_point(b));
        Show("out", () => { Native.make_mixed(out var m); return m; });
        Show("fixed arrays", () => { var f = new FixedArrays { Count = 3, Values = [1, 2, 3, 4], Points = [a, b] }; Native.scale(ref f); return f; });
        Show("short array", () => { var f = new FixedArrays { Count = 3, Values = [1], Points = [a, b] }; Native.scale(ref f); return f; });
        Show("fixed buffers", () => { var f = new FixedBuffers { Count = 2, First = a, Second = b }; f.Values[3] = 9; Native.ScaleBuffers(ref f); return f; });
        Show("named", () => { var n = new Named { Name = "äbcdefghijk", Title = [65, 66, 67, 0, 0, 0] }; Native.rename_it(ref n); return n; });
    }

    static void Arrays()
    {
        int[] numbers = [1, 2, 3, 4];
        Show("ints", () => $"{Native.sum_i4(numbers, 4)} {Native.sum_i4([], 0)} {Native.sum_i4(null, 0)}");
        Show("pointer", () => { fixed (int* p = numbers) return Native.SumPointer(p, 4); });
        Show("ref", () => Native.SumRef(ref numbers[1], 3));
        Show("matrix", () => Native.SumMatrix(new[,] { { 1, 2 }, { 3, 4 } }, 4));
        Show("in out", () => { int[] copy = [.. numbers]; Native.double_i4(copy, 3); return string.Join(",", copy); });
        Show("doubles", () => Native.sum_r8([0.5, 1.5], 2));
        Show("bools", () => Native.count_true([true, false, true], 3));
        Show("bools out", () => { bool[] f = [true, false]; Native.DoubleFlags(f, 2); return string.Join(",", f); });
        Show("points", () => Native.sum_points([new() { X = 2, Y = 3 }, new() { X = 4, Y = 5 }], 2));
        Show("letters", () => Native.sum_letters(['a', 'b'], 2));
        Show("flags", () => Native.sum_flags([new() { Flag = true, Letter = 'a' }, new() { Small = true, Signed = true, Letter = 'b' }], 2));
    }

    static void Refs()
    {
        Show("ref int", () => { int i = 41; Native.increment(ref i); return i; });
        Show("ref element", () => { int[] a = [1, 2, 3]; Native.increment(ref a[2]); return string.Join(",", a); });
        Show("ref bool", () => { bool f = false; Native.toggle(ref f); bool first = f; Native.toggle(ref f); return $"{first} {f}"; });
        Show("in int", () => Native.read_ref(17));
        Show("out", () => { Native.set_two(out int a, out double b); return $"{a} {b}"; });
    }

    static void Handles()
    {
        Show("open", () =>
        {
            using NumberHandle handle = Native.open_handle(7);
            return $"{Native.handle_number(handle)} {handle.IsClosed} {handle.IsInvalid}";
        });
        Show("closed", () => NumberHandle.Closed);
        Show("null", () => Native.handle_number(null));
        Show("disposed", () => { var handle = Native.open_handle(8); handle.Dispose(); return Native.handle_number(handle); });
        Show("handle ref", () => Native.HandleRefNumber(new HandleRef(new object(), Native.OpenRaw(9))));
    }

    static void Errors()
    {
        Show("last error", () => { int r = Native.fail_with(33); return $"{r} {Marshal.GetLastPInvokeError()} {Marshal.GetLastWin32Error()}"; });
        Show("set", () => { Marshal.SetLastPInvokeError(44); return Marshal.GetLastPInvokeError(); });
        Show("hresult", () => Native.hresult_of(21));
        Show("bad hresult", () => Native.hresult_of(-1));
        Show("guid", () => Native.first_of_guid(new Guid("00112233-4455-6677-8899-aabbccddeeff")));
        Show("guid ref", () => Native.FirstOfGuidRef(new Guid("00112233-4455-6677-8899-aabbccddeeff")));
        Show("date", () => Native.echo_date(new DateTime(2001, 2, 3, 4, 5, 6)).Ticks);
        Show("old date", () => Native.echo_date(new DateTime(1800, 2, 3, 16, 5, 6)).Ticks);
        Show("currency", () => Native.echo_currency(12.34m));
        Show("object", () => Native.TakesObject("text"));
        Show("wrong size", () => Native.TakesWrong(1));
        Show("plain class", () => Native.TakesPlainClass(new Plain()));
        Show("list", () => Native.TakesList([1]));
        Show("missing", () => Native.Missing());
        Show("nowhere", () => Native.Nowhere());
    }

    /// Memory that C allocates and C# frees, and structs that hold C pointers.
    static void Owned()
    {
        Show("copy utf8", () => $"{Native.copy_utf8("Grüße 🌍")} {Native.copy_utf8("")} {Native.copy_utf8(null) is null}");
        Show("copy utf16", () => Native.copy_utf16("Grüße 🌍"));
        Show("replace", () => { string s = "text"; Native.replace_text(ref s); return s; });
        Show("give", () => { Native.give_text(out string s); return s; });
        Show("texts", () => Native.texts_length(new() { Name = "abc", Title = "de", Number = 1000 }));
        Show("strings", () => $"{Native.join_length(["ä", "bc", null], 3)}");
        Show("strings out", () => { string[] t = ["ab", "cd"]; Native.upper_all(t, 2); return string.Join(",", t); });
        Show("strings in", () => { string[] t = ["ab", "cd"]; Native.UpperIn(t, 2); return string.Join(",", t); });
        Show("array out", () => { Native.give_array(out int[] values, out int count); return $"{string.Join(",", values)} {count}"; });
    }
}
