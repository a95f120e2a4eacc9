namespace HostTests;

// JavaScript → C# → JavaScript: a value goes through both directions of the marshalling of its type.
public static class Echo
{
    public static bool Bool(bool value) => Extern.Bool(value);
    public static char Char(char value) => Extern.Char(value);
    public static sbyte SByte(sbyte value) => Extern.SByte(value);
    public static byte Byte(byte value) => Extern.Byte(value);
    public static short Int16(short value) => Extern.Int16(value);
    public static ushort UInt16(ushort value) => Extern.UInt16(value);
    public static int Int32(int value) => Extern.Int32(value);
    public static uint UInt32(uint value) => Extern.UInt32(value);
    public static long Int64(long value) => Extern.Int64(value);
    public static ulong UInt64(ulong value) => Extern.UInt64(value);
    public static float Single(float value) => Extern.Single(value);
    public static double Double(double value) => Extern.Double(value);
    public static nint IntPtr(nint value) => Extern.IntPtr(value);
    public static nuint UIntPtr(nuint value) => Extern.UIntPtr(value);
    public static string? String(string? value) => Extern.String(value);
    public static Small Small(Small value) => Extern.Small(value);
    public static Wide Wide(Wide value) => Extern.Wide(value);
}
