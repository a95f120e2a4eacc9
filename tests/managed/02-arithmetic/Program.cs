// Integer and floating-point arithmetic, wrapping and checked.
internal static class Program
{
    private static int i = 1_000_000_007;
    private static int small = -17;
    private static uint u = 4_000_000_000;
    private static long l = -9_007_199_254_740_993;
    private static ulong ul = 18_000_000_000_000_000_000;
    private static float f = 1.5f;
    private static double d = -2.25;

    private static void Main()
    {
        Int32();
        UInt32();
        Int64();
        UInt64();
        Narrow();
        Floats();
        Shifts();
        Comparisons();
        Checked();
        Faults();
    }

    private static void Int32()
    {
        Console.WriteLine(i + small);
        Console.WriteLine(i - small);
        Console.WriteLine(i * small);
        Console.WriteLine(i / small);
        Console.WriteLine(i % small);
        Console.WriteLine(small / 5);
        Console.WriteLine(small % 5);
        Console.WriteLine(-i);
        Console.WriteLine(~i);
        Console.WriteLine(i & 0xFF00FF);
        Console.WriteLine(i | 0x10);
        Console.WriteLine(i ^ small);
        Console.WriteLine(unchecked(int.MaxValue + i));
        Console.WriteLine(unchecked(int.MinValue - 1 + (small - small)));
        int n = i;
        n++;
        ++n;
        n += 5;
        n -= 2;
        n *= 3;
        Console.WriteLine(n--);
        Console.WriteLine(n);
    }

    private static void UInt32()
    {
        Console.WriteLine(u + u);
        Console.WriteLine(u / 7);
        Console.WriteLine(u % 7);
        Console.WriteLine(u * 3);
        Console.WriteLine(~u);
        Console.WriteLine(u >> 3);
        Console.WriteLine(0u - u);
    }

    private static void Int64()
    {
        Console.WriteLine(l + i);
        Console.WriteLine(l * 3);
        Console.WriteLine(l / 1_000_003);
        Console.WriteLine(l % 1_000_003);
        Console.WriteLine(-l);
        Console.WriteLine(l & 0xFFFF_FFFF_FFFF);
        Console.WriteLine(l | 1);
        Console.WriteLine(l ^ long.MaxValue);
        Console.WriteLine(unchecked(long.MaxValue + i));
    }

    private static void UInt64()
    {
        Console.WriteLine(ul + ul);
        Console.WriteLine(ul / 10);
        Console.WriteLine(ul % 1_000);
        Console.WriteLine(ul * 5);
        Console.WriteLine(ul >> 60);
    }

    private static void Narrow()
    {
        byte b = 250;
        b += 10;
        Console.WriteLine(b);
        sbyte sb = 127;
        sb++;
        Console.WriteLine(sb);
        short s = short.MinValue;
        s--;
        Console.WriteLine(s);
        ushort us = 65535;
        us += 2;
        Console.WriteLine(us);
        char c = 'a';
        c += (char)2;
        Console.WriteLine(c);
        Console.WriteLine('z' - 'a');
    }

    private static void Floats()
    {
        Console.WriteLine(f + d);
        Console.WriteLine(f * 3);
        Console.WriteLine(f / 4);
        Console.WriteLine(d % 1);
        Console.WriteLine(-d);
        Console.WriteLine(d / 0);
        Console.WriteLine(0 * (d / 0));
        Console.WriteLine(1 / (d * 0));
        Console.WriteLine(0.1 + 0.2);
        Console.WriteLine(0.1f + 0.2f);
        Console.WriteLine(1e300 * 10);
        Console.WriteLine(double.Epsilon);
        Console.WriteLine(float.MaxValue);
        Console.WriteLine((f + 0.1f) * (f - 0.1f));
        Console.WriteLine(5.5 % -2);
        Console.WriteLine(-5.5f % 2);
    }

    private static void Shifts()
    {
        int by = 35; // taken modulo 32
        Console.WriteLine(i << by);
        Console.WriteLine(small >> 2);
        Console.WriteLine(small >>> 2);
        Console.WriteLine(l << by);
        Console.WriteLine(l >> by);
        Console.WriteLine(l >>> by);
        Console.WriteLine(1L << 63);
        Console.WriteLine(u << 1);
    }

    private static void Comparisons()
    {
        Console.WriteLine(i > small);
        Console.WriteLine(u > (uint)i);
        Console.WriteLine((uint)small > 5);
        Console.WriteLine(l < i);
        Console.WriteLine(ul > long.MaxValue);
        double nan = d - d;
        nan /= nan;
        Console.WriteLine(nan == nan);
        Console.WriteLine(nan != nan);
        Console.WriteLine(nan < 1);
        Console.WriteLine(nan > 1);
        Console.WriteLine(!(nan >= 1));
        Console.WriteLine(!(nan <= 1));
        Console.WriteLine(f >= 1.5f);
        Console.WriteLine(d <= -2.25);
        Console.WriteLine(0.0 == -0.0);
        Console.WriteLine(-0.0);
    }

    private static void Checked()
    {
        Try("add", () => checked(i + int.MaxValue));
        Try("sub", () => checked(int.MinValue - i));
        Try("mul", () => checked(i * i));
        Try("neg", () => checked(-(int.MinValue + (small - small))));
        Try("add fits", () => checked(i + small));
        Try("uadd", () => checked(u + u));
        Try("usub", () => checked(5u - u));
        Try("umul", () => checked(u * 2));
        Try("ladd", () => checked(l + long.MinValue));
        Try("lmul", () => checked(l * l));
        Try("lmul fits", () => checked(l * 2));
        Try("ulmul", () => checked(ul * 2));
        Try("uladd", () => checked(ul + ul));
    }

    private static void Faults()
    {
        int zero = small - small;
        long lzero = zero;
        Try("div", () => i / zero);
        Try("rem", () => i % zero);
        Try("ldiv", () => l / lzero);
        Try("udiv", () => u / (uint)zero);
        Try("min / -1", () => (int.MinValue + zero) / (zero - 1));
        Try("lmin / -1", () => (long.MinValue + lzero) / (lzero - 1));
        Try("7 / -1", () => (7 + zero) / (zero - 1));
    }

    private static void Try<T>(string name, Func<T> body)
    {
        try
        {
            Console.WriteLine(name + " = " + body());
        }
        catch (ArithmeticException e)
        {
            Console.WriteLine(name + ": " + e.GetType().Name);
        }
    }
}
