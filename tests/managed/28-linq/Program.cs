// LINQ over objects.
internal sealed record Order(int Id, string Customer, double Total, string[] Items);

internal static class Program
{
    private static readonly Order[] orders =
    {
        new(1, "ann", 10.5, ["pen", "ink"]),
        new(2, "bob", 99, ["desk"]),
        new(3, "ann", 5.25, []),
        new(4, "cy", 42, ["lamp", "pen", "cup"]),
    };

    private static string Show<T>(IEnumerable<T> items) => "[" + string.Join(' ', items) + "]";

    private static void Main()
    {
        int[] n = { 5, 3, 8, 1, 9, 2 };
        Console.WriteLine(Show(n.Where(x => x > 2).Select(x => x * x)));
        Console.WriteLine(Show(n.OrderBy(x => x)) + Show(n.OrderByDescending(x => x % 3).ThenBy(x => x)));
        Console.WriteLine(n.Sum() + " " + n.Min() + " " + n.Max() + " " + n.Average() + " " + n.Count(x => x % 2 == 1));
        Console.WriteLine(n.First() + n.Last(x => x < 5) + n.FirstOrDefault(x => x > 100) + n.Single(x => x == 9));
        Console.WriteLine(n.Any(x => x > 8) + " " + n.All(x => x > 0) + " " + n.Contains(8));
        Console.WriteLine(Show(n.Skip(1).Take(3)) + Show(n.SkipWhile(x => x != 8)) + Show(n.TakeLast(2)));
        Console.WriteLine(n.Aggregate(1, (a, b) => a * b % 1000) + " " + n.Aggregate((a, b) => a - b));
        Console.WriteLine(Show(Enumerable.Range(1, 5).Reverse()) + Show(Enumerable.Repeat("x", 3)));
        Console.WriteLine(Show(n.Zip("abc", (x, c) => c + "" + x)) + Show(n.Select((x, i) => x * i)));
        Console.WriteLine(Show(n.Concat([7, 7]).Distinct()) + Show(n.Union([100])) + Show(n.Intersect([1, 2, 77])) + Show(n.Except([5, 3])));
        Console.WriteLine(Show(orders.SelectMany(o => o.Items).Distinct().OrderBy(s => s, StringComparer.Ordinal)));
        foreach (var group in orders.GroupBy(o => o.Customer))
            Console.WriteLine(group.Key + " " + group.Sum(o => o.Total) + " " + group.Count());
        var query = from o in orders
                    from item in o.Items
                    where o.Total > 6
                    orderby item, o.Id descending
                    select item + o.Id;
        Console.WriteLine(Show(query));
        var joined = orders.Join(new[] { ("ann", "A"), ("cy", "C") }, o => o.Customer, p => p.Item1, (o, p) => p.Item2 + o.Id);
        Console.WriteLine(Show(joined));
        Console.WriteLine(Show(orders.ToDictionary(o => o.Id, o => o.Customer)));
        ILookup<bool, int> lookup = orders.ToLookup(o => o.Total > 20, o => o.Id);
        Console.WriteLine(Show(lookup[true]) + Show(lookup[false]));
        Console.WriteLine(orders.MaxBy(o => o.Total)!.Customer + orders.MinBy(o => o.Items.Length)!.Id);
        foreach (int[] chunk in n.Chunk(4))
            Console.WriteLine(Show(chunk));
        Console.WriteLine(Show(new object[] { 1, "a", 2, "b" }.OfType<string>()) + Show(new object[] { 1, 2 }.Cast<int>()));
        Console.WriteLine(n.ToList().Count + n.ToArray().Length + n.ToHashSet().Count);
        Console.WriteLine(n.SequenceEqual([5, 3, 8, 1, 9, 2]));
        Console.WriteLine(Show(n.Append(0).Prepend(-1)) + Show(Array.Empty<int>().DefaultIfEmpty(4)));
        Console.WriteLine(orders.Select(o => o.Total).Where(t => t < 50).Sum() + " " + orders.Average(o => o.Id));
        Console.WriteLine(Show(n.Order().Index().Select(p => p.Index + ":" + p.Item)));
        int calls = 0;
        IEnumerable<int> lazy = n.Where(x => { calls++; return x > 4; });
        Console.WriteLine(calls + " " + lazy.First() + " " + calls + " " + lazy.Count() + " " + calls);
        try { n.Single(x => x > 100); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        try { Array.Empty<int>().Max(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
    }
}
