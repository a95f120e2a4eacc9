// ref structs, ref fields, scoped references, pattern-based foreach and using.
internal ref struct Cursor
{
    private readonly ReadOnlySpan<char> text;
    private int position;
    public Cursor(ReadOnlySpan<char> text) { this.text = text; }
    public readonly bool AtEnd => position >= text.Length;
    public ReadOnlySpan<char> Word()
    {
        while (!AtEnd && text[position] == ' ') position++;
        int start = position;
        while (!AtEnd && text[position] != ' ') position++;
        return text[start..position];
    }
}

internal ref struct Slot<T>
{
    private ref T target;
    public Slot(ref T target) { this.target = ref target; }
    public readonly ref T Value => ref target;
    public static Slot<T> Over(ref T other) => new(ref other);
    public readonly void Set(T value) => target = value;
}

internal ref struct Range2(int from, int to)
{
    private int current = from - 1;
    public readonly int Current => current;
    public bool MoveNext() => ++current < to;
    public readonly Range2 GetEnumerator() => this;
    public readonly void Dispose() => Console.WriteLine("range done at " + current);
}

internal readonly ref struct Two(Span<int> a, Span<int> b)
{
    public Span<int> A { get; } = a;
    public Span<int> B { get; } = b;
    public int Total()
    {
        int sum = 0;
        foreach (int n in A) sum += n;
        foreach (int n in B) sum += n * 10;
        return sum;
    }
}

internal ref struct Guard
{
    public string Name;
    public readonly void Dispose() => Console.WriteLine("left " + Name);
}

internal interface IArea { int Area { get; } }
internal ref struct Patch : IArea
{
    public Span<int> Cells;
    public readonly int Area => Cells.Length;
}

internal static class Program
{
    private static int Measure<T>(T shape) where T : IArea, allows ref struct => shape.Area;

    private static ref int Bigger(ref int a, ref int b) => ref a > b ? ref a : ref b;

    private static int CountWords(scoped ReadOnlySpan<char> text)
    {
        Cursor cursor = new(text);
        int count = 0;
        while (cursor.Word().Length > 0)
            count++;
        return count;
    }

    private static void Fill(scoped ref Slot<int> slot, int value) => slot.Set(value);

    private static void Main()
    {
        Cursor cursor = new("  the quick  brown fox ");
        for (ReadOnlySpan<char> word = cursor.Word(); word.Length > 0; word = cursor.Word())
            Console.WriteLine("<" + word.ToString() + ">");
        Console.WriteLine(cursor.AtEnd);
        Console.WriteLine(CountWords("one two three"));

        int a = 1, b = 2;
        Slot<int> slot = new(ref a);
        slot.Value += 10;
        Console.WriteLine(a);
        slot = Slot<int>.Over(ref b);
        slot.Set(77);
        Fill(ref slot, b + 1);
        Console.WriteLine(a + " " + b);
        string text = "before";
        Slot<string> textSlot = new(ref text);
        textSlot.Value += " and after";
        Console.WriteLine(text);
        string[] array = { "x", "y" };
        Slot<string> element = new(ref array[1]);
        element.Set("replaced");
        GC.Collect();
        Console.WriteLine(array[1] + element.Value);

        foreach (int n in new Range2(3, 6))
            Console.WriteLine(n);

        Console.WriteLine(new Two(stackalloc int[] { 1, 2 }, new[] { 3, 4 }).Total());
        using (Guard guard = new() { Name = "guard" })
            Console.WriteLine("inside");
        Bigger(ref a, ref b) = 0;
        Console.WriteLine(a + " " + b);
        Console.WriteLine(Measure(new Patch { Cells = stackalloc int[5] }));

        Span<int> numbers = stackalloc int[3];
        ref int middle = ref numbers[1];
        middle = 5;
        numbers = numbers[1..];
        numbers[0]++;
        Console.WriteLine(middle);
    }
}
