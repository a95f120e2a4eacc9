// Iterators: laziness, finally blocks, nesting, infinite sequences, the machine behind yield.
using System.Collections;

internal sealed class Countdown(int from) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = from; i > 0; i--)
            yield return i;
    }
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal sealed class Tree(int value, params Tree[] children)
{
    public IEnumerable<int> All()
    {
        yield return value;
        foreach (Tree child in children)
            foreach (int n in child.All())
                yield return n;
    }
}

internal static class Sequences
{
    public static IEnumerable<int> Naturals()
    {
        for (int i = 0; ; i++)
        {
            Console.Write("(" + i + ")");
            yield return i;
        }
    }
    public static IEnumerable<T> Where2<T>(this IEnumerable<T> source, Func<T, bool> predicate)
    {
        foreach (T item in source)
            if (predicate(item))
                yield return item;
    }
    public static IEnumerable<U> Select2<T, U>(this IEnumerable<T> source, Func<T, U> f)
    {
        foreach (T item in source)
            yield return f(item);
    }
    public static IEnumerable<T> Take2<T>(this IEnumerable<T> source, int count)
    {
        if (count == 0)
            yield break;
        foreach (T item in source)
        {
            yield return item;
            if (--count == 0)
                yield break;
        }
    }
}

internal static class Program
{
    private static IEnumerable<string> WithFinally()
    {
        Console.WriteLine("begin");
        try
        {
            yield return "one";
            Console.WriteLine("between");
            yield return "two";
        }
        finally { Console.WriteLine("finally"); }
        yield return "three";
    }

    private static IEnumerable<int> Throwing()
    {
        yield return 1;
        throw new InvalidOperationException("in iterator");
    }

    private static IEnumerator<long> Fibonacci()
    {
        (long a, long b) = (0, 1);
        while (true)
        {
            yield return a;
            (a, b) = (b, a + b);
        }
    }

    private static IEnumerable<(int, char)> Pairs(string text)
    {
        int i = 0;
        foreach (char c in text)
            yield return (i++, c);
    }

    private static IEnumerable<int[]> Permutations(int[] items, int from = 0)
    {
        if (from == items.Length)
            yield return (int[])items.Clone();
        for (int i = from; i < items.Length; i++)
        {
            (items[from], items[i]) = (items[i], items[from]);
            foreach (int[] p in Permutations(items, from + 1))
                yield return p;
            (items[from], items[i]) = (items[i], items[from]);
        }
    }

    private static void Main()
    {
        foreach (int n in new Countdown(3))
            Console.WriteLine(n);
        foreach (object o in (IEnumerable)new Countdown(2))
            Console.WriteLine(o);
        foreach (string s in WithFinally())
            Console.WriteLine(s);
        foreach (string s in WithFinally())
        {
            Console.WriteLine("leaving at " + s);
            break;
        }
        foreach (int n in Sequences.Naturals().Where2(n => n % 2 == 1).Select2(n => n * n).Take2(3))
            Console.WriteLine(" " + n);
        Tree tree = new(1, new Tree(2, new Tree(3)), new Tree(4, new Tree(5), new Tree(6)));
        Console.WriteLine(string.Join(' ', tree.All()));
        try
        {
            foreach (int n in Throwing())
                Console.WriteLine(n);
        }
        catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        IEnumerator<long> fibonacci = Fibonacci();
        for (int i = 0; i < 60; i++)
            fibonacci.MoveNext();
        Console.WriteLine(fibonacci.Current);
        foreach ((int i, char c) in Pairs("abc"))
            Console.WriteLine(i + ":" + c);
        foreach (int[] p in Permutations(new[] { 1, 2, 3 }))
            Console.WriteLine(string.Join("", p));
        IEnumerable<int> twice = new Countdown(2);
        Console.WriteLine(string.Join(',', twice) + ";" + string.Join(',', twice));
        using IEnumerator<string> manual = WithFinally().GetEnumerator();
        Console.WriteLine(manual.MoveNext() + " " + manual.Current);
        try { manual.Reset(); } catch (NotSupportedException) { Console.WriteLine("no reset"); }
        int sum = 0;
        foreach (int n in new List<int> { 1, 2, 3 })
            sum += n;
        Console.WriteLine(sum);
    }
}
