// A small assembly with a little of everything: the one whose broken copies the mutation tests feed to the loader, and
// a program whose exit code sums up what it did.
using System.Runtime.InteropServices;

namespace Tiny;

public interface IShape
{
    double Area { get; }
    event Action? Changed;
}

public enum Kind : byte { A = 1, B }

[StructLayout(LayoutKind.Explicit, Size = 16)]
public struct Union
{
    [FieldOffset(0)] public int Bits;
    [FieldOffset(0)] public float Single;
    [FieldOffset(8)] public long Rest;
}

public class Box<T>(T value) : IShape where T : struct, IComparable<T>
{
    public const int Limit = 42;
    private static readonly byte[] data = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    public T Value = value;
    public double Area => 1.5;
    public event Action? Changed;

    public class Inner { public string Text = "inner"; }

    public int Guarded(int[] values, int index)
    {
        try
        {
            return values[index] / data[index - 1];
        }
        catch (IndexOutOfRangeException e) when (e.InnerException == null)
        {
            return -1;
        }
        catch (DivideByZeroException)
        {
            return -2;
        }
        finally
        {
            Changed?.Invoke();
        }
    }

    public U Map<U>(Func<T, U> f) => f(Value);

    public static int Weight(Kind kind) => kind switch { Kind.A => 10, Kind.B => 20, _ => 30 };
}

public static class Native
{
    [DllImport("native")]
    public static extern int Add(int a, int b);
}

public static class Program
{
    private static int Sum(ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    public static int Main(string[] args)
    {
        Box<int> box = new(20);
        int changes = 0;
        box.Changed += () => changes++;
        IShape shape = box;
        Union union = new() { Single = 1.0f, Rest = args.Length };
        object boxed = union;
        int result = box.Map(n => n + 2) + Box<long>.Weight(Kind.B);
        result += box.Guarded([1, 2, 30], 2) + box.Guarded([1], 7);
        result += changes + (int)(shape.Area * 2) + ((Union)boxed).Bits % 7;
        result += Sum([1, 2, 3]) + new Box<int>.Inner().Text.Length;
        return result;
    }
}
