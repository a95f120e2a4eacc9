// Externs to be bound, of several shapes.
using System.Runtime.InteropServices;

public static class Many
{
    [DllImport("many")] public static extern int F0(int a, int b);
    [DllImport("many")] public static extern double F1(string text, double value);
    [DllImport("many")] public static extern void F2(Pair pair);
    [DllImport("many")] public static extern bool F3(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F4(int a, int b);
    [DllImport("many")] public static extern double F5(string text, double value);
    [DllImport("many")] public static extern void F6(Pair pair);
    [DllImport("many")] public static extern bool F7(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F8(int a, int b);
    [DllImport("many")] public static extern double F9(string text, double value);
    [DllImport("many")] public static extern void F10(Pair pair);
    [DllImport("many")] public static extern bool F11(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F12(int a, int b);
    [DllImport("many")] public static extern double F13(string text, double value);
    [DllImport("many")] public static extern void F14(Pair pair);
    [DllImport("many")] public static extern bool F15(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F16(int a, int b);
    [DllImport("many")] public static extern double F17(string text, double value);
    [DllImport("many")] public static extern void F18(Pair pair);
    [DllImport("many")] public static extern bool F19(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F20(int a, int b);
    [DllImport("many")] public static extern double F21(string text, double value);
    [DllImport("many")] public static extern void F22(Pair pair);
    [DllImport("many")] public static extern bool F23(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F24(int a, int b);
    [DllImport("many")] public static extern double F25(string text, double value);
    [DllImport("many")] public static extern void F26(Pair pair);
    [DllImport("many")] public static extern bool F27(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F28(int a, int b);
    [DllImport("many")] public static extern double F29(string text, double value);
    [DllImport("many")] public static extern void F30(Pair pair);
    [DllImport("many")] public static extern bool F31(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F32(int a, int b);
    [DllImport("many")] public static extern double F33(string text, double value);
    [DllImport("many")] public static extern void F34(Pair pair);
    [DllImport("many")] public static extern bool F35(byte[] bytes, ref int count);
    [DllImport("many")] public static extern int F36(int a, int b);
    [DllImport("many")] public static extern double F37(string text, double value);
    [DllImport("many")] public static extern void F38(Pair pair);
    [DllImport("many")] public static extern bool F39(byte[] bytes, ref int count);
}
