using System;
using System.Runtime.InteropServices;

Console.WriteLine($"Hello from C#, {string.Join(", ", args)}!");
Console.WriteLine($"6 * 7 = {Calculator.Multiply(6, 7)}, says JavaScript.");
return args.Length;

static class Calculator
{
    [DllImport("calculator")]
    public static extern int Multiply(int a, int b);

    // Called from JavaScript.
    public static string Describe(int value) => value % 2 == 0 ? $"{value} is even" : $"{value} is odd";
}
