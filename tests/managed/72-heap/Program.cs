// The heap as managed code sees it: what GC answers, pools, large objects, growth and what is given back, fragmentation,
// regions without collection, notifications.
#nullable disable
using System.Buffers;
using System.Runtime;
using System.Runtime.CompilerServices;

static class P {
    [MethodImpl(MethodImplOptions.NoInlining)] static void Deeper(Action action, int n = 20) { if (n == 0) action(); else Deeper(action, n - 1); }
    [MethodImpl(MethodImplOptions.NoInlining)] static int Clear(int n) { Span<long> waste = stackalloc long[16]; waste.Fill(n); return n == 0 ? 0 : Clear(n - 1) + (int)waste[3]; }
    static long Live() { Clear(40); return GC.GetTotalMemory(true); }
    class Node { public Node Left, Right; public int Value; }

    // The argument divides the amounts of work.
    static int scale = 1;
    static void Main(string[] args) { if (args.Length > 0) scale = int.Parse(args[0]); Answers(); Large(); Fragmented(); Pools(); Regions(); Growth(); Graphs(); Big(); }

    static void Answers() {
        long before = GC.GetAllocatedBytesForCurrentThread(), total = GC.GetTotalAllocatedBytes(true); int count = GC.CollectionCount(0);
        byte[] data = new byte[100_000]; Console.WriteLine((GC.GetAllocatedBytesForCurrentThread() - before >= 100_000) + " " + (GC.GetTotalAllocatedBytes() > total) + " " + data.Length);
        GC.Collect(); GC.Collect(0); GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, true, true); Console.WriteLine(GC.CollectionCount(0) >= count + 3);
        Console.WriteLine((GC.GetTotalMemory(false) > 0) + " " + (GC.GetGeneration(data) <= GC.MaxGeneration) + " " + (GC.MaxGeneration >= 0) + " " + (GC.GetGeneration(new WeakReference(data)) >= 0));
        GCMemoryInfo info = GC.GetGCMemoryInfo(); Console.WriteLine((info.HeapSizeBytes > 0) + " " + (info.TotalAvailableMemoryBytes > 0) + " " + (info.TotalCommittedBytes > 0) + (info.MemoryLoadBytes >= 0));
        GC.AddMemoryPressure(1 << 20); GC.RemoveMemoryPressure(1 << 20); Console.WriteLine(GCSettings.IsServerGC + " " + (GCSettings.LatencyMode >= 0) + (GC.GetTotalPauseDuration() >= TimeSpan.Zero));
        try { GC.AddMemoryPressure(-1); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }
        try { GC.Collect(-1); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }
        GC.KeepAlive(data);
        Console.WriteLine(GC.GetConfigurationVariables() != null);
    }

    static void Large() {
        long start = Live();
        byte[] kept = null;
        Deeper(() => { byte[][] blocks = new byte[16][]; for (int i = 0; i < 16; i++) blocks[i] = new byte[1 << 20]; kept = blocks[7]; kept[5] = 5; });
        long after = Live();
        Console.WriteLine((after - start < 3 << 20) + " " + kept[5]);
        string text = new('t', 3_000_000); Console.WriteLine(text.Length + text[^1]); int[] sized = GC.AllocateUninitializedArray<int>(500_000); sized[499_999] = 3; Console.WriteLine(sized.Length);
        for (int i = 0; i < 200 / scale; i++) { byte[] large = new byte[5_000_000]; large[i] = 1; if (large[4_999_999] != 0) Console.WriteLine("dirty"); }
        Console.WriteLine((Live() - start < 20 << 20) + " " + kept[5]); GC.KeepAlive(text);
    }

    static void Fragmented() {
        List<object> kept = []; Random random = new(7);
        for (int round = 0; round < 4; round++) { for (int i = 0; i < 20000 / scale; i++) { object o = random.Next(4) switch { 0 => new byte[random.Next(200)], 1 => new string('f', random.Next(30)), 2 => new Node(), _ => (object)random.Next() }; if (i % 10 == 0) kept.Add(o); } if (round % 2 == 1) kept.RemoveRange(0, kept.Count / 2); GC.Collect(); }
        int sum = 0; foreach (object o in kept) sum += o switch { byte[] b => b.Length, string s => s.Length, Node n => n.Value, int n => n % 3, _ => 0 }; Console.WriteLine(kept.Count + " " + sum);
        bool clean = true; for (int i = 0; i < 5000 / scale; i++) { byte[] fresh = new byte[i % 300]; clean &= fresh.AsSpan().IndexOfAnyExcept((byte)0) < 0; Node node = new(); clean &= node.Left == null && node.Value == 0; } Console.WriteLine(clean);
    }

    static void Pools() {
        byte[] a = ArrayPool<byte>.Shared.Rent(1000); Console.WriteLine(a.Length >= 1000); a[0] = 9; ArrayPool<byte>.Shared.Return(a, true); byte[] b = ArrayPool<byte>.Shared.Rent(1000); Console.WriteLine(b[0] + " " + ReferenceEquals(a, b)); ArrayPool<byte>.Shared.Return(b);
        ArrayPool<string> own = ArrayPool<string>.Create(100, 2); string[] s = own.Rent(10); s[0] = "x"; own.Return(s); GC.Collect(); Console.WriteLine(own.Rent(10)[0] + (own.Rent(200).Length >= 200)); using IMemoryOwner<int> memory = MemoryPool<int>.Shared.Rent(50); memory.Memory.Span[3] = 4; GC.Collect(); Console.WriteLine(memory.Memory.Span[3]);
        try { ArrayPool<byte>.Shared.Rent(-1); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }
    }

    static void Regions() {
        bool started = GC.TryStartNoGCRegion(100_000);
        if (started) { int count = GC.CollectionCount(0); byte[] data = new byte[1000]; Console.WriteLine(GC.CollectionCount(0) == count); GC.EndNoGCRegion(); GC.KeepAlive(data); } else Console.WriteLine(true);
        try { GC.EndNoGCRegion(); Console.WriteLine("ended"); } catch (InvalidOperationException) { Console.WriteLine("not started"); }
    }

    static void Growth() {
        long total = 0; for (int i = 0; i < 400_000 / scale; i++) { var node = new Node { Value = i, Left = new Node() }; total += node.Value & 1; } Console.WriteLine(total);
        long live = Live(); Console.WriteLine(live < 60 << 20);
        string text = ""; for (int i = 0; i < 3000 / scale; i++) text += (char)('a' + i % 26); Console.WriteLine(text.Length + " " + text[^1]);
    }

    static void Graphs() {
        static Node Tree(int depth) => depth == 0 ? null : new Node { Left = Tree(depth - 1), Right = Tree(depth - 1), Value = depth };
        static int Count(Node n) => n == null ? 0 : n.Value + Count(n.Left) + Count(n.Right);
        Node tree = Tree(scale > 1 ? 7 : 14); GC.Collect(); Console.WriteLine(Count(tree)); Node list = null; for (int i = 0; i < 200_000 / scale; i++) list = new Node { Left = list, Value = 1 }; GC.Collect(); int length = 0; for (Node n = list; n != null; n = n.Left) length++; Console.WriteLine(length);
        object[] nested = null; for (int i = 0; i < 50_000 / scale; i++) nested = [nested, i]; GC.Collect(); int depth = 0; for (object[] n = nested; n != null; n = (object[])n[0]) depth++; Console.WriteLine(depth);
        Node self = new(); self.Left = self; self.Right = new Node { Left = self }; GC.Collect(); Console.WriteLine(ReferenceEquals(self.Right.Left, self)); Dictionary<string, List<object>> map = []; for (int i = 0; i < 2000 / scale; i++) map["k" + i] = [i, new int[i % 7], "v" + i]; GC.Collect(); Console.WriteLine(map.Sum(p => p.Value.Count + ((int[])p.Value[1]).Length));
    }

    static void Big() {
        try { byte[] b = new byte[int.MaxValue]; Console.WriteLine(b.Length > 0 ? "memory" : ""); } catch (OutOfMemoryException) { Console.WriteLine("memory"); }
        try { long[] b = new long[int.MaxValue]; Console.WriteLine("huge"); } catch (OutOfMemoryException e) { Console.WriteLine("huge"); GC.KeepAlive(e); }
        try { _ = new string('x', int.MaxValue); Console.WriteLine("long"); } catch (OutOfMemoryException) { Console.WriteLine("long"); }
        Console.WriteLine(new byte[10].Length);
    }
}
