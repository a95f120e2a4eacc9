// Value types: copying, nesting, references to them, generic ones, large ones.
internal static class Program
{
    private struct Point
    {
        public int X, Y;
        public Point(int x, int y) { X = x; Y = y; }
        public readonly int Sum() => X + Y;
        public void Move(int by) { X += by; Y += by; }
        public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);
        public static bool operator ==(Point a, Point b) => a.X == b.X && a.Y == b.Y;
        public static bool operator !=(Point a, Point b) => !(a == b);
        public override readonly bool Equals(object? other) => other is Point p && p == this;
        public override readonly int GetHashCode() => X * 31 + Y;
        public override readonly string ToString() => $"({X}, {Y})";
    }

    private struct Line { public Point From, To; public string? Name; }

    private struct Big { public long A, B, C, D; public double E; public string? F; public byte G; public Point H; }

    private struct Mixed { public byte B; public long L; public short S; public object? O; public bool T; public float F; }

    private struct Wrapper<T> { public T Value; public int Count; public Wrapper(T value) { Value = value; Count = 1; } }

    private readonly struct Fraction
    {
        public Fraction(int n, int d) { Numerator = n; Denominator = d; }
        public int Numerator { get; }
        public int Denominator { get; }
        public static implicit operator Fraction(int n) => new(n, 1);
        public static explicit operator double(Fraction f) => (double)f.Numerator / f.Denominator;
        public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
        public override string ToString() => Numerator + "/" + Denominator;
    }

    private struct Empty { }

    private sealed class Holder { public Point Point; public Line Line; public Wrapper<string> Wrapper; }

    private static Point shared;

    private static void Main()
    {
        Copies();
        References();
        Nested();
        Large();
        Generic();
        Operators();
        Defaults();
        Equality();
    }

    private static void Copies()
    {
        Point a = new(1, 2);
        Point b = a;
        b.Move(10);
        Console.WriteLine(a + " then " + b);
        Change(a);
        Console.WriteLine(a);
        Console.WriteLine(Moved(a, 5) + " " + a);
        Point[] array = { a, b };
        array[0].Move(1);
        Console.WriteLine(array[0] + " " + a);
        List<Point> list = [a];
        list[0].Move(50);
        Console.WriteLine(list[0]);
    }

    private static void Change(Point p) => p.X = 99;

    private static Point Moved(Point p, int by)
    {
        p.Move(by);
        return p;
    }

    private static void References()
    {
        Point p = new(3, 4);
        ByRef(ref p);
        Console.WriteLine(p);
        Out(out Point q);
        Console.WriteLine(q);
        Console.WriteLine(In(in q));
        ref Point r = ref p;
        r.Y = 77;
        Console.WriteLine(p);
        ref int x = ref p.X;
        x = -1;
        Console.WriteLine(p);
        shared.Move(3);
        ref Point s = ref shared;
        s.X *= 7;
        Console.WriteLine(shared);
        Holder holder = new();
        holder.Point.Move(2);
        ref Point inside = ref holder.Point;
        inside.Y = 9;
        Console.WriteLine(holder.Point);
        Point u = new(1, 1), v = new(2, 2);
        (u, v) = (v, u);
        Console.WriteLine(u + " " + v);
    }

    private static void ByRef(ref Point p) => p = new Point(p.Y, p.X);
    private static void Out(out Point p) => p = new Point(8, 8);
    private static int In(in Point p) => p.X * p.Y;

    private static void Nested()
    {
        Line line = new() { From = new(1, 1), Name = "diagonal" };
        line.To.X = 5;
        line.To.Move(1);
        Line copy = line;
        copy.From = copy.To;
        copy.Name = null;
        Console.WriteLine($"{line.From} {line.To} {line.Name} {copy.From} {copy.Name ?? "none"}");
        Holder holder = new() { Line = line };
        holder.Line.To.Y = 42;
        Console.WriteLine($"{holder.Line.To} {line.To}");
    }

    private static void Large()
    {
        Big big = MakeBig(3);
        Big copy = Twice(big);
        Console.WriteLine($"{big.A} {big.D} {big.E} {big.F} {big.G} {big.H}");
        Console.WriteLine($"{copy.A} {copy.D} {copy.E} {copy.F} {copy.G} {copy.H}");
        Mixed m = new() { B = 255, L = -1, S = -2, O = "object", T = true, F = 0.5f };
        Mixed n = m;
        m.L = 7;
        Console.WriteLine($"{n.B} {n.L} {n.S} {n.O} {n.T} {n.F}");
        object boxed = n;
        Console.WriteLine(((Mixed)boxed).S);
    }

    private static Big MakeBig(int n) => new() { A = n, B = n * 2, C = n * 3, D = n * 4, E = n / 2.0, F = "big" + n, G = (byte)n, H = new(n, -n) };

    private static Big Twice(Big b)
    {
        b.A *= 2;
        b.D *= 2;
        b.E *= 2;
        b.F += b.F;
        b.G *= 2;
        b.H.Move(100);
        return b;
    }

    private static void Generic()
    {
        Wrapper<string> s = new("text");
        Wrapper<long> l = new(1L << 40);
        Wrapper<Point> p = new(new Point(1, 2));
        Wrapper<Wrapper<byte>> w = new(new Wrapper<byte>(7));
        p.Value.Move(1);
        Console.WriteLine($"{s.Value} {l.Value} {p.Value} {w.Value.Value} {w.Count}");
        Holder holder = new() { Wrapper = s };
        holder.Wrapper.Count += 5;
        Console.WriteLine(holder.Wrapper.Count + " " + s.Count);
        (int a, string b, Point c) tuple = (1, "two", new Point(3, 3));
        tuple.c.X = 0;
        Console.WriteLine(tuple);
    }

    private static void Operators()
    {
        Console.WriteLine(new Point(1, 2) + new Point(3, 4));
        Console.WriteLine(new Point(1, 2) == new Point(1, 2));
        Console.WriteLine(new Point(1, 2) != new Point(1, 2));
        Fraction f = 3;
        Console.WriteLine(f * new Fraction(1, 4));
        Console.WriteLine((double)(f * new Fraction(1, 4)));
    }

    private static void Defaults()
    {
        Point p = default;
        Line line = new();
        Console.WriteLine(p + " " + line.From + " " + (line.Name == null));
        Empty e = default, f = e;
        Console.WriteLine(f.Equals(e));
        Console.WriteLine(new Point());
    }

    private static void Equality()
    {
        Line a = new() { Name = "n", From = new(1, 2) }, b = a;
        Console.WriteLine(a.Equals(b));
        b.To.X = 1;
        Console.WriteLine(a.Equals(b));
        Console.WriteLine(new Point(1, 2).Equals((object)new Point(1, 2)));
        Console.WriteLine(new Point(1, 2).Equals("point"));
        Console.WriteLine(new Point(1, 2).GetHashCode());
        Console.WriteLine(new Wrapper<int>(3).Equals(new Wrapper<int>(3)));
        Console.WriteLine(new Empty().ToString());
    }
}
