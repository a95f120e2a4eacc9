// What dotnet refuses or does otherwise; interop.test.mjs says what is expected and why. Messages are printed whole: they
// name parameter and reason.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

static unsafe class Beyond
{
    const string Lib = "interop";

    [DllImport(Lib, EntryPoint = "sum_i4")] static extern int SumSpan(Span<int> values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] static extern int SumReadOnly(ReadOnlySpan<int> values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] static extern int SumMemory(Memory<int> values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] static extern int SumReadOnlyMemory(ReadOnlyMemory<int> values, int count);
    [DllImport(Lib, EntryPoint = "sum_i4")] static extern int SumSegment(ArraySegment<int> values, int count);
    [DllImport(Lib, EntryPoint = "double_i4")] static extern void DoubleSpan(Span<int> values, int count);
    [DllImport(Lib, EntryPoint = "double_i4")] static extern void DoubleMemory(Memory<int> values, int count);
    [DllImport(Lib, EntryPoint = "sum_points")] static extern int SumPoints(ReadOnlySpan<Point> values, int count);
    [DllImport(Lib, EntryPoint = "length_utf16", CharSet = CharSet.Unicode)] static extern int LengthChars(ReadOnlyMemory<char> text);
    [DllImport(Lib, EntryPoint = "sum_point")] static extern int SumPoint(Point? point);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int IsNull(int? value);
    [DllImport(Lib, EntryPoint = "first_of_guid")] static extern int FirstOfGuid(Guid? guid);

    [DllImport(Lib, EntryPoint = "is_null")] static extern int BoolSpan(Span<bool> values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TextSpan(Span<string> values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TextMemory(Memory<string> values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int NullableBool(bool? value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int RefSpan(ref Span<int> values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int OutMemory(out Memory<int> values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int RefSegment(ref ArraySegment<int> values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int OutNullable(out int? value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int RefJagged(ref int[][] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int RefMatrix(ref int[,] values);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int RefBuilder(ref StringBuilder text);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int MemoryArray(Memory<int>[] values);
    [DllImport(Lib, EntryPoint = "open_handle")] static extern int? ReturnsNullable(int value);
    [DllImport(Lib, EntryPoint = "open_handle")] static extern Span<int> ReturnsSpan(int value);
    [DllImport(Lib, EntryPoint = "open_handle")][return: MarshalAs(UnmanagedType.LPArray, SizeConst = 1)] static extern int[][] ReturnsJagged(int value);

    public struct WithObject { public object Value; }
    public struct WithList { public List<int> Value; }
    public struct WithBuilder { public StringBuilder Value; }
    public struct WithArray { public int[] Value; }
    public struct WithMatrix { [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public int[,] Value; }
    public struct WithVariantBool { [MarshalAs(UnmanagedType.VariantBool)] public bool Value; }
    public struct WithNullable { public int? Value; }
    public struct WithMemory { public Memory<int> Value; }
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithObject(ref WithObject value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithList(ref WithList value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithBuilder(ref WithBuilder value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithArray(ref WithArray value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithMatrix(ref WithMatrix value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithVariantBool(ref WithVariantBool value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithNullable(ref WithNullable value);
    [DllImport(Lib, EntryPoint = "is_null")] static extern int TakesWithMemory(ref WithMemory value);

    static void Show(string name, Func<object> call)
    {
        string text;
        try { text = FormattableString.Invariant($"{call()}"); }
        catch (Exception e) { text = $"{e.Message} {e.GetType().Name}"; }
        Console.WriteLine($"  {name} = {text}");
    }

    public static void Run()
    {
        int[] numbers = [1, 2, 3, 4, 5];
        Show("span", () => $"{SumSpan(numbers.AsSpan(1, 3), 3)} {SumSpan(stackalloc int[] { 7, 8 }, 2)} {SumSpan(default, 0)}");
        Show("read-only span", () => SumReadOnly(numbers, 5));
        Show("memory", () => $"{SumMemory(numbers.AsMemory(2), 3)} {SumMemory(default, 0)}");
        Show("read-only memory", () => SumReadOnlyMemory(numbers.AsMemory(0, 2), 2));
        Show("array segment", () => $"{SumSegment(new(numbers, 3, 2), 2)} {SumSegment(default, 0)}");
        Show("span written", () => { int[] n = [1, 2, 3]; DoubleSpan(n.AsSpan(1), 2); return string.Join(",", n); });
        Show("memory written", () => { int[] n = [1, 2, 3]; DoubleMemory(n.AsMemory(1, 1), 1); return string.Join(",", n); });
        Show("span of structs", () => SumPoints([new() { X = 2, Y = 3 }, new() { X = 4, Y = 5 }], 2));
        Show("memory of a string", () => LengthChars("Grüße".AsMemory(1)));
        Show("nullable", () => $"{IsNull(1)} {IsNull(null)}");
        Show("nullable struct", () => $"{SumPoint(new Point { X = 3, Y = 4 })} {SumPoint(null)}");
        Show("nullable guid", () => FirstOfGuid(new Guid("05112233-4455-6677-8899-aabbccddee01")));

        Show("span of bools", () => BoolSpan([true]));
        Show("span of texts", () => TextSpan(["a"]));
        Show("memory of texts", () => TextMemory(new[] { "a" }));
        Show("nullable bool", () => NullableBool(true));
        Show("ref span", () => { Span<int> s = numbers; return RefSpan(ref s); });
        Show("out memory", () => OutMemory(out _));
        Show("ref array segment", () => { ArraySegment<int> s = numbers; return RefSegment(ref s); });
        Show("out nullable", () => OutNullable(out _));
        Show("ref jagged array", () => { int[][] j = [numbers]; return RefJagged(ref j); });
        Show("ref matrix", () => { int[,] m = { { 1 } }; return RefMatrix(ref m); });
        Show("ref builder", () => { StringBuilder b = null; return RefBuilder(ref b); });
        Show("array of memories", () => MemoryArray([numbers]));
        Show("nullable returned", () => ReturnsNullable(1));
        Show("span returned", () => ReturnsSpan(1).Length);
        Show("jagged array returned", () => ReturnsJagged(1));

        Show("field of object", () => { WithObject v = default; return TakesWithObject(ref v); });
        Show("field of list", () => { WithList v = default; return TakesWithList(ref v); });
        Show("field of builder", () => { WithBuilder v = default; return TakesWithBuilder(ref v); });
        Show("field of array", () => { WithArray v = default; return TakesWithArray(ref v); });
        Show("field of matrix", () => { WithMatrix v = default; return TakesWithMatrix(ref v); });
        Show("field of variant bool", () => { WithVariantBool v = default; return TakesWithVariantBool(ref v); });
        Show("field of nullable", () => { WithNullable v = default; return TakesWithNullable(ref v); });
        Show("field of memory", () => { WithMemory v = default; return TakesWithMemory(ref v); });
    }

    [DllImport(Lib)] static extern int sum_rows(int[][] rows, int[] lengths, int count);
    [DllImport(Lib)] static extern void double_rows([In, Out] int[][] rows, int count, int length);
    [DllImport(Lib, EntryPoint = "double_rows")] static extern void DoubleRowsIn(int[][] rows, int count, int length);
    [DllImport(Lib)] static extern int letters_of_rows(string[][] rows, int count, int length);

    [DllImport(Lib)][return: MarshalAs(UnmanagedType.LPArray, SizeParamIndex = 0)] static extern string[] new_texts(int count);
    [DllImport(Lib)] static extern int call_all(Callbacks.Unary[] functions, int count, int value);
    [DllImport(Lib, EntryPoint = "count_pointers")] static extern int CountClasses(PointClass[] pointers, int count);

    /// With pointers to pointers.
    public static void Owned()
    {
        Show("jagged array", () => sum_rows([[1, 2], null, [3], []], [2, 0, 1, 0], 4));
        Show("jagged array out", () => { int[][] rows = [[1, 2], null, [3, 4]]; double_rows(rows, 3, 2); return $"{string.Join(",", rows[0])} {rows[1] is null} {string.Join(",", rows[2])}"; });
        Show("jagged array in", () => { int[][] rows = [[1, 2]]; DoubleRowsIn(rows, 1, 2); return string.Join(",", rows[0]); });
        Show("jagged array of texts", () => letters_of_rows([["ä", "bc"], null, ["", "def"]], 3, 2));
        Show("texts returned", () => string.Join(",", new_texts(3)));
        Show("delegates", () => call_all([v => v + 1, null, v => v * 10], 3, 4));
        Show("classes", () => CountClasses([new(), null], 2));
    }
}
