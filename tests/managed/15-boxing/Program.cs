// Boxing, unboxing, nullable value types, calls on boxed and constrained values.
internal interface ICount { int Next(); }
internal struct Counter : ICount { private int n; public int Next() => ++n; public override string ToString() => "counter " + n; }
internal struct Silent { public int N; }
internal enum Level : byte { Low = 1, High = 200 }

internal static class Program
{
    private static void Main()
    {
        Primitives();
        Structs();
        Nullables();
        Lifted();
        Faults();
        Objects();
        Constrained();
    }

    private static void Primitives()
    {
        object[] boxes = { (sbyte)-1, (byte)2, (short)-3, (ushort)4, 5, 6u, -7L, 8ul, 1.5f, 2.5, 'c', true, Level.High, 3.5m, (nint)9 };
        foreach (object box in boxes)
            Console.WriteLine(box.GetType().Name + " " + box);
        Console.WriteLine((int)boxes[4] + (long)boxes[6] + (byte)boxes[1]);
        Console.WriteLine((Level)boxes[12]);
        Console.WriteLine((byte)(Level)boxes[12]);
        Console.WriteLine((double)boxes[9] + (float)boxes[8]);
        Console.WriteLine((char)boxes[10]);
        Console.WriteLine(boxes[4] is int n ? n + 1 : 0);
        Console.WriteLine(boxes[4] is long);
        Console.WriteLine(boxes[4].Equals(5));
        Console.WriteLine(boxes[4].Equals(5L));
        Console.WriteLine(boxes[4] == (object)5);
        Console.WriteLine(Equals(boxes[6], -7L));
        Console.WriteLine(5.GetHashCode() + " " + true.GetHashCode() + " " + 'a'.GetHashCode() + " " + (-7L).GetHashCode());
    }

    private static void Structs()
    {
        Counter c = default;
        c.Next();
        ICount boxed = c;
        boxed.Next();
        boxed.Next();
        Console.WriteLine(c + ", " + boxed);
        Counter copy = (Counter)boxed;
        copy.Next();
        Console.WriteLine(copy + ", " + boxed);
        object o = boxed;
        ((ICount)o).Next();
        Console.WriteLine(boxed);
        Console.WriteLine(new Silent { N = 3 }.Equals(new Silent { N = 3 }));
        object a = new Silent { N = 3 }, b = new Silent { N = 4 };
        Console.WriteLine(a.Equals(b));
        Console.WriteLine(a.GetType().Name);
        Console.WriteLine(((Silent)b).N);
    }

    private static void Nullables()
    {
        int? some = 5, none = null;
        Console.WriteLine(some.HasValue + " " + none.HasValue);
        Console.WriteLine(some.Value + some.GetValueOrDefault() + none.GetValueOrDefault() + none.GetValueOrDefault(9));
        object? boxedSome = some, boxedNone = none;
        Console.WriteLine(boxedSome!.GetType().Name);
        Console.WriteLine(boxedNone == null);
        Console.WriteLine((int)boxedSome);
        Console.WriteLine((int?)boxedSome);
        Console.WriteLine(((int?)boxedNone).HasValue);
        Console.WriteLine(boxedSome is int?);
        Console.WriteLine(boxedNone is int?);
        Console.WriteLine(some ?? -1);
        Console.WriteLine(none ?? -1);
        Console.WriteLine(some.ToString() + none + "|");
        Console.WriteLine(some.Equals(5));
        Console.WriteLine(none.Equals(null));
        Console.WriteLine(some.GetHashCode() + none.GetHashCode());
        DateTimeKind? kind = DateTimeKind.Local;
        Console.WriteLine(kind + " " + (kind == DateTimeKind.Local));
        Silent? silent = new Silent { N = 6 };
        Console.WriteLine(silent?.N);
        (int, string)? tuple = (1, "x");
        Console.WriteLine(tuple!.Value.Item2);
        int?[] array = { 1, null, 3 };
        int sum = 0;
        foreach (int? n in array)
            sum += n ?? 100;
        Console.WriteLine(sum);
        Console.WriteLine(Nullable.Compare(some, none));
    }

    private static void Lifted()
    {
        int? a = 6, b = 7, none = null;
        Console.WriteLine(a * b);
        Console.WriteLine((a + none).HasValue);
        Console.WriteLine(a < b);
        Console.WriteLine(a < none);
        Console.WriteLine(none == null);
        Console.WriteLine(none >= none);
        Console.WriteLine(-a);
        bool? yes = true, unknown = null;
        Console.WriteLine((yes | unknown).ToString());
        Console.WriteLine((yes & unknown).HasValue);
        long? wide = a;
        Console.WriteLine(wide);
        double? d = (double?)b / 2;
        Console.WriteLine(d);
        a++;
        Console.WriteLine(a);
        a ??= 100;
        none ??= 100;
        Console.WriteLine(a + none);
    }

    private static void Faults()
    {
        object five = 5;
        object? nothing = null;
        try { _ = (long)five; } catch (InvalidCastException) { Console.WriteLine("int is no long"); }
        try { _ = (int)nothing!; } catch (NullReferenceException) { Console.WriteLine("null is no int"); }
        try { _ = (string)five; } catch (InvalidCastException) { Console.WriteLine("int is no string"); }
        try { int? none = null; _ = (int)none!; } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        Console.WriteLine((uint)(int)five);
        Console.WriteLine((DayOfWeek)five);
    }

    private static void Objects()
    {
        List<object?> mixed = [1, "two", 3.0, null, 'x', new[] { 1 }, (1, 2), Level.Low];
        foreach (object? o in mixed)
            Console.WriteLine(o switch { int i => "int " + i, string s => "string " + s, null => "null", Level l => "level " + l, ValueType v => "value " + v, _ => o.GetType().Name });
        object x = 1, y = 1;
        Console.WriteLine(x == y);
        Console.WriteLine(x.Equals(y));
        Console.WriteLine(ReferenceEquals(x, x));
    }

    private static string Show<T>(T value) => value!.ToString() + value.GetHashCode().Equals(value.GetHashCode());
    private static int Three<T>(ref T counter) where T : ICount { counter.Next(); counter.Next(); return counter.Next(); }

    private static void Constrained()
    {
        Console.WriteLine(Show(5) + Show("s") + Show(Level.Low) + Show(new Counter()));
        Counter c = default;
        Console.WriteLine(Three(ref c) + " " + c);
        ICount boxed = c;
        Console.WriteLine(Three(ref boxed) + " " + boxed + " " + c);
    }
}
