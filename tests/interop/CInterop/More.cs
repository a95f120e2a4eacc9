// The rest of what C may want: layouts by Pack and CharSet, values behind references, handles that come back, arrays of
// everything, and what has no native form.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

static unsafe class More
{
    const string Lib = "interop";

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    public struct Packed4 { public sbyte A; public double B; public short C; public long D; public override string ToString() => $"{A} {B} {C} {D}"; }
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct Packed8 { public sbyte A; public double B; public short C; public long D; public sbyte E; public override string ToString() => $"{A} {B} {C} {D} {E}"; }
    public struct Empty;
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    public struct Wide
    {
        public char Unit;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 4)] public string Title;
        public bool Flag;
        public override string ToString() => $"{Unit} {Title} {Flag}";
    }
    public struct Rows
    {
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 2)] public Flags[] Flags;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 3)] public bool[] Bools;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 2, ArraySubType = UnmanagedType.U1)] public bool[] Small;
        public override string ToString() => $"{string.Join(",", Flags)} {string.Join(",", Bools)} {string.Join(",", Small)}";
    }
    public struct Dates { public DateTime First, Second; public override string ToString() => $"{First.Ticks} {Second.Ticks}"; }
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    public struct Sized { public int Value; }
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct ExplicitSized { [FieldOffset(0)] public int Value; }
    [StructLayout(LayoutKind.Sequential)]
    public class PointClass3 : PointClass { public int Z; public override string ToString() => $"[{X}, {Y}, {Z}]"; }
    [StructLayout(LayoutKind.Sequential)]
    public class NamedClass
    {
        public int Number;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 8)] public string Name;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 6)] public ushort[] Title;
        public override string ToString() => $"{Number} {Name} {string.Join(",", Title)}";
    }
    [StructLayout(LayoutKind.Explicit)]
    public class ExplicitClass { [FieldOffset(0)] public int X; [FieldOffset(4)] public int Y; public override string ToString() => $"<{X}, {Y}>"; }
    public struct Pair<T, U> { public T X; public U Y; public override string ToString() => $"({X} {Y})"; }
    [System.Runtime.CompilerServices.InlineArray(2)] public struct Two { int first; }
    public struct FixedChars { public int Number; public fixed byte Name[8]; public fixed char Title[6]; }

    public sealed class Critical : CriticalHandle
    {
        public static int Closed;
        public Critical() : base(0) { }
        public override bool IsInvalid => handle == 0;
        public int Number => Native.handle_number_raw(handle);
        protected override bool ReleaseHandle() { Closed++; return true; }
    }
    public abstract class AbstractHandle() : SafeHandle(0, true) { public override bool IsInvalid => false; }

    [DllImport(Lib)] static extern Packed4 twice_packed4(Packed4 value);
    [DllImport(Lib)] static extern Packed8 twice_packed8(Packed8 value);
    [DllImport(Lib)] static extern byte echo_empty(int before, Empty value, int behind);
    [DllImport(Lib)] static extern Wide next_wide(Wide value);
    [DllImport(Lib)] static extern int sum_wides(Wide[] values, int count);
    [DllImport(Lib)] static extern void flip_rows(ref Rows rows);
    [DllImport(Lib)] static extern decimal negate_decimal(decimal value);
    [DllImport(Lib)] static extern void negate_at(ref decimal value);
    [DllImport(Lib, EntryPoint = "negate_at")] static extern void NegatePointer([MarshalAs(UnmanagedType.LPStruct)] decimal value);
    [DllImport(Lib)] static extern int sum_decimals(decimal[] values, int count);
    [DllImport(Lib)] static extern Guid next_guid(Guid value);
    [DllImport(Lib)] static extern void next_guid_at(ref Guid value);
    [DllImport(Lib)] static extern int first_of_guids(Guid[] values, int count);
    [DllImport(Lib)] static extern void next_day(ref DateTime date);
    [DllImport(Lib)] static extern Dates exchange_dates(Dates dates);
    [DllImport(Lib)] static extern Sized next_sized(Sized value);
    [DllImport(Lib, EntryPoint = "next_sized")] static extern ExplicitSized NextExplicit(ExplicitSized value);
    [DllImport(Lib)] static extern void move_point3(PointClass3 point, int by);
    [DllImport(Lib, EntryPoint = "move_point3")] static extern void MovePointBase(PointClass point, int by);
    [DllImport(Lib, EntryPoint = "move_point")] static extern void MoveExplicit(ExplicitClass point, int by);
    [DllImport(Lib, EntryPoint = "move_point")] static extern void MoveGeneric(ref Pair<int, int> point, int by);
    [DllImport(Lib, EntryPoint = "add_points")] static extern Pair<int, int> AddGeneric(Pair<int, int> a, Pair<int, int> b);
    [DllImport(Lib, EntryPoint = "move_point")] static extern void MoveTwo(ref Two point, int by);
    [DllImport(Lib)] static extern void next_letter_at(ref char letter);
    [DllImport(Lib, CharSet = CharSet.Unicode)] static extern void next_unit_at(ref char unit);
    [DllImport(Lib)] static extern void toggle1([MarshalAs(UnmanagedType.U1)] ref bool flag);
    [DllImport(Lib)] static extern void next_u1(ref ByteEnum value);
    [DllImport(Lib, EntryPoint = "rename_it")] static extern void RenameIn(NamedClass named);
    [DllImport(Lib, EntryPoint = "rename_it")] static extern void RenameOut([Out] NamedClass named);
    [DllImport(Lib, EntryPoint = "rename_it")] static extern void RenameBoth([In, Out] NamedClass named);
    [DllImport(Lib, EntryPoint = "rename_it")] static extern void RenameInRef([In] ref Named named);
    [DllImport(Lib, EntryPoint = "rename_it")] static extern void RenameFixed(ref FixedChars named);
    [DllImport(Lib)] static extern void rename_all([In, Out] Named[] values, int count);
    [DllImport(Lib)] static extern void replace_handle(ref NumberHandle handle, int number);
    [DllImport(Lib)] static extern void open_out(out NumberHandle handle, int number);
    [DllImport(Lib, EntryPoint = "handle_number")] static extern int HandleNumberIn(in NumberHandle handle);
    [DllImport(Lib, EntryPoint = "open_handle")] static extern Critical OpenCritical(int number);
    [DllImport(Lib, EntryPoint = "handle_number")] static extern int CriticalNumber(Critical handle);
    [DllImport(Lib, EntryPoint = "open_out")] static extern void OpenCriticalOut(out Critical handle, int number);
    [DllImport(Lib, EntryPoint = "open_handle")] static extern AbstractHandle OpenAbstract(int number);
    [DllImport(Lib, EntryPoint = "handle_number")] static extern int AnyHandleNumber(SafeHandle handle);
    [DllImport(Lib, EntryPoint = "open_out")] static extern void HandleRefOut(out HandleRef handle, int number);
    [DllImport(Lib, EntryPoint = "open_handle")] static extern HandleRef HandleRefReturned(int number);
    [DllImport(Lib)] static extern void negate_all([In, Out] bool[,] flags, int count);
    [DllImport(Lib, EntryPoint = "negate_all")] static extern void NegateOut([Out] bool[] flags, int count);
    [DllImport(Lib, EntryPoint = "negate_all")] static extern void NegateIn(bool[,] flags, int count);
    [DllImport(Lib, EntryPoint = "double_i4")] static extern void DoubleMatrix([In, Out] int[,] values, int count);
    [DllImport(Lib, EntryPoint = "double_i4")] static extern void DoubleCube(int[,,] values, int count);
    [DllImport(Lib, EntryPoint = "double_i4")] static extern void DoubleEnums(DayOfWeek[] values, int count);
    [DllImport(Lib)] static extern void upper_text(StringBuilder text);
    [DllImport(Lib, EntryPoint = "upper_text")] static extern void UpperIn([In] StringBuilder text);
    [DllImport(Lib, EntryPoint = "fill_utf8")] static extern void FillOut([Out] StringBuilder text, int size);
    [DllImport(Lib)] static extern int is_null(StringBuilder text);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int IsNullArray(int[] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int IsNullRef(ref int value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int IsNullDelegate(Action value);

    // Refused.
    [StructLayout(LayoutKind.Auto)] public struct Auto { public int X, Y; }
    [StructLayout(LayoutKind.Explicit)] public struct TwoTexts { [FieldOffset(0)] public string A; [FieldOffset(0)] public string B; }
    [StructLayout(LayoutKind.Explicit)] public struct TextAndNumber { [FieldOffset(0)] public string A; [FieldOffset(0)] public int B; }
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesAuto(ref Auto value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesTuple(ref (int, int) value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesOffset(ref DateTimeOffset value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesTextAndNumber(ref TextAndNumber value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesRefObject(ref object value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesObjects(object[] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesLists(List<int>[] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesHandles(NumberHandle[] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesSafeArray([MarshalAs(UnmanagedType.SafeArray)] int[] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesInterface([MarshalAs(UnmanagedType.Interface)] object value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesUnknown([MarshalAs(UnmanagedType.IUnknown)] object value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesType(Type value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesTask(System.Threading.Tasks.Task value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesTextAsNumber([MarshalAs(UnmanagedType.I4)] string value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesGenericDelegate(Func<int> value);
    [DllImport(Lib, EntryPoint = "echo_i4")] static extern int Variadic(int first, __arglist);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesLongAsDate([MarshalAs(UnmanagedType.Struct)] long value);
    [DllImport(Lib, EntryPoint = "new_range")] static extern int[] ReturnsArray(int count);
    [DllImport(Lib, EntryPoint = "open_handle")] static extern object ReturnsObject(int count);

    static void Show(string name, Func<object> call) => Program.Show(name, call);

    public static void Run()
    {
        Layouts();
        Values();
        Classes();
        Handles();
        Arrays();
        Refused();
    }

    static void Layouts()
    {
        Show("packed 4", () => twice_packed4(new() { A = 1, B = 2.25, C = 3, D = 1L << 40 }));
        Show("packed 8", () => twice_packed8(new() { A = 1, B = 2.25, C = 3, D = 1L << 40, E = -5 }));
        Show("empty", () => echo_empty(20, default, 22));
        Show("wide", () => next_wide(new() { Unit = 'ж', Title = "äbcdef", Flag = true }));
        Show("wide null", () => next_wide(default).Title == "\u0001");
        Show("wides", () => sum_wides([new() { Unit = 'a', Title = "12" }, new() { Unit = 'b', Title = "123456", Flag = true }], 2));
        Show("rows", () => { var r = new Rows { Flags = [new() { Flag = true, Letter = 'a' }, new() { Small = true, Unit = 'b' }], Bools = [true, false, true], Small = [false, true] }; flip_rows(ref r); return r; });
        Show("size", () => next_sized(new() { Value = 4 }).Value);
        Show("explicit size", () => NextExplicit(new() { Value = 5 }).Value);
        Show("generic", () => AddGeneric(new() { X = 1, Y = 2 }, new() { X = 3, Y = 4 }));
        Show("generic ref", () => { var p = new Pair<int, int> { X = 1, Y = 2 }; MoveGeneric(ref p, 5); return p; });
        Show("inline array", () => { Two t = default; t[1] = 1; MoveTwo(ref t, 5); return $"{t[0]} {t[1]}"; });
        Show("fixed chars", () => { FixedChars f = default; f.Name[0] = 65; f.Title[0] = 'x'; RenameFixed(ref f); return $"{f.Number} {Marshal.PtrToStringUTF8((IntPtr)f.Name)} {new string(f.Title)}"; });
        Show("sizes", () => string.Join(" ", Marshal.SizeOf<Packed4>(), Marshal.SizeOf<Packed8>(), Marshal.SizeOf<Empty>(), Marshal.SizeOf<Wide>(), Marshal.SizeOf<Rows>(), Marshal.SizeOf<Dates>(),
            Marshal.SizeOf<Sized>(), Marshal.SizeOf<ExplicitSized>(), Marshal.SizeOf<PointClass3>(), Marshal.SizeOf<NamedClass>(), Marshal.SizeOf<Two>(), Marshal.SizeOf<FixedChars>()));
    }

    static void Values()
    {
        var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        Show("decimal", () => negate_decimal(12345678901234567890.123m));
        Show("decimal ref", () => { decimal d = -0.5m; negate_at(ref d); return d; });
        Show("decimal pointer", () => { decimal d = 7; NegatePointer(d); return d; });
        Show("decimals", () => sum_decimals([1.5m, 2.25m], 2));
        Show("guid value", () => next_guid(guid));
        Show("guid by ref", () => { var g = guid; next_guid_at(ref g); return g; });
        Show("guids", () => first_of_guids([guid, new Guid(7, 0, 0, new byte[8])], 2));
        Show("date ref", () => { var d = new DateTime(2001, 2, 3, 4, 5, 6); next_day(ref d); return d.Ticks; });
        Show("dates", () => exchange_dates(new() { First = new(2001, 2, 3), Second = new(1950, 1, 1, 6, 0, 0) }));
        Show("char ref", () => { char c = 'a'; next_letter_at(ref c); return c; });
        Show("wide char ref", () => { char c = 'ж'; next_unit_at(ref c); return c; });
        Show("small bool ref", () => { bool f = false; toggle1(ref f); bool first = f; toggle1(ref f); return $"{first} {f}"; });
        Show("enum ref", () => { var e = ByteEnum.One; next_u1(ref e); return (int)e; });
        Show("builder both", () => { var b = new StringBuilder("small ä"); upper_text(b); return b; });
        Show("builder only in", () => { var b = new StringBuilder("small"); UpperIn(b); return b; });
        Show("builder only out", () => { var b = new StringBuilder("old text", 20); FillOut(b, 20); return b; });
        Show("nulls", () => $"{is_null(null)} {IsNullArray(null)} {IsNullArray([])} {IsNullDelegate(null)} {IsNullRef(ref *(int*)null)}");
    }

    static void Classes()
    {
        Show("derived class", () => { var p = new PointClass3 { X = 1, Y = 2, Z = 3 }; move_point3(p, 10); return p; });
        Show("derived as base", () => { var p = new PointClass3 { X = 1, Y = 2, Z = 3 }; MovePointBase(p, 10); return $"{p.X} {p.Y}"; });
        Show("explicit class", () => { var p = new ExplicitClass { X = 1, Y = 2 }; MoveExplicit(p, 10); return p; });
        Show("class in", () => { var n = new NamedClass { Name = "ab", Title = [65, 0, 0, 0, 0, 0] }; RenameIn(n); return n; });
        Show("class out", () => { var n = new NamedClass { Name = "ab", Title = [65, 0, 0, 0, 0, 0] }; RenameOut(n); return n; });
        Show("class in out", () => { var n = new NamedClass { Name = "ab", Title = [65, 0, 0, 0, 0, 0] }; RenameBoth(n); return n; });
        Show("struct in ref", () => { var n = new Named { Name = "ab", Title = [65, 0, 0, 0, 0, 0] }; RenameInRef(ref n); return n; });
        Show("structs out", () => { Named[] n = [new() { Name = "a", Title = new ushort[6] }, new() { Name = "bcd", Title = [1, 2, 3, 0, 0, 0] }]; rename_all(n, 2); return string.Join(" ", n); });
    }

    static void Handles()
    {
        Show("handle out", () => { open_out(out NumberHandle h, 6); using (h) return $"{Native.handle_number(h)} {h.IsClosed}"; });
        Show("handle ref", () => { using var first = Native.open_handle(7); var h = first; replace_handle(ref h, 8); using (h) return $"{Native.handle_number(h)} {ReferenceEquals(first, h)} {first.IsClosed} {Native.handle_number(first)}"; });
        Show("handle ref same", () => { using var first = Native.open_handle(7); var h = first; replace_handle(ref h, -1); return $"{ReferenceEquals(first, h)} {Native.handle_number(h)}"; });
        Show("handle ref null", () => { NumberHandle h = null; replace_handle(ref h, 9); return Native.handle_number(h); });
        Show("handle in", () => { using var h = Native.open_handle(3); return HandleNumberIn(h) != 3; });
        Show("base handle", () => { using var h = Native.open_handle(4); return AnyHandleNumber(h); });
        Show("abstract handle", () => OpenAbstract(1));
        Show("critical", () => { var h = OpenCritical(5); int n = CriticalNumber(h); h.Dispose(); return $"{n} {h.IsClosed} {Critical.Closed}"; });
        Show("critical out", () => { OpenCriticalOut(out var h, 15); return $"{CriticalNumber(h)}"; });
        Show("critical null", () => CriticalNumber(null));
        Show("handle ref out", () => { HandleRefOut(out HandleRef h, 3); return h.Handle; });
        Show("handle ref returned", () => HandleRefReturned(3).Handle);
    }

    static void Arrays()
    {
        Show("matrix out", () => { int[,] m = { { 1, 2 }, { 3, 4 } }; DoubleMatrix(m, 4); return string.Join(",", m.Cast<int>()); });
        Show("cube", () => { int[,,] m = { { { 1, 2 }, { 3, 4 } } }; DoubleCube(m, 4); return string.Join(",", m.Cast<int>()); });
        Show("enums", () => { DayOfWeek[] d = [DayOfWeek.Monday, DayOfWeek.Tuesday]; DoubleEnums(d, 2); return string.Join(",", d); });
        Show("matrix of bools", () => { bool[,] m = { { true, false }, { false, false } }; negate_all(m, 3); return string.Join(",", m.Cast<bool>()); });
        Show("bools only out", () => { bool[] f = [true, false, true]; NegateOut(f, 2); return string.Join(",", f); });
        Show("matrix of bools in", () => { bool[,] m = { { true, false } }; NegateIn(m, 2); return string.Join(",", m.Cast<bool>()); });
    }

    static void Refused()
    {
        Show("auto layout", () => { Auto v = default; return TakesAuto(ref v); });
        Show("tuple", () => { (int, int) v = default; return TakesTuple(ref v); });
        Show("date with offset", () => { DateTimeOffset v = default; return TakesOffset(ref v); });
        Show("text over number", () => UseTextAndNumber());
        Show("ref object", () => { object v = null; return TakesRefObject(ref v); });
        Show("objects", () => TakesObjects([1]));
        Show("lists", () => TakesLists([[1]]));
        Show("handles", () => TakesHandles([null]));
        Show("safe array", () => TakesSafeArray([1]));
        Show("interface", () => TakesInterface("a"));
        Show("unknown", () => TakesUnknown("a"));
        Show("type", () => TakesType(typeof(int)));
        Show("task", () => TakesTask(null));
        Show("text as number", () => TakesTextAsNumber("1"));
        Show("generic delegate", () => TakesGenericDelegate(() => 1));
        Show("long as struct", () => TakesLongAsDate(1));
        Show("arglist", CallVariadic);
        Show("array without size", () => ReturnsArray(1));
        Show("object returned", () => ReturnsObject(1));
    }

    static object CallVariadic() => Variadic(5, __arglist(1, 2));

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    static object UseTextAndNumber() { TextAndNumber v = default; return TakesTextAndNumber(ref v); }

    // Pointers behind pointers, and memory that C allocates.
    public struct Bound { public Callbacks.Unary F; public int Value; }
    public struct Pointed { public IntPtr Pointer; public int Number; }
    public delegate Mixed MixedMap(Mixed value, Point point);
    public delegate void OfTexts(ref Texts texts);
    public delegate int OfNamed(ref Named named);
    [DllImport(Lib)] static extern void replace_point(ref PointClass point);
    [DllImport(Lib, EntryPoint = "replace_point")] static extern void PointOut(out PointClass point);
    [DllImport(Lib)] static extern PointClass new_point(int x, int y);
    [DllImport(Lib)] static extern void give_texts([MarshalAs(UnmanagedType.LPArray, SizeParamIndex = 1)] out string[] texts, out int count);
    [DllImport(Lib)] static extern Bound bound_to(int which);
    [DllImport(Lib)] static extern Pointed move_pointer(Pointed value);
    [DllImport(Lib)] static extern int count_pointers(IntPtr[] pointers, int count);
    [DllImport(Lib)] static extern void replace_wide([MarshalAs(UnmanagedType.LPWStr)] ref string text);
    [DllImport(Lib)] static extern Mixed map_mixed(MixedMap f, Mixed value);
    [DllImport(Lib)] static extern void map_texts(OfTexts f, ref Texts texts);
    [DllImport(Lib)] static extern int ask_named(OfNamed f);

    public static void Owned()
    {
        Show("class ref", () => { var p = new PointClass { X = 4, Y = 5 }; var first = p; replace_point(ref p); return $"{p} {first} {ReferenceEquals(p, first)}"; });
        Show("class ref null", () => { PointClass p = null; replace_point(ref p); return p; });
        Show("class out", () => { PointOut(out var p); return p; });
        Show("class returned", () => new_point(8, 9));
        Show("texts out", () => { give_texts(out string[] texts, out int count); return $"{string.Join(",", texts)} {count}"; });
        Show("wide text ref", () => { string s = "жук", none = null; replace_wide(ref s); replace_wide(ref none); return $"{s} {none is null}"; });
        Show("delegate in result", () => { var b = bound_to(0); return $"{b.F(5)} {b.Value} {bound_to(9).F is null}"; });
        Show("pointer in struct", () => { var p = move_pointer(new() { Pointer = 40, Number = 2 }); return $"{p.Pointer} {p.Number}"; });
        Show("pointers", () => count_pointers([1, 0, 3], 3));
        Show("large struct called back", () => map_mixed((m, p) => { m.A += (sbyte)p.X; m.D *= p.Y; return m; }, new() { A = 1, B = 1L << 40, C = 3, D = 1.5 }));
        Show("texts called back", () => { var t = new Texts { Name = "näme", Title = "títle", Number = 3 }; map_texts((ref Texts u) => { Console.WriteLine($"    {u.Name} {u.Title} {u.Number}"); u.Name += "!"; u.Title = null; u.Number++; }, ref t); return $"{t.Name} {t.Title ?? "null"} {t.Number}"; });
        Show("named called back", () => ask_named((ref Named n) => { Console.WriteLine($"    {n}"); n.Name = "other"; n.Number = 9; return 2; }));
    }
}
