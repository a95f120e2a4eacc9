using System.Runtime.InteropServices;

namespace NativeTests;

// tests/js/native/alone.c, in a memory of its own.
public static unsafe class Alone
{
    [DllImport("alone")] static extern int add(int a, int b);
    [DllImport("alone")] static extern long wide(long a, float b, double c);
    [DllImport("alone")] static extern uint all_ones();
    [DllImport("alone")] static extern bool is_even(int value);
    [DllImport("alone")] static extern int length(string? text);
    [DllImport("alone")] static extern string? greeting(int n);
    [DllImport("alone")] static extern int sum(int[] values, int n);
    [DllImport("alone")] static extern void twice([In, Out] int[] values, int n);
    [DllImport("alone")] static extern nint make(int value);
    [DllImport("alone")] static extern int look(nint made);
    [DllImport("alone")] static extern int trap();
    [DllImport("alone", EntryPoint = "sum")] static extern int sum_of_pointer(int* values, int n);
    [DllImport("alone", EntryPoint = "add")] static extern double add_wrongly(double a, double b);

    public static int Add(int a, int b) => add(a, b);
    public static long Wide(long a, float b, double c) => wide(a, b, c);
    public static uint AllOnes() => all_ones();
    public static bool IsEven(int value) => is_even(value);
    public static int Length(string? text) => length(text);
    public static string? Greeting(int n) => greeting(n);
    public static int Sum() => sum([1, 2, 3], 3);
    public static int MadeAndSeen(int value) => look(make(value));
    public static int Trap() => trap();
    public static void Wrong() => add_wrongly(1, 2);

    public static string Twice()
    {
        int[] values = [1, 2, 3];
        twice(values, 3);
        return string.Join(" ", values);
    }

    [DllImport("alone")] static extern void swap(ref int a, ref int b);
    public static string Swapped()
    {
        int a = 1, b = 2;
        swap(ref a, ref b);
        return a + " " + b;
    }

    [DllImport("alone", EntryPoint = "twice")] static extern void TwiceOf(Span<int> values, int n);
    [DllImport("alone", EntryPoint = "sum")] static extern int SumOf(ReadOnlySpan<int> values, int n);
    [DllImport("alone", EntryPoint = "sum")] static extern int SumOfTexts(string[] values, int n);
    public static string Spans()
    {
        Span<int> values = stackalloc int[] { 1, 2, 3 };
        TwiceOf(values[1..], 2);
        return string.Join(" ", values.ToArray()) + " " + SumOf(values, 3);
    }
    public static int Texts() => SumOfTexts(["a"], 1);

    public static int SumOfPointer()
    {
        int value = 1;
        return sum_of_pointer(&value, 1);
    }
}

// A JavaScript object or module.
public static class Script
{
    [DllImport("script")] static extern int multiply(int a, int b);
    [DllImport("script", EntryPoint = "greet")] static extern string Greet(string name);

    public static int Multiply(int a, int b) => multiply(a, b);
    public static string Greeting(string name) => Greet(name);
}

public static class User
{
    [DllImport("user")] static extern int add_all(int value);
    public static int AddAll(int value) => add_all(value);
}
