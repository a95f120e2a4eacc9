using System.Runtime.InteropServices;

namespace HostTests;

public enum Small : byte { None, One, Max = 255 }
public enum Wide : long { None, Min = long.MinValue }

// What C# calls: the tests register JavaScript functions for these.
public static class Extern
{
    [DllImport("host")] public static extern bool Bool(bool value);
    [DllImport("host")] public static extern char Char(char value);
    [DllImport("host")] public static extern sbyte SByte(sbyte value);
    [DllImport("host")] public static extern byte Byte(byte value);
    [DllImport("host")] public static extern short Int16(short value);
    [DllImport("host")] public static extern ushort UInt16(ushort value);
    [DllImport("host")] public static extern int Int32(int value);
    [DllImport("host")] public static extern uint UInt32(uint value);
    [DllImport("host")] public static extern long Int64(long value);
    [DllImport("host")] public static extern ulong UInt64(ulong value);
    [DllImport("host")] public static extern float Single(float value);
    [DllImport("host")] public static extern double Double(double value);
    [DllImport("host")] public static extern nint IntPtr(nint value);
    [DllImport("host")] public static extern nuint UIntPtr(nuint value);
    [DllImport("host")] public static extern string? String(string? value);
    [DllImport("host")] public static extern Small Small(Small value);
    [DllImport("host")] public static extern Wide Wide(Wide value);

    [DllImport("host")] public static extern void Nothing();
    [DllImport("host")] public static extern int Add(int a, int b);
    [DllImport("host")] public static extern int Overloaded(int value);
    [DllImport("host")] public static extern int Overloaded(string value);
    [DllImport("host")] public static extern string Mixed(int a, string b, double c, long d, bool e, char f);
    [DllImport("host")] public static extern int Reenter(int depth);
    [DllImport("host")] public static extern int Failing();
    [DllImport("other.dll", EntryPoint = "renamed")] public static extern int ByLibrary();
    [DllImport("host")] public static extern int NobodyRegistersThis(int value);
}
