using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace HostTests;

public struct Point
{
    public int X;
    public string? Name;
}

public struct Inner
{
    public byte Small;
    public double Wide;
}

public struct Outer
{
    public bool Flag;
    public Inner First;
    public char Letter;
    public Inner Second;
    public short Tail;
    public long Number { get; set; }
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Packed
{
    public byte Head;
    public double Middle;
    public int Next;
    public long Last;
}

[StructLayout(LayoutKind.Explicit)]
public struct Union
{
    [FieldOffset(0)] public int Number;
    [FieldOffset(0)] public float Real;
}

public unsafe struct Buffer
{
    public fixed int Numbers[4];
    public int Count;
}

public struct Tree
{
    public string Name;
    public Tree[]? Children;
}

public ref struct Window
{
    public ref int Value;
}

public class Node
{
    public int Value;
    public Node? Next;
}

public delegate string Describer(Point point, int[] numbers);

// JavaScript → C# → JavaScript, and back: as Echo, for types that are no scalars.
public static class ValueEcho
{
    public static Point Point(Point value) => ValueExtern.Point(value);
    public static Outer Outer(Outer value) => ValueExtern.Outer(value);
    public static Packed Packed(Packed value) => ValueExtern.Packed(value);
    public static Union Union(Union value) => ValueExtern.Union(value);
    public static Buffer Buffer(Buffer value) => ValueExtern.Buffer(value);
    public static Tree Tree(Tree value) => ValueExtern.Tree(value);
    public static int? NullableInt(int? value) => ValueExtern.NullableInt(value);
    public static Point? NullablePoint(Point? value) => ValueExtern.NullablePoint(value);
    public static DateTime DateTime(DateTime value) => ValueExtern.DateTime(value);
    public static DateTimeOffset DateTimeOffset(DateTimeOffset value) => ValueExtern.DateTimeOffset(value);
    public static TimeSpan TimeSpan(TimeSpan value) => ValueExtern.TimeSpan(value);
    public static Guid Guid(Guid value) => ValueExtern.Guid(value);
    public static decimal Decimal(decimal value) => ValueExtern.Decimal(value);
    public static byte[]? Bytes(byte[]? value) => ValueExtern.Bytes(value);
    public static int[]? Ints(int[]? value) => ValueExtern.Ints(value);
    public static long[]? Longs(long[]? value) => ValueExtern.Longs(value);
    public static double[]? Doubles(double[]? value) => ValueExtern.Doubles(value);
    public static Small[]? Enums(Small[]? value) => ValueExtern.Enums(value);
    public static bool[]? Bools(bool[]? value) => ValueExtern.Bools(value);
    public static char[]? Chars(char[]? value) => ValueExtern.Chars(value);
    public static string?[]? Strings(string?[]? value) => ValueExtern.Strings(value);
    public static Point[]? Points(Point[]? value) => ValueExtern.Points(value);
    public static int[][]? Jagged(int[][]? value) => ValueExtern.Jagged(value);
    public static int?[]? Nullables(int?[]? value) => ValueExtern.Nullables(value);
    public static object? Object(object? value) => ValueExtern.Object(value);
    public static Func<int, int>? Function(Func<int, int>? value) => ValueExtern.Function(value);
    public static Node? Node(Node? value) => ValueExtern.Node(value);
    public static ReadOnlyMemory<char> Text(ReadOnlyMemory<char> value) => ValueExtern.Text(value);
}

public static class ValueExtern
{
    [DllImport("host")] public static extern Point Point(Point value);
    [DllImport("host")] public static extern Outer Outer(Outer value);
    [DllImport("host")] public static extern Packed Packed(Packed value);
    [DllImport("host")] public static extern Union Union(Union value);
    [DllImport("host")] public static extern Buffer Buffer(Buffer value);
    [DllImport("host")] public static extern Tree Tree(Tree value);
    [DllImport("host")] public static extern int? NullableInt(int? value);
    [DllImport("host")] public static extern Point? NullablePoint(Point? value);
    [DllImport("host")] public static extern DateTime DateTime(DateTime value);
    [DllImport("host")] public static extern DateTimeOffset DateTimeOffset(DateTimeOffset value);
    [DllImport("host")] public static extern TimeSpan TimeSpan(TimeSpan value);
    [DllImport("host")] public static extern Guid Guid(Guid value);
    [DllImport("host")] public static extern decimal Decimal(decimal value);
    [DllImport("host")] public static extern byte[]? Bytes(byte[]? value);
    [DllImport("host")] public static extern int[]? Ints(int[]? value);
    [DllImport("host")] public static extern long[]? Longs(long[]? value);
    [DllImport("host")] public static extern double[]? Doubles(double[]? value);
    [DllImport("host")] public static extern Small[]? Enums(Small[]? value);
    [DllImport("host")] public static extern bool[]? Bools(bool[]? value);
    [DllImport("host")] public static extern char[]? Chars(char[]? value);
    [DllImport("host")] public static extern string?[]? Strings(string?[]? value);
    [DllImport("host")] public static extern Point[]? Points(Point[]? value);
    [DllImport("host")] public static extern int[][]? Jagged(int[][]? value);
    [DllImport("host")] public static extern int?[]? Nullables(int?[]? value);
    [DllImport("host")] public static extern object? Object(object? value);
    [DllImport("host")] public static extern Func<int, int>? Function(Func<int, int>? value);
    [DllImport("host")] public static extern Node? Node(Node? value);
    [DllImport("host")] public static extern ReadOnlyMemory<char> Text(ReadOnlyMemory<char> value);

    [DllImport("host")] public static extern void Fill(byte[] bytes);
    [DllImport("host")] public static extern void FillIn([In] byte[] bytes);
    [DllImport("host")] public static extern void FillNames([Out] string[] names);
    [DllImport("host")] public static extern void References(ref int number, out Point point, in double real);
    [DllImport("host")] public static extern void Span(Span<int> numbers);
    [DllImport("host")] public static extern int ReadOnly(ReadOnlySpan<byte> bytes);
    [DllImport("host")] public static extern void SpanOfPoints(Span<Point> points);
    [DllImport("host")] public static extern int Characters(ReadOnlySpan<char> text);
    [DllImport("host")] public static extern void Keep(Memory<byte> memory);
    [DllImport("host")] public static extern void Segment(ArraySegment<short> numbers);
    [DllImport("host")] public static extern string Call(Describer describer);
    [DllImport("host")] public static extern Describer Make();
    [DllImport("host")] public static extern void OnEvent(Action<string> handler);
    [DllImport("host")] public static extern void OffEvent(Action<string> handler);
    [DllImport("host")] public static extern Task<int> Later(int value);
    [DllImport("host")] public static extern Task Done();
    [DllImport("host")] public static extern ValueTask<string> LaterText(string text);
    [DllImport("host")] public static extern void Watch(Task<int> task);
    [DllImport("host")] public static extern object Anything();
    [DllImport("host")] public static extern void Rethrow(Action action);
}

// What goes from C# to JavaScript in one way only, as texts that tests compare.
public static class ValueCalls
{
    public static string Fill()
    {
        byte[] bytes = { 1, 2, 3 };
        ValueExtern.Fill(bytes);
        return string.Join(",", bytes);
    }

    public static string FillIn()
    {
        byte[] bytes = { 1, 2, 3 };
        ValueExtern.FillIn(bytes);
        return string.Join(",", bytes);
    }

    public static string FillNames()
    {
        var names = new string[2];
        ValueExtern.FillNames(names);
        return string.Join(",", names);
    }

    public static string References()
    {
        int number = 5;
        ValueExtern.References(ref number, out Point point, 2.5);
        return $"{number} {point.X} {point.Name}";
    }

    public static string Span()
    {
        Span<int> numbers = stackalloc int[] { 1, 2, 3 };
        ValueExtern.Span(numbers.Slice(1));
        return string.Join(",", numbers.ToArray());
    }

    public static int ReadOnly() => ValueExtern.ReadOnly(new byte[] { 1, 2, 3, 4 }.AsSpan(1, 2));

    public static string SpanOfPoints()
    {
        var points = new Point[] { new() { X = 1, Name = "one" }, new() { X = 2, Name = "two" } };
        ValueExtern.SpanOfPoints(points);
        return $"{points[0].X} {points[0].Name} {points[1].X} {points[1].Name}";
    }

    public static int Characters() => ValueExtern.Characters("a text".AsSpan(2));

    private static readonly byte[] s_kept = { 1, 2, 3, 4 };
    public static string Keep()
    {
        ValueExtern.Keep(s_kept.AsMemory(1, 2));
        return Kept();
    }
    public static string Kept() => string.Join(",", s_kept);

    public static string Segment()
    {
        short[] numbers = { 1, 2, 3 };
        ValueExtern.Segment(new ArraySegment<short>(numbers, 1, 2));
        return string.Join(",", numbers);
    }

    public static string Call()
    {
        int calls = 0;
        return ValueExtern.Call((point, numbers) => $"{++calls}: {point.X} {point.Name} {string.Join("+", numbers)}");
    }

    public static string Make()
    {
        Describer made = ValueExtern.Make();
        GC.Collect();
        return made(new Point { X = 7, Name = "seven" }, new[] { 1, 2 }) + "/" + made(default, Array.Empty<int>());
    }

    // A delegate that is taken off must be the one that was put on.
    public static void Handlers()
    {
        Action<string> handler = _ => { };
        ValueExtern.OnEvent(handler);
        ValueExtern.OffEvent(handler);
    }

    private static Action<int>? s_listeners;
    public static void Add(Action<int> listener) => s_listeners += listener;
    public static void Remove(Action<int> listener) => s_listeners -= listener;
    public static void Raise(int value) => s_listeners?.Invoke(value);
    public static Action<int>? Listeners() => s_listeners;

    public static Func<int, int> Adder(int n) => x => x + n;
    public static int Apply(Func<int, int> f, int x) => f(x);
    public static int Churn(Func<string, string> f, int rounds)
    {
        int sum = 0;
        for (int i = 0; i < rounds; i++)
        {
            sum += f("text " + i).Length;
            _ = new byte[100];
        }
        return sum;
    }

    public static int Sum(ReadOnlySpan<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers) sum += number;
        return sum;
    }

    public static int DoubleAround(Span<int> numbers, Action inBetween)
    {
        inBetween();
        Double(numbers);
        return numbers.Length;
    }

    public static int LongText(int length) => ValueExtern.Characters(new string('x', length));

    public static void Double(Span<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] *= 2;
    }

    public static int Length(ReadOnlySpan<char> text) => text.Length;
    public static void Numbers([Out] int[] numbers) => numbers[0] = 42;

    public static bool Divide(int a, int b, out int quotient, ref Point point)
    {
        quotient = b == 0 ? 0 : a / b;
        point.X += 1;
        point.Name += "!";
        return b != 0;
    }

    public static object Identity(object value) => value;
    public static bool Same(object a, object b) => ReferenceEquals(a, b);
    public static string TypeName(object? value) => value?.GetType().FullName ?? "null";
    public static Node Chain(int n) => n == 0 ? new Node() : new Node { Value = n, Next = Chain(n - 1) };
    public static int ValueOf(Node node) => node.Value;
    public static string? Window(Window window) => null;

    public static void PassThrough(Action action) => action();
    public static void ThrowThrough(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            s_caught = e;
            throw;
        }
    }
    private static Exception? s_caught;
    public static bool Caught(Exception e) => ReferenceEquals(s_caught, e);
    public static void Throw(Exception e) => throw e;
}
