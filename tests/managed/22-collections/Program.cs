// The everyday collections.
internal sealed class Caseless : IEqualityComparer<string>
{
    public bool Equals(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    public int GetHashCode(string s) => s.ToUpperInvariant().Length;
}

internal readonly record struct Key(int A, string B);

internal static class Program
{
    private static void Main()
    {
        Lists();
        Dictionaries();
        Sets();
        QueuesAndStacks();
        Sorted();
        Linked();
        Sorting();
        Interfaces();
        Many();
    }

    private static string Show<T>(IEnumerable<T> items) => "[" + string.Join(' ', items) + "]";

    private static void Lists()
    {
        List<int> list = [5, 3, 8];
        list.Add(1);
        list.AddRange(new[] { 9, 9 });
        list.Insert(1, 100);
        Console.WriteLine(Show(list));
        Console.WriteLine(list.Remove(9));
        list.RemoveAt(0);
        Console.WriteLine(Show(list) + list.Count);
        Console.WriteLine(list.Contains(8) + " " + list.IndexOf(8) + " " + list.IndexOf(77));
        list.Sort();
        Console.WriteLine(Show(list));
        list.Reverse();
        Console.WriteLine(Show(list));
        Console.WriteLine(list.RemoveAll(n => n % 2 == 1));
        Console.WriteLine(Show(list) + list.Find(n => n > 50) + list.Exists(n => n > 500));
        list[0] = -1;
        Console.WriteLine(Show(list.GetRange(0, 2)) + Show(list.ConvertAll(n => "n" + n)));
        list.ForEach(n => Console.Write(n + ";"));
        Console.WriteLine();
        list.Clear();
        Console.WriteLine(list.Count);
        List<string?> strings = new(10) { "a", null };
        Console.WriteLine(strings.Capacity + " " + strings.IndexOf(null));
        Console.WriteLine(Show(new List<(int, char)> { (1, 'a'), (2, 'b') }));
        try { _ = list[0]; } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }
    }

    private static void Dictionaries()
    {
        Dictionary<string, int> map = new() { ["one"] = 1, ["two"] = 2 };
        map.Add("three", 3);
        map["two"] += 20;
        Console.WriteLine(Show(map));
        Console.WriteLine(map.TryGetValue("one", out int one) + " " + one);
        Console.WriteLine(map.ContainsKey("four") + " " + map.GetValueOrDefault("four", -4));
        Console.WriteLine(map.Remove("one") + " " + map.Remove("one"));
        Console.WriteLine(map.TryAdd("five", 5) + " " + map.TryAdd("five", 6));
        Console.WriteLine(Show(map.Keys) + Show(map.Values) + map.Count);
        try { map.Add("two", 0); } catch (ArgumentException) { Console.WriteLine("twice"); }
        try { _ = map["none"]; } catch (KeyNotFoundException e) { Console.WriteLine(e.Message); }
        Dictionary<int, List<string>> groups = [];
        foreach (string word in "to be or not to be that is".Split(' '))
        {
            if (!groups.TryGetValue(word.Length, out List<string>? group))
                groups[word.Length] = group = [];
            group.Add(word);
        }
        foreach ((int length, List<string> words) in groups)
            Console.WriteLine(length + Show(words));
        Dictionary<string, int> caseless = new(new Caseless()) { ["Key"] = 1 };
        Console.WriteLine(caseless["KEY"]);
        Dictionary<string, int> ignoring = new(StringComparer.OrdinalIgnoreCase) { ["Key"] = 2 };
        Console.WriteLine(ignoring["kEY"]);
        Dictionary<Key, double> byKey = new() { [new(1, "x")] = 0.5 };
        Console.WriteLine(byKey[new(1, "x")] + " " + byKey.ContainsKey(new(2, "x")));
        Dictionary<(int, int), string> byTuple = new() { [(1, 2)] = "pair" };
        Console.WriteLine(byTuple[(1, 2)]);
        Dictionary<long, char> byLong = new() { [1L << 40] = 'L' };
        Console.WriteLine(byLong[1L << 40]);
        Dictionary<object, string> byObject = new() { [1] = "int", ["1"] = "string", ['1'] = "char" };
        Console.WriteLine(byObject[1] + byObject["1"] + byObject['1']);
    }

    private static void Sets()
    {
        HashSet<int> a = [1, 2, 3, 4], b = [3, 4, 5];
        Console.WriteLine(a.Add(1) + " " + a.Add(9) + " " + a.Contains(2));
        HashSet<int> c = [.. a];
        c.IntersectWith(b);
        Console.WriteLine(Show(c));
        c.UnionWith(b);
        Console.WriteLine(Show(c));
        a.ExceptWith(b);
        Console.WriteLine(Show(a));
        Console.WriteLine(b.IsSubsetOf(c) + " " + b.Overlaps(a) + " " + b.SetEquals([5, 4, 3]));
        a.RemoveWhere(n => n < 3);
        Console.WriteLine(Show(a));
    }

    private static void QueuesAndStacks()
    {
        Queue<string> queue = new(["a", "b"]);
        queue.Enqueue("c");
        Console.WriteLine(queue.Dequeue() + queue.Peek() + queue.Count + Show(queue));
        for (int i = 0; i < 10; i++)
        {
            queue.Enqueue(i.ToString());
            if (i % 2 == 0)
                queue.Dequeue();
        }
        Console.WriteLine(Show(queue));
        Stack<int> stack = new([1, 2, 3]);
        stack.Push(4);
        Console.WriteLine(stack.Pop() + stack.Peek() + Show(stack));
        try { new Stack<int>().Pop(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        PriorityQueue<string, int> priority = new();
        priority.Enqueue("low", 9);
        priority.Enqueue("high", 1);
        priority.Enqueue("middle", 5);
        Console.WriteLine(priority.Dequeue() + priority.Dequeue() + priority.Count);
    }

    private static void Sorted()
    {
        SortedDictionary<int, string> dictionary = new() { [3] = "c", [1] = "a", [2] = "b" };
        Console.WriteLine(Show(dictionary));
        SortedList<int, char> list = new() { { 2, 'b' }, { 1, 'a' } };
        Console.WriteLine(Show(list.Values) + list.IndexOfKey(2));
        SortedSet<int> set = [7, 1, 5];
        Console.WriteLine(Show(set) + set.Min + set.Max);
        Console.WriteLine(Show(set.GetViewBetween(2, 7)));
    }

    private static void Linked()
    {
        LinkedList<int> list = new([1, 3]);
        list.AddAfter(list.First!, 2);
        list.AddFirst(0);
        list.AddLast(4);
        list.Remove(3);
        Console.WriteLine(Show(list) + list.Last!.Previous!.Value);
    }

    private static void Sorting()
    {
        List<string> words = ["pear", "Apple", "fig", "banana", "kiwi"];
        words.Sort(StringComparer.Ordinal);
        Console.WriteLine(Show(words));
        words.Sort((a, b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));
        Console.WriteLine(Show(words));
        Console.WriteLine(words.BinarySearch("x", Comparer<string>.Create((a, b) => a.Length - b.Length)));
        int[] numbers = new int[300];
        uint seed = 12345;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (int)((seed = seed * 1664525 + 1013904223) >> 16);
        Array.Sort(numbers);
        bool ordered = true;
        long sum = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            ordered &= i == 0 || numbers[i - 1] <= numbers[i];
            sum += (long)numbers[i] * i;
        }
        Console.WriteLine(ordered + " " + sum);
        int[] keys = { 3, 1, 2 };
        string[] values = { "c", "a", "b" };
        Array.Sort(keys, values);
        Console.WriteLine(Show(keys) + Show(values));
        double[] doubles = { 2.5, double.NaN, -1, 0 };
        Array.Sort(doubles);
        Console.WriteLine(Show(doubles));
    }

    private static void Interfaces()
    {
        IList<int> array = new[] { 1, 2, 3 };
        Console.WriteLine(array.IsReadOnly + " " + array.Contains(2) + array[1]);
        try { array.Add(4); } catch (NotSupportedException) { Console.WriteLine("fixed size"); }
        IReadOnlyDictionary<string, int> map = new Dictionary<string, int> { ["a"] = 1 };
        Console.WriteLine(map["a"]);
        System.Collections.IList plain = new List<int> { 1 };
        plain.Add(2);
        Console.WriteLine(plain[1] + "" + plain.Count);
        Console.WriteLine(new List<int> { 1, 2 }.AsReadOnly().Count);
        Console.WriteLine(KeyValuePair.Create("k", 1));
        System.Collections.BitArray bits = new(10);
        bits[3] = true;
        Console.WriteLine(bits[3] + " " + bits[4]);
    }

    private static void Many()
    {
        Dictionary<int, int> map = [];
        for (int i = 0; i < 3000; i++)
            map[i * 7919 % 4001] = i;
        long sum = 0;
        foreach ((int key, int value) in map)
            sum += (long)key * value;
        Console.WriteLine(map.Count + " " + sum);
        for (int i = 0; i < 4001; i += 2)
            map.Remove(i);
        Console.WriteLine(map.Count);
        HashSet<string> set = [];
        for (int i = 0; i < 1000; i++)
            set.Add("item" + i % 250);
        Console.WriteLine(set.Count);
    }
}
