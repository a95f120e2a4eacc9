// Depth: 10,000 managed frames and more, with values, structs, objects and handlers in them. The argument, if any, is the
// depth to go to instead.
internal struct Three { public long A, B, C; }

internal sealed class Chain { public Chain? Next; public int Length => Next == null ? 1 : Next.Length + 1; }

internal static class Program
{
    private static int Depth(int n) => n == 0 ? 0 : Depth(n - 1) + 1;
    private static bool Even(int n) => n == 0 || Odd(n - 1);
    private static bool Odd(int n) => n != 0 && Even(n - 1);
    private static int Ackermann(int m, int n) => m == 0 ? n + 1 : n == 0 ? Ackermann(m - 1, 1) : Ackermann(m - 1, Ackermann(m, n - 1));
    private static long Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
    private static Three Sum(int n)
    {
        if (n == 0)
            return default;
        Three t = Sum(n - 1);
        t.A += n;
        t.B -= n;
        t.C ^= n;
        return t;
    }
    private static double Mixed(int n, double d, string s, object o, long l)
    {
        if (n == 0)
            return d + l + s.Length + (int)o;
        return Mixed(n - 1, d + 0.5, s, (int)o + 1, l - 1);
    }
    private static int Guarded(int n)
    {
        try { return n == 0 ? 0 : Guarded(n - 1) + 1; }
        finally { exits++; }
    }
    private static int exits;
    private static string Text(int n) => n == 0 ? "" : Text(n - 1) + (char)('a' + n % 26);
    private static int ThroughDelegate(Func<int, int> self, int n) => n == 0 ? 0 : self(n - 1) + 1;
    private static int ThroughSpan(ReadOnlySpan<byte> s) => s.Length == 0 ? 0 : s[0] + ThroughSpan(s[1..]);
    private static void Hanoi(int n, int from, int to, ref int moves)
    {
        if (n == 0)
            return;
        Hanoi(n - 1, from, 6 - from - to, ref moves);
        moves++;
        Hanoi(n - 1, 6 - from - to, to, ref moves);
    }
    private static int Generic<T>(T value, int n) where T : notnull => n == 0 ? value.ToString()!.Length : Generic(value, n - 1);

    private static void Main(string[] args)
    {
        int depth = args.Length > 0 ? int.Parse(args[0]) : 10_000;
        Console.WriteLine(Depth(100));
        Console.WriteLine(Depth(depth));
        Console.WriteLine(Even(depth));
        Console.WriteLine(Odd(depth - 1));
        Console.WriteLine(Ackermann(2, depth < 1000 ? 3 : 9));
        Console.WriteLine(Fibonacci(depth < 1000 ? 10 : 18));
        Three t = Sum(depth);
        Console.WriteLine(t.A + " " + t.B + " " + t.C);
        Console.WriteLine(Mixed(depth / 2, 1, "abc", 1, 10));
        Console.WriteLine(Guarded(depth / 5) + " " + exits);
        Console.WriteLine(Text(depth < 1000 ? 30 : 300).Length);
        Func<int, int> self = null!;
        self = n => ThroughDelegate(self, n);
        Console.WriteLine(self(depth * 2 / 5));
        Console.WriteLine(ThroughSpan(new byte[depth / 3].AsSpan()));
        int moves = 0;
        Hanoi(depth < 1000 ? 6 : 12, 1, 3, ref moves);
        Console.WriteLine(moves);
        Console.WriteLine(Generic(12345, depth / 3));
        Chain? chain = null;
        for (int i = 0; i < depth * 4 / 5; i++)
            chain = new Chain { Next = chain };
        Console.WriteLine(chain!.Length);
    }
}
