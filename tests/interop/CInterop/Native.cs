// native.h as P/Invokes, several of them for one function where C# may declare it in several ways.
using System;
using System.Runtime.InteropServices;
using System.Text;

public static unsafe class Native
{
    const string Lib = "interop";

    [DllImport(Lib)] public static extern sbyte echo_i1(sbyte value);
    [DllImport(Lib)] public static extern byte echo_u1(byte value);
    [DllImport(Lib)] public static extern short echo_i2(short value);
    [DllImport(Lib)] public static extern ushort echo_u2(ushort value);
    [DllImport(Lib)] public static extern int echo_i4(int value);
    [DllImport(Lib)] public static extern uint echo_u4(uint value);
    [DllImport(Lib)] public static extern long echo_i8(long value);
    [DllImport(Lib)] public static extern ulong echo_u8(ulong value);
    [DllImport(Lib)] public static extern float echo_r4(float value);
    [DllImport(Lib)] public static extern double echo_r8(double value);
    [DllImport(Lib)] public static extern IntPtr echo_pointer(IntPtr value);
    [DllImport(Lib, EntryPoint = "echo_i4")] public static extern DayOfWeek EchoEnum(DayOfWeek value);
    [DllImport(Lib, EntryPoint = "echo_u1")] public static extern ByteEnum EchoByteEnum(ByteEnum value);
    [DllImport(Lib, EntryPoint = "echo_i4")][return: MarshalAs(UnmanagedType.Error)] public static extern int EchoError([MarshalAs(UnmanagedType.Error)] int value);
    [DllImport(Lib)] public static extern bool not4(bool flag);
    [DllImport(Lib)][return: MarshalAs(UnmanagedType.U1)] public static extern bool not1([MarshalAs(UnmanagedType.I1)] bool flag);
    [DllImport(Lib)][return: MarshalAs(UnmanagedType.VariantBool)] public static extern bool not_variant([MarshalAs(UnmanagedType.VariantBool)] bool flag);
    [DllImport(Lib)] public static extern bool any_true();
    [DllImport(Lib)] public static extern char next_letter(char letter);
    [DllImport(Lib, CharSet = CharSet.Unicode)] public static extern char next_unit(char unit);
    [DllImport(Lib, EntryPoint = "next_unit")][return: MarshalAs(UnmanagedType.U2)] public static extern char NextUnit2([MarshalAs(UnmanagedType.I2)] char unit);
    [DllImport(Lib)] public static extern double many(sbyte a, long b, float c, double d, ushort e, int f, long g, float h);

    [DllImport(Lib)] public static extern int length_utf8(string text);
    [DllImport(Lib, EntryPoint = "length_utf8")] public static extern int LengthLPStr([MarshalAs(UnmanagedType.LPUTF8Str)] string text);
    [DllImport(Lib, CharSet = CharSet.Unicode)] public static extern int length_utf16(string text);
    [DllImport(Lib, EntryPoint = "length_utf16")] public static extern int LengthLPWStr([MarshalAs(UnmanagedType.LPWStr)] string text);
    [DllImport(Lib, EntryPoint = "length_utf16")] public static extern int LengthBStr([MarshalAs(UnmanagedType.BStr)] string text);
    [DllImport(Lib)] public static extern int bytes_of_bstr([MarshalAs(UnmanagedType.BStr)] string text);
    [DllImport(Lib)] public static extern int last_utf8(string text);
    [DllImport(Lib)] public static extern void fill_utf8(StringBuilder buffer, int size);
    [DllImport(Lib, CharSet = CharSet.Unicode)] public static extern void fill_utf16(StringBuilder buffer, int size);
    [DllImport(Lib, EntryPoint = "length_utf8")] public static extern int LengthBuilder(StringBuilder buffer);
    [DllImport(Lib, EntryPoint = "length_utf8")] public static extern int LengthBytes(byte[] text);
    [DllImport(Lib, EntryPoint = "length_utf16", CharSet = CharSet.Unicode)] public static extern int LengthChars(char[] text);
    [DllImport(Lib)] public static extern string copy_utf8(string text);
    [DllImport(Lib, CharSet = CharSet.Unicode)] public static extern string copy_utf16(string text);
    [DllImport(Lib)] public static extern void replace_text(ref string text);
    [DllImport(Lib)] public static extern void give_text(out string text);

    [DllImport(Lib)] public static extern Point add_points(Point a, Point b);
    [DllImport(Lib)] public static extern Mixed twice(Mixed value);
    [DllImport(Lib)] public static extern Packed1 twice_packed1(Packed1 value);
    [DllImport(Lib)] public static extern Packed2 twice_packed2(Packed2 value);
    [DllImport(Lib)] public static extern Union as_union(Union value);
    [DllImport(Lib)] public static extern Nested nest(Nested value);
    [DllImport(Lib)] public static extern Single1 half(Single1 value);
    [DllImport(Lib)] public static extern Floats reverse(Floats value);
    [DllImport(Lib)] public static extern Flags flip(Flags value);
    [DllImport(Lib)] public static extern void move_point(ref Point point, int by);
    [DllImport(Lib, EntryPoint = "move_point")] public static extern void MoveClass(PointClass point, int by);
    [DllImport(Lib, EntryPoint = "move_point")] public static extern void MovePointer(Point* point, int by);
    [DllImport(Lib)] public static extern int sum_point(in Point point);
    [DllImport(Lib, EntryPoint = "sum_point")] public static extern int SumClass(PointClass point);
    [DllImport(Lib)] public static extern void make_mixed(out Mixed value);
    [DllImport(Lib)] public static extern void rename_it(ref Named named);
    [DllImport(Lib)] public static extern void scale(ref FixedArrays arrays);
    [DllImport(Lib, EntryPoint = "scale")] public static extern void ScaleBuffers(ref FixedBuffers buffers);
    [DllImport(Lib)] public static extern int texts_length(Texts texts);

    [DllImport(Lib)] public static extern int sum_i4(int[] values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] public static extern int SumPointer(int* values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] public static extern int SumMatrix(int[,] values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] public static extern int SumRef(ref int first, int count);
    [DllImport(Lib)] public static extern void double_i4([In, Out] int[] values, int count);
    [DllImport(Lib)] public static extern double sum_r8(double[] values, int count);
    [DllImport(Lib)] public static extern int count_true(bool[] flags, int count);
    [DllImport(Lib, EntryPoint = "double_i4")] public static extern void DoubleFlags([In, Out] bool[] flags, int count);
    [DllImport(Lib)] public static extern int join_length(string[] texts, int count);
    [DllImport(Lib)] public static extern void upper_all([In, Out] string[] texts, int count);
    [DllImport(Lib, EntryPoint = "upper_all")] public static extern void UpperIn(string[] texts, int count);
    [DllImport(Lib)] public static extern int sum_points(Point[] points, int count);
    [DllImport(Lib)] public static extern int sum_letters(char[] letters, int count);
    [DllImport(Lib)] public static extern void give_array([MarshalAs(UnmanagedType.LPArray, SizeParamIndex = 1)] out int[] values, out int count);
    [DllImport(Lib)] public static extern int sum_flags(Flags[] values, int count);

    [DllImport(Lib)] public static extern void increment(ref int value);
    [DllImport(Lib)] public static extern void toggle(ref bool flag);
    [DllImport(Lib)] public static extern int read_ref(in int value);
    [DllImport(Lib)] public static extern void set_two(out int a, out double b);

    [DllImport(Lib)] public static extern NumberHandle open_handle(int number);
    [DllImport(Lib)] public static extern int handle_number(NumberHandle handle);
    [DllImport(Lib, EntryPoint = "handle_number")] public static extern int handle_number_raw(IntPtr handle);
    [DllImport(Lib, EntryPoint = "handle_number")] public static extern int HandleRefNumber(HandleRef handle);
    [DllImport(Lib)] public static extern int close_handle(IntPtr handle);
    [DllImport(Lib, EntryPoint = "open_handle")] public static extern IntPtr OpenRaw(int number);

    [DllImport(Lib, SetLastError = true)] public static extern int fail_with(int error);
    [DllImport(Lib, PreserveSig = false)] public static extern int hresult_of(int value);
    [DllImport(Lib)] public static extern int first_of_guid([MarshalAs(UnmanagedType.LPStruct)] Guid guid);
    [DllImport(Lib, EntryPoint = "first_of_guid")] public static extern int FirstOfGuidRef(in Guid guid);
    [DllImport(Lib)] public static extern DateTime echo_date(DateTime date);
    [DllImport(Lib)][return: MarshalAs(UnmanagedType.Currency)] public static extern decimal echo_currency([MarshalAs(UnmanagedType.Currency)] decimal value);

    // What cannot be marshalled.
    [DllImport(Lib, EntryPoint = "echo_i4")] public static extern int TakesObject(object value);
    [DllImport(Lib, EntryPoint = "echo_i4")] public static extern int TakesWrong([MarshalAs(UnmanagedType.I1)] int value);
    [DllImport(Lib, EntryPoint = "echo_i4")] public static extern int TakesPlainClass(Plain value);
    [DllImport(Lib, EntryPoint = "echo_i4")] public static extern int TakesList(System.Collections.Generic.List<int> value);
    [DllImport(Lib, EntryPoint = "no_such_function")] public static extern int Missing();
    [DllImport("nowhere")] public static extern int Nowhere();
}

public enum ByteEnum : byte { None, One, Last = 255 }

public class Plain { public int X; }
