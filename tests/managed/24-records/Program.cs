// Records, tuples, deconstruction, patterns, primary constructors.
internal record Person(string Name, int Age) { public string? Email { get; init; } public virtual string Role => "person"; }
internal sealed record Employee(string Name, int Age, decimal Pay) : Person(Name, Age) { public override string Role => "employee"; }
internal readonly record struct Point(int X, int Y) { public double Length => Math.Sqrt(X * X + Y * Y); }
internal record struct Mutable(int A, string B);
internal record Tree(int Value, Tree? Left = null, Tree? Right = null);
internal abstract record Expr
{
    internal sealed record Num(double Value) : Expr;
    internal sealed record Add(Expr Left, Expr Right) : Expr;
    internal sealed record Mul(Expr Left, Expr Right) : Expr;
    internal sealed record Neg(Expr Inner) : Expr;
}
internal class Service(string name, int port = 80) { public string Url => name + ":" + port; }

internal static class Program
{
    private static double Eval(Expr e) => e switch
    {
        Expr.Num n => n.Value,
        Expr.Add(var l, var r) => Eval(l) + Eval(r),
        Expr.Mul(Expr.Num { Value: 0 }, _) => 0,
        Expr.Mul(var l, var r) => Eval(l) * Eval(r),
        Expr.Neg(var inner) => -Eval(inner),
        _ => throw new ArgumentException("expression"),
    };

    private static int Sum(Tree? tree) => tree is (var value, var left, var right) ? value + Sum(left) + Sum(right) : 0;

    private static string Where(Point p) => p switch
    {
        (0, 0) => "origin",
        (var x, 0) => "x axis at " + x,
        (0, var y) => "y axis at " + y,
        { X: > 0, Y: > 0 } => "first quadrant",
        _ => "elsewhere",
    };

    private static string Shape(int[] a) => a switch
    {
        [] => "empty",
        [var one] => "one " + one,
        [1, .., 9] => "one to nine",
        [_, .. var middle, _] when middle.Length > 1 => "middle " + string.Join(',', middle),
        _ => "other",
    };

    private static (int Min, int Max, double Mean) Stats(params int[] values)
    {
        (int min, int max, long sum) = (int.MaxValue, int.MinValue, 0L);
        foreach (int v in values)
            (min, max, sum) = (Math.Min(min, v), Math.Max(max, v), sum + v);
        return (min, max, (double)sum / values.Length);
    }

    private static void Main()
    {
        Person ann = new("Ann", 30) { Email = "ann@example.org" };
        Console.WriteLine(ann);
        Person older = ann with { Age = 31 };
        Console.WriteLine(older);
        Console.WriteLine(ann == older);
        Console.WriteLine(ann == older with { Age = 30 });
        Console.WriteLine(ann.GetHashCode() == (older with { Age = 30 }).GetHashCode());
        Person boss = new Employee("Bo", 50, 12.5m);
        Console.WriteLine(boss);
        Console.WriteLine(boss.Role + ann.Role);
        Console.WriteLine(boss == new Person("Bo", 50));
        Console.WriteLine((boss with { Name = "Jo" }).GetType().Name);
        (string name, int age) = boss;
        Console.WriteLine(name + age);

        Point p = new(3, 4);
        Console.WriteLine(p + " " + p.Length);
        Console.WriteLine(p == new Point(3, 4));
        Console.WriteLine((p with { X = 0 }).Length);
        foreach (Point q in new Point[] { new(0, 0), new(5, 0), new(0, -5), p, new(-1, 1) })
            Console.WriteLine(Where(q));
        Mutable m = new(1, "b");
        m.A = 9;
        Console.WriteLine(m);

        Console.WriteLine(Sum(new Tree(1, new Tree(2), new Tree(3, new Tree(4)))));
        Console.WriteLine(Eval(new Expr.Add(new Expr.Num(2), new Expr.Mul(new Expr.Num(3), new Expr.Neg(new Expr.Num(4))))));
        Console.WriteLine(Eval(new Expr.Mul(new Expr.Num(0), new Expr.Num(7))));
        Console.WriteLine(new Expr.Add(new Expr.Num(1), new Expr.Num(2)));

        foreach (int[] a in new[] { Array.Empty<int>(), [5], [1, 5, 9], [2, 3, 4, 5], [1, 2] })
            Console.WriteLine(Shape(a));

        var stats = Stats(4, 8, 15, 16);
        Console.WriteLine(stats);
        Console.WriteLine(stats.Min + stats.Max + " " + stats.Mean);
        Console.WriteLine(stats == (4, 16, 10.75));
        (int, (string, char)) nested = (1, ("s", 'c'));
        (int one, (string s, char c)) = nested;
        Console.WriteLine(one + s + c);
        Console.WriteLine((1, 2, 3, 4, 5, 6, 7, 8, 9));
        Console.WriteLine((1, "a").CompareTo((1, "b")));
        Console.WriteLine((1, "a").Equals((1, "a")));

        Console.WriteLine(new Service("host").Url + new Service("other", 8080).Url);
        var anonymous = new { Id = 5, Name = "anon", Inner = new { X = 1.5 } };
        Console.WriteLine(anonymous);
        Console.WriteLine(anonymous.Equals(new { Id = 5, Name = "anon", Inner = new { X = 1.5 } }));
        object o = 17;
        Console.WriteLine(o is int and (> 10 and < 20) ? "teens" : "not");
        Console.WriteLine(o is not string);
        if (ann is { Email.Length: > 5 and var length, Name: ['A', ..] })
            Console.WriteLine("email of " + length);
    }
}
