// Vectors, jagged and multi-dimensional arrays, covariance, and System.Array.
internal static class Program
{
    private struct Pair
    {
        public int A;
        public string B;
        public override readonly string ToString() => A + "/" + B;
    }

    private static void Main()
    {
        Primitives();
        Initialised();
        Structs();
        Jagged();
        MultiDimensional();
        Covariance();
        ArrayMethods();
        Faults();
    }

    private static void Primitives()
    {
        sbyte[] i1 = new sbyte[3];
        i1[1] = -7;
        byte[] u1 = new byte[3];
        u1[1] = 200;
        short[] i2 = { -300, 5 };
        ushort[] u2 = { 60000, 5 };
        int[] i4 = { 1 << 30, -1 };
        uint[] u4 = { uint.MaxValue, 0 };
        long[] i8 = { long.MinValue, 1 };
        ulong[] u8 = { ulong.MaxValue, 1 };
        float[] r4 = { 1.25f, -0.5f };
        double[] r8 = { 3.5, 1e10 };
        char[] ch = { 'x', 'y' };
        bool[] bo = { true, false };
        nint[] ni = { 5, -6 };
        string?[] st = { "s", null };
        Console.WriteLine($"{i1[1]} {u1[1]} {i2[0]} {u2[0]} {i4[0]} {u4[0]} {i8[0]} {u8[0]} {r4[0]} {r8[1]} {ch[1]} {bo[0]} {ni[1]} {st[0]} {st[1] == null}");
        i1[0]--;
        u1[0] -= 1;
        i2[0] *= 2;
        i4[1] += 10;
        i8[1] <<= 40;
        r8[0] /= 2;
        Console.WriteLine($"{i1[0]} {u1[0]} {i2[0]} {i4[1]} {i8[1]} {r8[0]}");
        Console.WriteLine(new int[0].Length);
        long index = 1;
        Console.WriteLine(i4[index]);
        Console.WriteLine(i4[^1]);
        Console.WriteLine(new[] { 1, 2, 3, 4 }[1..3].Length);
    }

    private static void Initialised()
    {
        int[] primes = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29 };
        int sum = 0;
        foreach (int p in primes)
            sum += p;
        Console.WriteLine(sum);
        double[] halves = { 0.5, 1.5, 2.5, 3.5 };
        Console.WriteLine(halves[0] + halves[3]);
        string[] words = ["alpha", "beta", "gamma"];
        Console.WriteLine(string.Join(' ', words));
        int[] spread = [0, .. primes[..3], 99];
        Console.WriteLine(string.Join(' ', spread));
    }

    private static void Structs()
    {
        Pair[] pairs = new Pair[3];
        pairs[0].A = 5;
        pairs[1] = new Pair { A = 6, B = "six" };
        ref Pair last = ref pairs[2];
        last.B = "last";
        Pair copy = pairs[1];
        copy.A = 100;
        foreach (Pair pair in pairs)
            Console.WriteLine(pair);
        Console.WriteLine(copy);
    }

    private static void Jagged()
    {
        int[][] triangle = new int[5][];
        for (int i = 0; i < triangle.Length; i++)
        {
            triangle[i] = new int[i + 1];
            triangle[i][0] = triangle[i][i] = 1;
            for (int j = 1; j < i; j++)
                triangle[i][j] = triangle[i - 1][j - 1] + triangle[i - 1][j];
        }
        foreach (int[] row in triangle)
            Console.WriteLine(string.Join(' ', row));
    }

    private static void MultiDimensional()
    {
        int[,] grid = new int[3, 4];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 4; j++)
                grid[i, j] = i * 10 + j;
        Console.WriteLine(grid[2, 3]);
        Console.WriteLine(grid.Length + " " + grid.Rank + " " + grid.GetLength(0) + " " + grid.GetLength(1));
        Console.WriteLine(grid.GetUpperBound(1));
        int sum = 0;
        foreach (int n in grid)
            sum += n;
        Console.WriteLine(sum);
        ref int cell = ref grid[1, 1];
        cell = 500;
        Console.WriteLine(grid[1, 1]);
        string[,] names = { { "a", "b" }, { "c", "d" } };
        names[0, 1] += "!";
        Console.WriteLine(names[0, 1] + names[1, 0]);
        double[,,] cube = new double[2, 2, 2];
        cube[1, 0, 1] = 2.5;
        Console.WriteLine(cube[1, 0, 1] + cube.Length);
        Pair[,] pairs = new Pair[2, 2];
        pairs[1, 1].A = 9;
        Console.WriteLine(pairs[1, 1].A);
        try { grid[3, 0] = 1; } catch (IndexOutOfRangeException) { Console.WriteLine("row"); }
        try { grid[0, -1] = 1; } catch (IndexOutOfRangeException) { Console.WriteLine("column"); }
    }

    private static void Covariance()
    {
        object[] objects = new string[] { "x", "y" };
        Console.WriteLine(objects[1]);
        try { objects[0] = 5; } catch (ArrayTypeMismatchException) { Console.WriteLine("mismatch"); }
        objects[0] = "z";
        Console.WriteLine(objects[0]);
        Console.WriteLine(objects is string[]);
        Console.WriteLine((object)objects is int[]);
        object ints = new int[] { 1, 2 };
        Console.WriteLine(ints is uint[]);
        Console.WriteLine(ints is IEnumerable<int>);
        Console.WriteLine(ints is IList<long>);
        IReadOnlyList<object> list = objects;
        Console.WriteLine(list.Count + " " + list[1]);
        ICollection<string> collection = (string[])objects;
        Console.WriteLine(collection.Contains("y"));
    }

    private static void ArrayMethods()
    {
        int[] a = { 5, 3, 9, 1, 7 };
        Array.Sort(a);
        Console.WriteLine(string.Join(' ', a));
        Array.Reverse(a);
        Console.WriteLine(string.Join(' ', a));
        Console.WriteLine(Array.IndexOf(a, 3));
        int[] b = new int[7];
        Array.Copy(a, 1, b, 2, 3);
        Console.WriteLine(string.Join(' ', b));
        Array.Copy(b, 2, b, 3, 3);
        Console.WriteLine(string.Join(' ', b));
        Array.Clear(b, 0, 4);
        Console.WriteLine(string.Join(' ', b));
        Array.Resize(ref a, 3);
        Console.WriteLine(a.Length);
        int[] clone = (int[])a.Clone();
        clone[0] = 0;
        Console.WriteLine(a[0]);
        Array.Fill(clone, 8);
        Console.WriteLine(string.Join(' ', clone));
        Console.WriteLine(Array.BinarySearch(new[] { 1, 3, 5, 7 }, 5));
        Console.WriteLine(Array.Exists(a, n => n > 8));
        Console.WriteLine(Array.Find(a, n => n < 8));
        Console.WriteLine(string.Join(' ', Array.ConvertAll(a, n => n * 2)));
        string[] names = { "c", "a", "b" };
        Array.Sort(names, string.CompareOrdinal);
        Console.WriteLine(string.Join(' ', names));
        object[] mixed = new object[3];
        Array.Copy(new[] { 1, 2, 3 }, mixed, 3);
        Console.WriteLine(mixed[2]);
    }

    private static void Faults()
    {
        int[] a = { 1, 2, 3 };
        int minus = a[0] - 2;
        try { a[3]++; } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
        try { a[minus] = 0; } catch (IndexOutOfRangeException) { Console.WriteLine("negative"); }
        try { _ = new int[minus]; } catch (OverflowException) { Console.WriteLine("size"); }
        int[]? none = null;
        try { _ = none![0]; } catch (NullReferenceException) { Console.WriteLine("null"); }
        try { Array.Copy(a, 0, a, 2, 3); } catch (ArgumentException) { Console.WriteLine("copy"); }
    }
}
