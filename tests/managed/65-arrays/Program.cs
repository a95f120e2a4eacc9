// Arrays of every rank: bounds that do not start at zero, jagged, covariant, of structs, references, enums and pointers;
// what Array can do with them.
#nullable disable
using System.Collections;
using System.Runtime.CompilerServices;

static unsafe class P {
    static void Main() {
        Ranks();
        Bounds();
        Covariance();
        Structs();
        Copies();
        Interfaces();
        Searching();
        Odd();
        Errors();
    }

    static string Show(IEnumerable items) => "[" + string.Join(",", items.Cast<object>().Select(i => i is Array a ? Show(a) : i ?? "null")) + "]";

    static void Ranks() {
        int[,] grid = { { 1, 2, 3 }, { 4, 5, 6 } };
        grid[1, 2] += 10; grid[0, 0]++;
        ref int cell = ref grid[0, 1];
        cell = 77;
        string[,,] cube = new string[2, 2, 2];
        cube[1, 0, 1] = "x";
        double[,,,] four = new double[2, 1, 2, 3];
        four[1, 0, 1, 2] = 2.5;
        byte[][,] jagged = [new byte[1, 2], null];
        jagged[0][0, 1] = 9;
        int[][][] deep = [[[1], [2, 3]], []];
        Console.WriteLine(Show(grid) + Show(cube) + four[1, 0, 1, 2] + jagged[0][0, 1] + Show(deep));
        Console.WriteLine(grid.GetType() + " " + cube.GetType() + " " + jagged.GetType() + " " + deep.GetType() + " " + four.Rank + four.Length + four.GetLength(3));
        int sum = 0;
        for (int i = 0; i < grid.GetLength(0); i++) for (int j = 0; j < grid.GetLength(1); j++) sum += grid[i, j] * (i + 1);
        Console.WriteLine(sum);
        fixed (int* p = grid) Console.WriteLine(p[5] + p[1]);
        Big[,] bigs = new Big[2, 2];
        bigs[1, 1].C = 4; bigs[0, 1] = new Big { A = 1, C = 3 };
        Console.WriteLine(bigs[1, 1].C + bigs[0, 1].A + bigs[0, 1].C + bigs.Cast<Big>().Sum(b => b.C));
        (string, int)[,] pairs = new (string, int)[1, 2]; pairs[0, 1] = ("p", 5); pairs[0, 1].Item2++;
        GC.Collect();
        Console.WriteLine(pairs[0, 1]);
        sbyte[,] small = { { -1, 2 } }; bool[,] flags = { { true, false } }; char[,] chars = { { 'a', 'z' } }; long[,] longs = { { long.MinValue } }; float[,] floats = { { 1.5f } };
        Console.WriteLine($"{small[0, 0]} {flags[0, 0]} {chars[0, 1]} {longs[0, 0]} {floats[0, 0]}");
    }

    static void Bounds() {
        Array two = Array.CreateInstance(typeof(string), [2, 3], [5, -1]);
        two.SetValue("a", 5, -1); two.SetValue("b", 6, 1);
        Console.WriteLine(two.GetType() + " " + Show(two) + two.GetLowerBound(0) + two.GetUpperBound(1) + two.GetValue(6, 1));
        string[,] typed = (string[,])two;
        typed[5, 0] = "c";
        Console.WriteLine(typed[5, 0] + typed[6, 1]);
        try { _ = typed[0, 0]; } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
        Array one = Array.CreateInstance(typeof(int), [3], [10]);
        one.SetValue(4, 11);
        Console.WriteLine(one.GetType() + " " + Show(one) + one.GetLowerBound(0) + Array.IndexOf(one, 4) + (one is int[]));
        Array zero = Array.CreateInstance(typeof(int), [3], [0]);
        Console.WriteLine(zero.GetType() + " " + (zero is int[]));
        int[,] copy = (int[,])((int[,])Array.CreateInstance(typeof(int), [2, 2], [1, 1])).Clone();
        copy[2, 2] = 3;
        Console.WriteLine(copy.GetLowerBound(1) + copy[2, 2]);
        foreach (string s in typed) Console.Write((s ?? "-") + " ");
        Console.WriteLine(Array.CreateInstance(typeof(int), 2, 3, 4).Length + " " + Array.CreateInstance(typeof(DayOfWeek), 2).GetValue(1));
    }

    static void Covariance() {
        object[] objects = new string[] { "a", "b" };
        try { objects[0] = 1; } catch (ArrayTypeMismatchException e) { Console.WriteLine(e.Message); }
        objects[1] = "c"; objects[0] = null;
        Console.WriteLine(Show(objects) + objects.GetType());
        Animal[] animals = new Cat[2];
        try { animals[0] = new Animal(); } catch (ArrayTypeMismatchException) { Console.WriteLine("no animal"); }
        animals[0] = new Cat();
        IEnumerable<object> covariant = animals; IList<Animal> list = animals;
        Console.WriteLine(covariant.First().GetType().Name + list.Count + list.IsReadOnly);
        object ints = new int[] { -1, 2 };
        Console.WriteLine((ints is uint[]) + " " + (ints is object[]) + " " + (ints is long[]) + " " + ((uint[])ints)[0] + " " + (ints is IList<uint>) + (ints is IEnumerable<int>));
        object days = new[] { DayOfWeek.Friday };
        Console.WriteLine(((int[])days)[0] + " " + (days is DayOfWeek[]) + ((object)new int[1] is DayOfWeek[]) + ((object)new sbyte[1] is bool[]));
        object jagged = new string[][] { ["x"] };
        Console.WriteLine((jagged is object[]) + " " + (jagged is object[][]) + " " + (jagged is IEnumerable<object>[]) + (jagged is IEnumerable<IEnumerable<object>>));
        object grid = new string[1, 1];
        Console.WriteLine((grid is object[,]) + " " + (grid is object[]) + (grid is Array) + (grid is IList));
        try { ((object[,])grid)[0, 0] = 3; } catch (ArrayTypeMismatchException) { Console.WriteLine("grid"); }
        int[][] nested = [[1]]; object[] asObjects = nested;
        try { asObjects[0] = new long[1]; } catch (ArrayTypeMismatchException) { Console.WriteLine("nested"); }
        asObjects[0] = new uint[] { 7 };
        Console.WriteLine(nested[0][0]);
    }

    static void Structs() {
        Big[] bigs = new Big[3];
        bigs[1].A = 5; bigs[2] = bigs[1]; bigs[1].A = 6;
        ref Big second = ref bigs[1];
        second.C = second.A * 2;
        Console.WriteLine(bigs[2].A + bigs[1].C + bigs[^2].A);
        Mixed[] mixed = [new() { Text = "t", Number = 1 }, default];
        mixed[1] = mixed[0]; mixed[1].Text += "!";
        GC.Collect();
        Console.WriteLine(mixed[0].Text + mixed[1].Text);
        int?[] nullables = [1, null, 3];
        Console.WriteLine(Show(nullables) + nullables.Sum() + (nullables.GetValue(1) == null));
        nullables.SetValue(8, 1); nullables.SetValue(null, 0);
        Console.WriteLine(Show(nullables));
        decimal[] decimals = [1.5m, 2.25m]; Guid[] guids = new Guid[1]; DateTime[] dates = [new(2020, 1, 2)];
        Console.WriteLine(decimals.Sum() + " " + guids[0] + " " + dates[0].Year);
        int*[] pointers = new int*[2]; int n = 5; pointers[1] = &n; *pointers[1] += 1;
        Console.WriteLine(n + " " + (pointers[0] == null));
        delegate*<int>[] functions = [&Five];
        Console.WriteLine(functions[0]());
    }

    static int Five() => 5;

    static void Copies() {
        int[] ints = [5, 3, 1]; object[] objects = new object[3]; long[] longs = new long[3]; double[] doubles = new double[3];
        Array.Copy(ints, objects, 3); Array.Copy(ints, longs, 3); Array.Copy(ints, doubles, 3);
        Console.WriteLine(Show(objects) + Show(longs) + Show(doubles));
        int[] back = new int[3]; Array.Copy(objects, back, 3);
        Console.WriteLine(Show(back));
        Array.Copy(ints, 0, ints, 1, 2);
        Console.WriteLine(Show(ints));
        string[] strings = ["a", null, "c"]; Array.Copy(strings, objects, 3); Array.Copy(objects, 1, strings, 0, 2);
        Console.WriteLine(Show(strings));
        try { Array.Copy(new object[] { "s" }, ints, 1); } catch (InvalidCastException) { Console.WriteLine("cast"); }
        try { Array.Copy(longs, ints, 1); } catch (ArrayTypeMismatchException) { Console.WriteLine("type"); }
        int[,] a = { { 1, 2 }, { 3, 4 } }, b = new int[2, 2];
        Array.Copy(a, 1, b, 0, 3);
        Console.WriteLine(Show(b) + Show((int[,])a.Clone()));
        DayOfWeek[] days = [DayOfWeek.Monday]; int[] numbers = new int[1]; Array.Copy(days, numbers, 1);
        Console.WriteLine(numbers[0]);
        Buffer.BlockCopy(new byte[] { 1, 0, 0, 0, 2, 0, 0, 0 }, 0, numbers = new int[2], 0, 8);
        Console.WriteLine(Show(numbers) + Buffer.ByteLength(a));
        Array.Clear(a, 1, 2); Array.Resize(ref strings, 5); Array.Reverse(numbers); Array.Fill(back, 9, 1, 2);
        Console.WriteLine(Show(a) + strings.Length + Show(numbers) + Show(back));
        new List<int> { 1, 2 }.CopyTo(back, 1); ((ICollection)new[] { 7 }).CopyTo(back, 0);
        Console.WriteLine(Show(back) + Show(back[1..]) + Show(back[..^1]));
    }

    static void Interfaces() {
        int[] ints = [3, 1, 2];
        IList<int> list = ints; IReadOnlyList<int> read = ints; ICollection<int> collection = ints; IList untyped = ints;
        Console.WriteLine(list[0] + read[1] + collection.Count + (int)untyped[2] + list.IndexOf(2) + (collection.Contains(9) ? 100 : 0));
        list[0] = 30; untyped[1] = 10;
        Console.WriteLine(Show(ints) + list.IsReadOnly + untyped.IsFixedSize);
        try { list.Add(1); } catch (NotSupportedException e) { Console.WriteLine(e.Message); }
        try { untyped[0] = "s"; } catch (InvalidCastException) { Console.WriteLine("untyped"); }
        using IEnumerator<int> each = ((IEnumerable<int>)ints).GetEnumerator();
        int total = 0; while (each.MoveNext()) total += each.Current;
        Console.WriteLine(total);
        Console.WriteLine(Show(typeof(string[]).GetInterfaces().Select(i => i.ToString()).Where(s => !s.Contains("Clone")).Order(StringComparer.Ordinal)));
        Console.WriteLine(typeof(int[]).BaseType + " " + typeof(int[,]).GetInterfaces().Length + typeof(int[]).GetElementType() + typeof(int[,]).GetArrayRank() + typeof(int[]).IsSZArray + typeof(int[,]).IsVariableBoundArray);
        Console.WriteLine(typeof(int).MakeArrayType() + " " + typeof(int).MakeArrayType(1) + " " + typeof(int).MakeArrayType(3) + " " + (typeof(int).MakeArrayType() == typeof(int[])) + (typeof(int).MakeArrayType(2) == typeof(int[,])));
        IStructuralEquatable structural = new[] { 1, 2 };
        Console.WriteLine(structural.Equals(new[] { 1, 2 }, EqualityComparer<int>.Default) + " " + ((IStructuralComparable)new[] { 1, 2 }).CompareTo(new[] { 1, 3 }, Comparer<int>.Default));
    }

    static void Searching() {
        string[] words = ["delta", "alpha", "charlie", "bravo"];
        Array.Sort(words, StringComparer.Ordinal);
        Console.WriteLine(Show(words) + Array.BinarySearch(words, "charlie", StringComparer.Ordinal) + Array.Find(words, w => w.Contains('v')) + Array.FindIndex(words, w => w.Length > 5) + Array.Exists(words, w => w == "x") + Array.TrueForAll(words, w => w.Length > 3));
        int[] keys = [3, 1, 2]; string[] items = ["c", "a", "b"];
        Array.Sort(keys, items);
        Console.WriteLine(Show(keys) + Show(items) + Array.LastIndexOf(keys, 3) + Show(Array.ConvertAll(keys, k => k * 1.5)));
        Array untyped = new[] { 2, 9, 4 }; Array.Sort(untyped); Array.Reverse(untyped);
        Console.WriteLine(Show(untyped) + Array.IndexOf(untyped, (object)4));
        Array.Sort(words, 1, 2, Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));
        Console.WriteLine(Show(words) + Show(Array.FindAll(words, w => w[0] > 'a')) + Show(Array.AsReadOnly(words)) + Array.Empty<int>().Length);
    }

    static void Odd() {
        Console.WriteLine(new int[0, 5].Length + new int[0].Length + new string[3][] { null, null, null }.Length);
        Array array = new int[,] { { 1 } };
        Console.WriteLine(array.GetValue(0, 0) + "" + array.SyncRoot.Equals(array) + array.IsSynchronized + array.LongLength);
        array.SetValue((byte)200, 0, 0); Console.WriteLine(array.GetValue([0, 0]));
        object o = Array.CreateInstanceFromArrayType(typeof(int[]), 4);
        Console.WriteLine(((int[])o).Length + " " + Activator.CreateInstance(typeof(int[]), 3).GetType());
        int[] huge = GC.AllocateUninitializedArray<int>(100000); huge[99999] = 1; Console.WriteLine(huge.Length + GC.AllocateArray<byte>(10, pinned: true).Length);
        Span<int> flat = Unsafe.As<int[]>(huge).AsSpan(99998); Console.WriteLine(flat[1]);
        Console.WriteLine(new int[2, 2].Cast<int>().Count() + string.Join("", "abc".ToCharArray().Reverse()));
        new int[] { 1, 2, 3 }.Initialize();
        (int, string)[] pairs = [(2, "b"), (1, "z"), (1, "a")]; Array.Sort(pairs); Console.WriteLine(Show(pairs.Select(p => p.ToString())));
    }

    static void Errors() {
        Action[] failing = [
            () => _ = new int[Negative()], () => _ = (new int[1])[2], () => _ = new int[2, Negative()], () => _ = ((int[,])null)[0, 0],
            () => Array.CreateInstance(typeof(void), 1), () => Array.CreateInstance(typeof(List<>), 1), () => Array.CreateInstance(typeof(int), [1], [1, 2]), () => new int[1].GetValue(3),
            () => new int[1, 1].GetValue(0), () => new int[1].SetValue("s", 0), () => new int[1].GetLength(1), () => Array.Copy(new int[1], new int[1], 2), () => _ = (string[])(object)new object[1],
            () => new int[1].CopyTo(new int[1, 1], 0), () => _ = Array.IndexOf(new int[1, 1], 0), () => Array.Sort(new object[] { 1, "a" }), () => new object[1].SetValue(3, 0),
        ];
        foreach (Action action in failing)
            try { action(); Console.WriteLine("fine"); } catch (Exception e) { Console.WriteLine(e.GetType().Name + ": " + e.Message.ReplaceLineEndings(" ")); }
    }

    static int Negative() => -1;
}

struct Big { public long A, B, C; }
struct Mixed { public string Text; public int Number; }
class Animal;
class Cat : Animal;
