// The collector: `Kernels.dll heap` prints "what,milliseconds,bytes held" for each of these.
using System.Diagnostics;

namespace Kernels;

internal static class Heap
{
    private const int Objects = 1_000_000;
    private const int Collections = 5;

    private sealed class Node
    {
        public Node? Next;
        public Node? Other;
        public int Value;
    }

    public static void Run()
    {
        Report("start", 0);
        Report("2 GB of short-lived objects", ShortLived());
        Report("a million objects in a tree", Live(Tree(20)));
        Report("a list in order", Live(List(shuffled: false)));
        Report("a list in shuffled order", Live(List(shuffled: true)));
        Report("an array in order", Live(Nodes(shuffled: false)));
        Report("an array in shuffled order", Live(Nodes(shuffled: true)));
        Report("an array of arrays and strings", Live(Mixed()));
        GC.Collect();
        Report("all let go", 0);
        Report("2 GB of short-lived objects again", ShortLived());
    }

    private static long Held() => GC.GetGCMemoryInfo().TotalCommittedBytes;

    private static void Report(string what, double milliseconds) =>
        Console.WriteLine($"{what},{(long)(milliseconds * 1000)},{Held()}");

    /// Objects of 24 to 104 bytes, each forgotten at once.
    private static double ShortLived()
    {
        const long Bytes = 2L << 30;
        Stopwatch watch = Stopwatch.StartNew();
        object? last = null;
        long allocated = 0;
        while (allocated < Bytes)
        {
            for (int i = 0; i < 16; i++)
                last = new byte[8 + i * 5];
            allocated += 16 * 62;
            last = new Node { Value = 1 };
            allocated += 24;
        }
        GC.KeepAlive(last);
        return watch.Elapsed.TotalMilliseconds;
    }

    /// The shortest of a few collections while `root` is alive.
    private static double Live(object root)
    {
        double least = double.MaxValue;
        for (int i = 0; i < Collections; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            GC.Collect();
            least = Math.Min(least, watch.Elapsed.TotalMilliseconds);
        }
        GC.KeepAlive(root);
        return least;
    }

    private static Node Tree(int depth) => new() { Next = depth > 1 ? Tree(depth - 1) : null, Other = depth > 1 ? Tree(depth - 1) : null };

    private static Node[] Nodes(bool shuffled)
    {
        Node[] nodes = new Node[Objects];
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = new Node { Value = i };
        uint random = 12345;
        for (int i = nodes.Length - 1; shuffled && i > 0; i--)
        {
            random = random * 1664525 + 1013904223;
            int j = (int)(random % (uint)(i + 1));
            (nodes[i], nodes[j]) = (nodes[j], nodes[i]);
        }
        return nodes;
    }

    private static Node List(bool shuffled)
    {
        Node[] nodes = Nodes(shuffled);
        for (int i = 1; i < nodes.Length; i++)
            nodes[i - 1].Next = nodes[i];
        return nodes[0];
    }

    private static object[][] Mixed()
    {
        object[][] rows = new object[Objects / 10][];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = [new Node { Value = i }, i.ToString(), new int[4], new Node(), i, new string('x', i % 20 + 1), new object(), new Node(), 1L];
        return rows;
    }
}
