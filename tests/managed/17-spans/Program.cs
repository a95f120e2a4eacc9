// Span<T>, ReadOnlySpan<T>, Memory<T>, stackalloc, and what System.MemoryExtensions does with them.
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

internal static class Program
{
    private struct Cell { public int A; public string? B; }

    private static void Main()
    {
        OverArrays();
        OverStack();
        OverText();
        Searching();
        Bytes();
        References();
        Memory();
        Faults();
    }

    private static string Show<T>(ReadOnlySpan<T> span) => string.Join(' ', span.ToArray());

    private static void OverArrays()
    {
        int[] array = { 1, 2, 3, 4, 5, 6 };
        Span<int> span = array;
        span[0] = 10;
        Span<int> middle = span.Slice(2, 3);
        middle[1] *= 100;
        Console.WriteLine(Show<int>(array));
        Console.WriteLine(Show<int>(span[^2..]));
        middle.Reverse();
        Console.WriteLine(Show<int>(array));
        middle.Clear();
        Console.WriteLine(Show<int>(array));
        span.Fill(7);
        Console.WriteLine(Show<int>(span));
        int[] source = { 1, 2, 3 };
        source.CopyTo(span[1..]);
        Console.WriteLine(Show<int>(span));
        span[..4].CopyTo(span[1..]);
        Console.WriteLine(Show<int>(span));
        Console.WriteLine(span.TryCopyTo(new int[2]));
        Span<Cell> cells = new Cell[3];
        cells[1].A = 4;
        cells[1].B = "cell";
        foreach (ref Cell cell in cells)
            cell.A++;
        Console.WriteLine(cells[1].A + cells[1].B + cells[2].A);
        Span<string> words = new[] { "c", "b", "a" };
        words.Sort(string.CompareOrdinal);
        Console.WriteLine(Show<string>(words));
        span.Sort((a, b) => b - a);
        Console.WriteLine(Show<int>(span));
    }

    private static void OverStack()
    {
        Span<int> small = stackalloc int[4];
        for (int i = 0; i < small.Length; i++)
            small[i] = i * i;
        Console.WriteLine(Show<int>(small));
        Span<byte> bytes = stackalloc byte[] { 1, 2, 3 };
        Console.WriteLine(Show<byte>(bytes));
        Span<long> cleared = stackalloc long[8];
        long sum = 0;
        foreach (long l in cleared)
            sum += l;
        Console.WriteLine(sum);
        ReadOnlySpan<int> constant = [2, 4, 6, 8];
        Console.WriteLine(constant[3] + constant.Length);
        Console.WriteLine(SumOf(stackalloc int[] { 5, 6, 7 }));
        int total = 0;
        for (int i = 1; i < 50; i++)
            total += Scratch(i);
        Console.WriteLine(total);
    }

    private static int SumOf(ReadOnlySpan<int> span)
    {
        int sum = 0;
        for (int i = 0; i < span.Length; i++)
            sum += span[i];
        return sum;
    }

    private static int Scratch(int n)
    {
        Span<int> scratch = stackalloc int[n];
        scratch.Fill(n);
        return SumOf(scratch);
    }

    private static void OverText()
    {
        ReadOnlySpan<char> text = "key = value";
        int at = text.IndexOf('=');
        Console.WriteLine(text[..at].Trim().ToString() + "/" + text[(at + 1)..].Trim().ToString());
        Console.WriteLine(int.Parse("xx123yy".AsSpan(2, 3)));
        Span<char> buffer = stackalloc char[16];
        255.TryFormat(buffer, out int written, "X4");
        Console.WriteLine(buffer[..written].ToString());
        Console.WriteLine("abc".AsSpan().SequenceEqual("abc"));
        Console.WriteLine("abc".AsSpan().StartsWith("ab"));
        foreach (Range range in "a,bb,ccc".AsSpan().Split(','))
            Console.WriteLine("a,bb,ccc"[range]);
        Console.WriteLine(string.Concat("one".AsSpan(), "two".AsSpan(1)));
        Console.WriteLine("MIXED".AsSpan().Equals("mixed", StringComparison.OrdinalIgnoreCase));
        Console.WriteLine("a b".AsSpan().ContainsAny('x', ' '));
    }

    private static void Searching()
    {
        ReadOnlySpan<int> span = [4, 8, 15, 16, 23, 42];
        Console.WriteLine(span.IndexOf(15));
        Console.WriteLine(span.Contains(7));
        Console.WriteLine(span.BinarySearch(23));
        Console.WriteLine(span.LastIndexOf(42));
        Console.WriteLine(span.IndexOfAny(1, 16));
        Console.WriteLine(span.SequenceEqual([4, 8, 15, 16, 23, 42]));
        Console.WriteLine(span.SequenceCompareTo([4, 8, 16]));
        byte[] many = new byte[1000];
        many[777] = 9;
        Console.WriteLine(many.AsSpan().IndexOf((byte)9));
        Console.WriteLine(many.AsSpan(778).IndexOf((byte)9));
        Console.WriteLine(new string('x', 300).AsSpan().IndexOfAnyExcept('x'));
    }

    private static void Bytes()
    {
        ReadOnlySpan<byte> utf8 = "grüß"u8;
        Console.WriteLine(utf8.Length);
        Console.WriteLine(Encoding.UTF8.GetString(utf8));
        Console.WriteLine(Show<byte>(Encoding.UTF8.GetBytes("€")));
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 0x01020304);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], 0x01020304);
        Console.WriteLine(Show<byte>(bytes));
        Console.WriteLine(BinaryPrimitives.ReadUInt16BigEndian(bytes));
        Span<int> ints = MemoryMarshal.Cast<byte, int>(bytes);
        Console.WriteLine(ints.Length + " " + ints[1]);
        Console.WriteLine(BitConverter.ToInt64(bytes));
        Console.WriteLine(BitConverter.DoubleToInt64Bits(1.0) + " " + BitConverter.Int32BitsToSingle(0x40490fdb));
        Console.WriteLine(Convert.ToHexString(bytes));
        Console.WriteLine(Convert.ToBase64String(bytes));
        double pi = 3.5;
        Span<byte> raw = MemoryMarshal.AsBytes(new Span<double>(ref pi));
        raw[7] |= 0x80;
        Console.WriteLine(pi);
    }

    private static ref int Find(Span<int> span, int value)
    {
        foreach (ref int n in span)
            if (n == value)
                return ref n;
        throw new KeyNotFoundException();
    }

    private static void References()
    {
        int[] array = { 1, 2, 3 };
        Find(array, 2) = 20;
        Console.WriteLine(Show<int>(array));
        ref int last = ref array[^1];
        last++;
        ref int first = ref array[0];
        ref int chosen = ref last > 3 ? ref last : ref first;
        chosen = -1;
        Console.WriteLine(Show<int>(array));
        ref readonly int read = ref array[1];
        array[1] = 5;
        Console.WriteLine(read);
    }

    private static void Memory()
    {
        Memory<int> memory = new[] { 1, 2, 3, 4 };
        Memory<int> slice = memory[1..3];
        slice.Span[0] = 50;
        Console.WriteLine(Show<int>(memory.Span) + " " + slice.Length);
        ReadOnlyMemory<char> text = "memory".AsMemory(3);
        Console.WriteLine(text.ToString());
        ArraySegment<int> segment = new(new[] { 9, 8, 7 }, 1, 2);
        Console.WriteLine(segment[1] + segment.Count);
    }

    private static void Faults()
    {
        try { Span<int> span = new int[3]; span[3] = 1; } catch (IndexOutOfRangeException) { Console.WriteLine("index"); }
        try { _ = new int[3].AsSpan().Slice(2, 2).Length; } catch (ArgumentOutOfRangeException) { Console.WriteLine("slice"); }
        try { new int[3].AsSpan().CopyTo(new int[2]); } catch (ArgumentException) { Console.WriteLine("copy"); }
        try { object[] strings = new string[1]; _ = new Span<object>(strings).Length; } catch (ArrayTypeMismatchException) { Console.WriteLine("type"); }
        Console.WriteLine(default(Span<int>).IsEmpty);
    }
}
