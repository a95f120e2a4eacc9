using System.Runtime.InteropServices.JavaScript;

/// <summary>Memory that JavaScript sees for the time of a call, or as long as it keeps the view.</summary>
public static partial class Views
{
    [JSImport("fill", "types")] internal static partial void FillBytes([JSMarshalAs<JSType.MemoryView>] Span<byte> span);
    [JSExport]
    public static byte[] Bytes(int length)
    {
        Span<byte> span = stackalloc byte[length];
        for (int i = 0; i < length; i++) span[i] = (byte)i;
        FillBytes(span);
        return span.ToArray();
    }

    [JSImport("fill", "types")] internal static partial void FillInt32s([JSMarshalAs<JSType.MemoryView>] Span<int> span);
    [JSExport]
    public static int[] Int32s(int length)
    {
        int[] array = [.. Enumerable.Range(0, length)];
        FillInt32s(array);
        return array;
    }

    [JSImport("fill", "types")] internal static partial void FillDoubles([JSMarshalAs<JSType.MemoryView>] Span<double> span);
    [JSExport]
    public static double[] Doubles(int length)
    {
        double[] array = [.. Enumerable.Range(0, length).Select(i => i + 0.5)];
        FillDoubles(array);
        return array;
    }

    [JSImport("keep", "types")] internal static partial void KeepBytes([JSMarshalAs<JSType.MemoryView>] ArraySegment<byte> segment);
    static byte[] s_kept = [];
    [JSExport]
    public static void Keep(int length)
    {
        s_kept = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        KeepBytes(new ArraySegment<byte>(s_kept, 1, length - 2));
    }
    [JSExport] public static byte[] Kept() => s_kept;

    [JSExport] public static string Segment([JSMarshalAs<JSType.MemoryView>] ArraySegment<byte> segment) =>
        $"{segment.Offset} {segment.Count} {ReferenceEquals(segment.Array, s_kept)}";
}
