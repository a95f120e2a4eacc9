// What importing small methods into their callers must not change: order of evaluation, copies, aliases, null checks,
// spans that are changed while they are read, and collections in the middle of it.
internal static class Program
{
    private sealed class Node(Node? next, int value)
    {
        public readonly Node? Next = next;
        public int Value = value;
        public int Twice => Value * 2;
        public int Touch() => 7;                  // reads nothing of this
        public Node Set(int value) { Value = value; return this; }
        public Node Prepend(int value) => new(this, value);
    }

    private struct Counter
    {
        private int count;
        public int Next() => ++count;
        public readonly int Count => count;
        public Counter(int start) => count = start;
    }

    private readonly ref struct Window
    {
        private readonly ReadOnlySpan<char> text;
        private readonly int from;
        public Window(ReadOnlySpan<char> text, int from) { this.text = text; this.from = from; }
        public char First => text[from];
        public int Left => text.Length - from;
        public Window Skip(int count) => new(text, from + count);
    }

    // A field that is cleared by its address, between others.
    private struct Cleared<T>
    {
        public object? Source;
        public T? Result;
        public short Token;
        public bool Flag;
        public Cleared(object source, short token) { Source = source; Token = token; Flag = true; Result = default; }
        public override readonly string ToString() => Source + " " + Token + " " + Flag + " " + Result;
    }

    // Its last two fields are written first.
    private readonly struct Mixed
    {
        private readonly int low, high;
        private readonly long rest;
        public Mixed(int low, int high, long rest) { this.rest = rest; this.low = low; this.high = high; }
        public long Sum => rest * 100 + low * 10 + high;
    }

    private static int Swap(int a, int b) => a = b - (b = a) + b;
    private static int Sum(Counter copy) { copy.Next(); return copy.Next() + copy.Count; }
    private static int Larger(int a, int b) => a > b ? a : b;
    private static string Pair(string a, string b) => a + b;
    private static string Garbage(string text) { for (int i = 0; i < 50; i++) text = new string(text.AsSpan()); return text; }
    private static void Shrink(ref Span<int> span) => span = span.Slice(1);
    private static int Cut(Span<int> span) { Shrink(ref span); return span.Length * 100 + span[0]; }
    private static int LengthAnd(int length, int rest) => length * 10 + rest;
    private static int ShrinkAndCount(ref Span<int> span) { span = span[1..]; return span.Length; }
    private static bool Same<T>(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);
    private static bool IsNull<T>(T value) => value == null;
    private static string Kind<T>(T value) => value is IFormattable ? "formattable" : value is string ? "text" : "other";
    private static uint Bucket(uint hash, int[] buckets) => (uint)(hash % buckets.Length);
    private static long Widen(int a, uint b) => (long)a * 3 + b;

    private static void Spans()
    {
        int[] numbers = [1, 2, 3, 4, 5];
        Span<int> span = numbers;
        Console.WriteLine(Cut(span) + " " + span.Length);
        Console.WriteLine(LengthAnd(span.Length, ShrinkAndCount(ref span)) + " " + span.Length);
        Span<int> copy = span;
        span = default;
        Console.WriteLine(copy.Length + " " + span.IsEmpty + " " + copy[^1]);
        ref Span<int> alias = ref copy;
        Console.WriteLine(LengthAnd(copy.Length, (alias = alias[2..]).Length));
        copy[0] = copy[1] + copy.Length;
        (copy[0], copy[1]) = (copy[1], copy[0]);
        Console.WriteLine(string.Join(',', numbers));
        Window window = new Window("inlining", 2).Skip(1);
        Console.WriteLine(window.First + " " + window.Left + " " + window.Skip(2).First);
        foreach (char c in "ab".AsSpan())
            Console.Write((int)c + " ");
        Console.WriteLine();
    }

    private static string Catch(Func<object?> action)
    {
        try { return action()?.ToString() ?? "null"; }
        catch (Exception e) { return e.GetType().Name; }
    }

    private static int Loops()
    {
        int sum = 0;
        int[] array = [3, 1, 4, 1, 5];
        for (int i = 0; i < array.Length; i++)
            sum = sum * 10 + array[i];
        for (int i = 0; i < 7; i++)
        {
            if (i == 2) continue;
            if (i == 5) break;
            sum ^= 0x12345 * i;
        }
        double x = 1;
        while (x < 1000000.5)
            x *= 3.25;
        long total = 0;
        for (long j = 0x100000000; j < 0x100000005; j++)
            total += j;
        for (int i = int.MaxValue - 2; i > 0; i++)
            sum++;
        return sum + (int)x + (int)total;
    }

    private static void Main()
    {
        Counter counter = new(10);
        Console.WriteLine(counter.Next() + counter.Next() * 100 + counter.Count * 10000);
        Console.WriteLine(Sum(counter) + " " + counter.Count);
        Console.WriteLine(Swap(3, 8) + " " + Larger(counter.Next(), counter.Next()) + " " + Larger(counter.Count, 2));
        Node list = new Node(null, 1).Prepend(2).Prepend(3).Set(9);
        Console.WriteLine(list.Twice + list.Next!.Twice + list.Next.Next!.Twice + " " + list.Touch());
        Console.WriteLine(Pair(Garbage("a" + counter.Count), Pair(Garbage("b"), Garbage("c" + list.Value))));
        Spans();
        Console.WriteLine(new Cleared<bool>("a", 300).ToString() + new Cleared<long>("b", -2) + new Cleared<string>("c", 7));
        Mixed mixed = new(counter.Count, 2, 3);
        Mixed other = mixed;
        Console.WriteLine(mixed.Sum + " " + new Mixed(4, counter.Count, 6).Sum + " " + other.Sum);
        Node? none = counter.Count > 1000 ? list : null;
        Console.WriteLine(Catch(() => none!.Touch()) + " " + Catch(() => none!.Twice) + " " + Catch(() => none!.Set(1)));
        Console.WriteLine(Catch(() => new List<int> { 1 }[1]) + " " + Catch(() => "ab"[2]) + " " + Catch(() => new int[2].AsSpan()[2]));
        Console.WriteLine(Same(3, 3) + " " + Same("x", "y") + " " + Same(DayOfWeek.Friday, DayOfWeek.Monday) + " " + Same(1.5, 1.5) + " " + Same('a', 'a') + " " + Same(5L, 6L));
        Console.WriteLine(IsNull(1) + " " + IsNull<string?>(null) + " " + IsNull<int?>(null) + " " + IsNull<int?>(4));
        Console.WriteLine(Kind(1) + " " + Kind("s") + " " + Kind('c') + " " + Kind(new object()));
        Console.WriteLine(Bucket(4000000007, new int[13]) + " " + Widen(-5, 4000000000));
        Console.WriteLine(Loops());
    }
}
