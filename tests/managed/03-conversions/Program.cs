// Every numeric conversion, wrapping, saturating and checked.
internal static class Program
{
    private static readonly int[] ints = { 0, 1, -1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue };
    private static readonly long[] longs = { 0, -1, 255, 1L << 31, 1L << 32, long.MaxValue, long.MinValue, 123456789012345 };
    private static readonly double[] doubles =
    {
        0, -0.5, 1.5, 2.5, -1.99, 255.9, 256, 2147483647.5, 2147483648, -2147483649.0, 4294967295.0, 4294967296.0,
        9.3e18, 1.9e19, -9.3e18, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    };

    private static void Main()
    {
        foreach (int n in ints)
            FromInt(n);
        foreach (long n in longs)
            FromLong(n);
        foreach (double n in doubles)
            FromDouble(n);
        foreach (double n in doubles)
            FromFloat((float)n);
        foreach (int n in ints)
            CheckedFromInt(n);
        foreach (double n in doubles)
            CheckedFromDouble(n);
        Unsigned();
        Implicit();
        ConstantsInLoops();
    }

    private static void FromInt(int n)
    {
        Console.WriteLine($"{n}: {(sbyte)n} {(byte)n} {(short)n} {(ushort)n} {(uint)n} {(long)n} {(ulong)n} {(float)n} {(double)n} {(int)(char)n}");
    }

    private static void FromLong(long n)
    {
        Console.WriteLine($"{n}: {(sbyte)n} {(byte)n} {(short)n} {(ushort)n} {(int)n} {(uint)n} {(ulong)n} {(float)n} {(double)n}");
    }

    private static void FromDouble(double n)
    {
        Console.WriteLine($"{n}: {(int)n} {(uint)n} {(long)n} {(ulong)n} {(float)n}");
    }

    private static void FromFloat(float n)
    {
        Console.WriteLine($"{n}: {(int)n} {(uint)n} {(long)n} {(ulong)n} {(double)n}");
    }

    private static void CheckedFromInt(int n)
    {
        Console.Write(n + ":");
        Try(() => checked((sbyte)n));
        Try(() => checked((byte)n));
        Try(() => checked((short)n));
        Try(() => checked((ushort)n));
        Try(() => checked((uint)n));
        Try(() => checked((ulong)n));
        Try(() => checked((int)(uint)n));
        Console.WriteLine();
    }

    private static void CheckedFromDouble(double n)
    {
        Console.Write(n + ":");
        Try(() => checked((byte)n));
        Try(() => checked((int)n));
        Try(() => checked((uint)n));
        Try(() => checked((long)n));
        Try(() => checked((ulong)n));
        Console.WriteLine();
    }

    private static void Unsigned()
    {
        ulong big = ulong.MaxValue - 1024;
        Console.WriteLine((double)big);
        Console.WriteLine((float)big);
        Console.WriteLine((double)(ulong)(1L << 53));
        uint u = uint.MaxValue;
        Console.WriteLine((float)u);
        Console.WriteLine((double)u);
        Console.WriteLine((long)u);
        Console.WriteLine((int)u);
        Console.Write("checked:");
        Try(() => checked((long)big));
        Try(() => checked((int)u));
        Try(() => checked((int)big));
        Console.WriteLine();
    }

    private static void Implicit()
    {
        byte b = 200;
        short s = b;
        int i = s;
        long l = i;
        float f = l;
        double d = f;
        decimal m = l;
        Console.WriteLine($"{b} {s} {i} {l} {f} {d} {m}");
        char c = 'ß';
        int code = c;
        Console.WriteLine(code);
        nint native = i;
        nuint unsignedNative = b;
        Console.WriteLine((long)native + (long)unsignedNative);
    }

    /// Constants whose conversion is decided before the loop runs.
    private static void ConstantsInLoops()
    {
        const long Limit = 2L << 30;
        long sum = 0;
        int rounds = 0;
        ushort small = 0;
        while (sum < Limit)
        {
            sum += 0xC000_0000L;
            small = unchecked((ushort)0x12345);
            rounds++;
            if (rounds > 10)
                break;
        }
        double wide = 0;
        for (int i = 0; i < 3; i++)
            wide += 4_000_000_000u + (ulong)0x8000_0001u;
        Console.WriteLine($"{sum} {rounds} {small} {wide}");
    }

    private static void Try<T>(Func<T> convert)
    {
        try
        {
            Console.Write(" " + convert());
        }
        catch (OverflowException)
        {
            Console.Write(" !");
        }
    }
}
