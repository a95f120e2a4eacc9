// Inheritance, virtual dispatch, casts, properties, indexers, operators.
internal abstract class Shape
{
    private static int count;
    protected readonly string name;

    protected Shape(string name)
    {
        this.name = name;
        count++;
        Console.WriteLine("making " + Describe());
    }

    public static int Count => count;
    public abstract double Area { get; }
    public virtual string Describe() => name;
    public string Plain() => "shape " + name;
}

internal class Rectangle : Shape
{
    public Rectangle(double w, double h) : this("rectangle", w, h) { }
    protected Rectangle(string name, double w, double h) : base(name) { Width = w; Height = h; }
    public double Width { get; protected set; }
    public double Height { get; init; }
    public override double Area => Width * Height;
    public override string Describe() => base.Describe() + " " + Width + "x" + Height;
    public new string Plain() => "rectangle, hidden";
}

internal sealed class Square : Rectangle
{
    public Square(double side) : base("square", side, side) { }
    public override string Describe() => "[" + base.Describe() + "]";
    public override sealed string ToString() => "Square!";
}

internal sealed class Circle(double radius) : Shape("circle")
{
    public override double Area => 3 * radius * radius;
}

internal class A { public virtual string Who() => "A"; public string Call() => Who(); }
internal class B : A { public override string Who() => "B"; }
internal class C : B { public new virtual string Who() => "C"; }
internal class D : C { public override string Who() => "D"; }

internal sealed class Table
{
    private readonly Dictionary<string, int> cells = [];
    public int this[string key] { get => cells.TryGetValue(key, out int n) ? n : -1; set => cells[key] = value; }
    public int this[int row, int column] => row * 100 + column;
}

internal sealed class Vector(int x, int y)
{
    public int X { get; } = x;
    public int Y { get; } = y;
    public static Vector operator -(Vector v) => new(-v.X, -v.Y);
    public static Vector operator *(Vector v, int k) => new(v.X * k, v.Y * k);
    public static bool operator true(Vector v) => v.X != 0 || v.Y != 0;
    public static bool operator false(Vector v) => v.X == 0 && v.Y == 0;
    public static explicit operator int(Vector v) => v.X + v.Y;
    public void Deconstruct(out int x, out int y) => (x, y) = (X, Y);
}

internal class Node
{
    public Node? Next;
    public int Value;
    public int Depth => 1 + (Next?.Depth ?? 0);
}

internal static class Extensions
{
    public static string Shout(this string s) => s.ToUpperInvariant() + "!";
    public static int Twice(this Node node) => node.Value * 2;
}

internal static class Program
{
    private static void Main()
    {
        Shapes();
        Slots();
        Casts();
        Members();
        Console.WriteLine(new object().ToString());
        Console.WriteLine(new Node().ToString());
        Console.WriteLine(new Node().Equals(new Node()));
        object o = new Node();
        Console.WriteLine(o.Equals(o));
        Console.WriteLine(o.GetHashCode() == o.GetHashCode());
        Console.WriteLine("quiet".Shout());
        Console.WriteLine(new Node { Value = 21 }.Twice());
        Optional();
    }

    private static void Shapes()
    {
        Shape[] shapes = { new Rectangle(2, 3), new Square(4), new Circle(1) };
        foreach (Shape shape in shapes)
        {
            Console.WriteLine(shape.Describe());
            Console.WriteLine(shape.Area);
            Console.WriteLine(shape.Plain());
        }
        Console.WriteLine(((Rectangle)shapes[1]).Plain());
        Console.WriteLine(shapes[1]);
        Console.WriteLine(Shape.Count);
        Console.WriteLine(new Rectangle(1, 1) { Height = 9 }.Area);
    }

    private static void Slots()
    {
        A a = new D();
        Console.WriteLine(a.Who());
        Console.WriteLine(((B)a).Who());
        Console.WriteLine(((C)a).Who());
        Console.WriteLine(((D)a).Who());
        Console.WriteLine(a.Call());
        Console.WriteLine(new A().Call());
    }

    private static void Casts()
    {
        object o = new Square(1);
        Console.WriteLine(o is Shape);
        Console.WriteLine(o is Circle);
        Console.WriteLine(o as Circle == null);
        Console.WriteLine((o as Rectangle)!.Width);
        Console.WriteLine(o.GetType() == typeof(Square));
        Console.WriteLine(o.GetType().Name);
        try { _ = (Circle)o; } catch (InvalidCastException e) { Console.WriteLine(e.Message); }
        object? nothing = null;
        Console.WriteLine((Circle?)nothing == null);
        Console.WriteLine(nothing is Circle);
        if (o is Rectangle { Width: 1 } r)
            Console.WriteLine("one wide " + r.Height);
    }

    private static void Members()
    {
        Table table = new();
        table["x"] = 5;
        table["x"] += 10;
        Console.WriteLine(table["x"] + " " + table["y"] + " " + table[3, 4]);
        Vector v = new(2, 3);
        Console.WriteLine((int)(-v * 2));
        if (v)
            Console.WriteLine("true");
        (int x, int y) = v;
        Console.WriteLine(x * y);
        Node list = new() { Value = 1, Next = new() { Value = 2, Next = new() { Value = 3 } } };
        Console.WriteLine(list.Depth);
        Console.WriteLine(list.Next?.Next?.Next?.Value.ToString() ?? "end");
        int sum = 0;
        for (Node? n = list; n != null; n = n.Next)
            sum += n.Value;
        Console.WriteLine(sum);
    }

    private static void Optional()
    {
        Console.WriteLine(Named(b: 2, a: 1));
        Console.WriteLine(Named(5));
        Console.WriteLine(Sum());
        Console.WriteLine(Sum(1, 2, 3));
        int counter = 0;
        Increment(ref counter);
        Increment(ref counter);
        Console.WriteLine(counter);
        Console.WriteLine(int.TryParse("123", out int parsed) ? parsed : -1);
    }

    private static string Named(int a, int b = 10, string c = "c") => a + " " + b + " " + c;

    private static int Sum(params int[] values)
    {
        int sum = 0;
        foreach (int n in values)
            sum += n;
        return sum;
    }

    private static void Increment(ref int n) => n++;
}
