// Garbage: churn that must not exhaust memory, structures that must survive, handles, weak references, finalizers.
// The argument, if any, divides the amount of garbage: a collector that runs at every safepoint finds enough.
using System.Runtime.CompilerServices;
using System.Threading;

internal sealed class Node { public Node? Left, Right; public int Value; public byte[] Ballast = new byte[16]; }
internal struct Holder { public int N; public string Text; public object? Other; }
internal sealed class Finalized(int[] counter) { ~Finalized() => counter[0]++; }
internal sealed class Resurrect { public static Resurrect? Kept; public int Times; ~Resurrect() { Times++; Kept = this; } }

internal static class Program
{
    private static readonly List<object> roots = [];
    private static string text = "";

    private static int divisor = 1;

    private static void Main(string[] args)
    {
        if (args.Length > 0)
            divisor = int.Parse(args[0]);
        Churn();
        Trees();
        Lists();
        Arrays();
        Strings();
        Structs();
        Locals();
        Closures();
        Boxes();
        Weak();
        Finalizers();
        Conditional();
        Explicit();
    }

    private static void Churn()
    {
        long sum = 0;
        for (int i = 0; i < 20_000 / divisor; i++)
        {
            byte[] garbage = new byte[64 + i % 512];
            garbage[i % 64] = (byte)i;
            sum += garbage[i % 64];
        }
        Console.WriteLine(sum);
        for (int i = 0; i < 20; i++)
            _ = new int[200_000];
        Console.WriteLine("large ones gone");
    }

    private static Node Build(int depth, ref int next)
    {
        Node node = new() { Value = next++ };
        if (depth > 0)
        {
            node.Left = Build(depth - 1, ref next);
            node.Right = Build(depth - 1, ref next);
        }
        return node;
    }

    private static long Total(Node? node) => node == null ? 0 : node.Value + node.Ballast.Length + Total(node.Left) + Total(node.Right);

    private static void Trees()
    {
        int next = 0;
        Node keep = Build(divisor > 1 ? 4 : 9, ref next);
        for (int i = 0; i < 10; i++)
            Build(divisor > 1 ? 3 : 7, ref next);
        Console.WriteLine(Total(keep));
        keep.Left = null;
        Build(divisor > 1 ? 3 : 7, ref next);
        Console.WriteLine(Total(keep));
    }

    private static void Lists()
    {
        LinkedList<string> list = [];
        for (int i = 0; i < 2000 / divisor; i++)
        {
            list.AddLast("item" + i);
            if (list.Count > 50)
                list.RemoveFirst();
        }
        int sum = 0;
        foreach (string s in list)
            sum += s.Length;
        Console.WriteLine(sum + list.First!.Value);
        Dictionary<string, List<int>> map = [];
        for (int i = 0; i < 1500 / divisor + 40; i++)
        {
            string key = "k" + i % 37;
            if (!map.TryGetValue(key, out List<int>? values))
                map.Add(key, values = []);
            values.Add(i);
        }
        Console.WriteLine(map["k5"].Count + " " + map["k36"][^1]);
    }

    private static void Arrays()
    {
        object[][] table = new object[40][];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new object[30];
            for (int j = 0; j < 30; j++)
                table[i][j] = j % 2 == 0 ? i * j : "s" + (i + j);
        }
        string[,] grid = new string[10, 10];
        for (int i = 0; i < 100; i++)
            grid[i / 10, i % 10] = "g" + i;
        GC.Collect();
        Console.WriteLine(table[39][29] + " " + table[20][10] + " " + grid[9, 9]);
    }

    private static void Strings()
    {
        for (int i = 0; i < 500 / divisor; i++)
            text += (char)('a' + i % 26);
        Console.WriteLine(text.Length + text[^3..]);
        string joined = "";
        foreach (int n in new[] { 1, 2, 3 })
            joined = string.Concat(joined, n.ToString(), ",");
        Console.WriteLine(joined);
    }

    private static void Structs()
    {
        Holder[] holders = new Holder[100];
        for (int i = 0; i < holders.Length; i++)
            holders[i] = new Holder { N = i, Text = "h" + i, Other = new int[] { i } };
        GC.Collect();
        Holder copy = holders[77];
        holders = [];
        GC.Collect();
        Console.WriteLine(copy.N + copy.Text + ((int[])copy.Other!)[0]);
        List<(string, object)> tuples = [];
        for (int i = 0; i < 50; i++)
            tuples.Add(("t" + i, new string('x', i)));
        GC.Collect();
        Console.WriteLine(tuples[49].Item1 + ((string)tuples[49].Item2).Length);
    }

    private static string Allocate(string s)
    {
        for (int i = 0; i < 50 / divisor; i++)
            _ = new byte[100];
        return s + "!";
    }

    private static void Locals()
    {
        string a = new('a', 3), b = new('b', 3);
        ref string r = ref a;
        string[] array = { new('c', 3) };
        ref string inside = ref array[0];
        array = [];
        GC.Collect();
        Console.WriteLine(Allocate(a) + Allocate(b) + r + inside);
        Span<char> span = new char[] { 'x', 'y', 'z' }.AsSpan(1);
        Allocate("");
        GC.Collect();
        Console.WriteLine(span.ToString());
        Console.WriteLine(Allocate(Allocate(Allocate("nested"))) + new List<string> { Allocate("1"), Allocate("2") }.Count);
    }

    private static void Closures()
    {
        List<Func<string>> functions = [];
        for (int i = 0; i < 100; i++)
        {
            string captured = "c" + i;
            functions.Add(() => captured + functions.Count);
        }
        GC.Collect();
        Console.WriteLine(functions[99]() + functions[0]());
    }

    private static void Boxes()
    {
        object[] boxes = new object[500 / divisor];
        for (int i = 0; i < boxes.Length; i++)
            boxes[i] = i % 3 == 0 ? i : i % 3 == 1 ? (long)i : (object)(i / 2.0);
        GC.Collect();
        double sum = 0;
        foreach (object box in boxes)
            sum += box switch { int n => n, long l => l, double d => d, _ => throw new InvalidOperationException() };
        Console.WriteLine(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeWeak(bool keep)
    {
        object target = new int[10];
        if (keep)
            roots.Add(target);
        return new WeakReference(target);
    }

    private static void Weak()
    {
        WeakReference kept = MakeWeak(true), lost = MakeWeak(false);
        Clear();
        GC.Collect();
        Console.WriteLine(kept.IsAlive + " " + lost.IsAlive);
        ConditionalWeakTable<object, string> table = [];
        table.Add(roots[0], "attached");
        GC.Collect();
        Console.WriteLine(table.TryGetValue(roots[0], out string? value) + " " + value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeFinalized(int[] counter)
    {
        for (int i = 0; i < 10; i++)
            _ = new Finalized(counter);
        GC.SuppressFinalize(new Finalized(counter));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Clear() => Allocate("clear");

    private static void Finalizers()
    {
        int[] counter = new int[1];
        MakeFinalized(counter);
        Clear();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine(counter[0]);
        MakeResurrect();
        Clear();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine(Resurrect.Kept!.Times);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeResurrect() => _ = new Resurrect();

    private static void Conditional()
    {
        object gate = new();
        lock (gate)
        {
            GC.Collect();
            lock (gate)
                Console.WriteLine(Monitor.IsEntered(gate));
        }
        int hash = gate.GetHashCode();
        GC.Collect();
        Console.WriteLine(hash == gate.GetHashCode());
        Console.WriteLine(RuntimeHelpers.GetHashCode(gate) == hash);
    }

    private static void Explicit()
    {
        GC.Collect();
        GC.KeepAlive(roots);
        Console.WriteLine(GC.MaxGeneration >= 0);
        Console.WriteLine(GC.GetTotalMemory(false) > 0);
        Console.WriteLine(GC.CollectionCount(0) > 0);
        Console.WriteLine(roots.Count);
    }
}
