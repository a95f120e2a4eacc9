// Exact functions of Math, bit operations, wide integers, random numbers from a seed.
using System.Numerics;

internal static class Program
{
    private static void Main()
    {
        Rounding();
        Basics();
        Bits();
        Wide();
        Generic();
        Seeded();
    }

    private static void Rounding()
    {
        double[] values = { 2.5, -2.5, 3.5, 0.49999999999999994, 1e15 + 0.5, -0.4, 7 };
        foreach (double d in values)
            Console.WriteLine($"{d}: {Math.Floor(d)} {Math.Ceiling(d)} {Math.Round(d)} {Math.Truncate(d)} {Math.Round(d, MidpointRounding.AwayFromZero)}");
        Console.WriteLine(Math.Round(2.345, 1) + " " + Math.Round(1.25f, 1) + " " + MathF.Floor(-1.5f));
    }

    private static void Basics()
    {
        Console.WriteLine(Math.Sqrt(2) + " " + Math.Sqrt(-1) + " " + MathF.Sqrt(16));
        Console.WriteLine(Math.Abs(-5) + " " + Math.Abs(-2.5) + " " + Math.Abs(-7L) + " " + Math.Abs(-1.5f));
        Console.WriteLine(Math.Max(1, 2) + Math.Min(-1L, 5) + Math.Max(double.NaN, 1) + Math.Min(0.0, -0.0));
        Console.WriteLine(Math.Sign(-3) + Math.Clamp(15, 0, 10) + Math.DivRem(17, 5, out int rest) + rest);
        Console.WriteLine(Math.BigMul(int.MaxValue, int.MaxValue) + " " + Math.BigMul(ulong.MaxValue, 3, out ulong low) + " " + low);
        Console.WriteLine(Math.FusedMultiplyAdd(2, 3, 4) + " " + Math.CopySign(3, -0.0) + " " + Math.IEEERemainder(7, 4));
        Console.WriteLine(Math.Pow(2, 10) + " " + Math.Pow(2, -1) + " " + Math.Pow(0, 0));
        // Every entry of the table that an exponential looks up, to the last bit: next to it nothing is left to round twice.
        ulong exponentials = 0;
        for (int i = -640; i <= 640; ++i) exponentials = exponentials * 31 + BitConverter.DoubleToUInt64Bits(Math.Exp(i * (Math.Log(2) / 128)));
        Console.WriteLine($"{exponentials:X16}");
        Console.WriteLine(double.IsNaN(0.0 / Zero) + " " + double.IsInfinity(1 / Zero) + " " + double.IsNegative(-0.0) + " " + double.IsInteger(5));
        Console.WriteLine(Math.ScaleB(1.5, 4) + " " + Math.ILogB(1000) + " " + Math.BitIncrement(1.0));
        try { Math.Abs(int.MinValue + (int)Zero); } catch (OverflowException) { Console.WriteLine("abs"); }
    }

    private static double Zero => Environment.NewLine.Length - 1;

    private static void Bits()
    {
        foreach (uint n in new uint[] { 0, 1, 0x80000000, 0xF0F0, uint.MaxValue })
            Console.WriteLine($"{n}: {BitOperations.PopCount(n)} {BitOperations.LeadingZeroCount(n)} {BitOperations.TrailingZeroCount(n)} {BitOperations.RotateLeft(n, 5)} {BitOperations.Log2(n)} {BitOperations.IsPow2(n)}");
        foreach (ulong n in new ulong[] { 0, 1UL << 40, ulong.MaxValue })
            Console.WriteLine($"{n}: {BitOperations.PopCount(n)} {BitOperations.LeadingZeroCount(n)} {BitOperations.TrailingZeroCount(n)} {BitOperations.RotateRight(n, 9)}");
        Console.WriteLine(BitOperations.RoundUpToPowerOf2(1000u));
        Console.WriteLine(BitConverter.DoubleToUInt64Bits(-1.5).ToString("X") + BitConverter.SingleToInt32Bits(1f).ToString("X"));
    }

    private static void Wide()
    {
        Int128 big = Int128.MaxValue;
        Console.WriteLine(big);
        Console.WriteLine(big / 1_000_000_007 % 1000);
        UInt128 product = (UInt128)ulong.MaxValue * ulong.MaxValue;
        Console.WriteLine(product + " " + (product >> 64));
        BigInteger factorial = 1;
        for (int i = 2; i <= 40; i++)
            factorial *= i;
        Console.WriteLine(factorial);
        Console.WriteLine(BigInteger.Pow(2, 200) % 1_000_000_007);
        Console.WriteLine((double)(Half)1.1);
        Console.WriteLine(new Complex(1, 2) * new Complex(3, -1));
    }

    private static T Power<T>(T value, int exponent) where T : INumber<T>
    {
        T result = T.One;
        for (int i = 0; i < exponent; i++)
            result *= value;
        return result;
    }

    private static void Generic()
    {
        Console.WriteLine(Power(3, 5) + " " + Power(1.5, 3) + " " + Power(2L, 40) + " " + Power(1.1m, 2));
        Console.WriteLine(int.Max(3, 4) + " " + double.Lerp(0, 10, 0.25) + " " + byte.RotateLeft(129, 1) + " " + int.Log2(1000));
        Console.WriteLine(int.CreateSaturating(1e20) + " " + byte.CreateTruncating(300) + " " + long.CreateChecked(7u));
        Vector2 v = new(3, 4);
        Console.WriteLine(v.Length() + " " + (v + Vector2.One) + " " + Vector2.Dot(v, v));
    }

    private static void Seeded()
    {
        Random random = new(42);
        Console.WriteLine(random.Next() + " " + random.Next(100) + " " + random.Next(-5, 5));
        byte[] bytes = new byte[4];
        random.NextBytes(bytes);
        Console.WriteLine(string.Join(' ', bytes));
        Console.WriteLine(random.NextDouble() < 1);
    }
}
