// The C# side of native.h's types.
using System;
using System.Runtime.InteropServices;

public struct Point { public int X, Y; public override string ToString() => $"({X}, {Y})"; }

public struct Mixed
{
    public sbyte A; public long B; public short C; public double D;
    public override string ToString() => $"{A} {B} {C} {D}";
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Packed1 { public sbyte A; public int B; public long C; public override string ToString() => $"{A} {B} {C}"; }

[StructLayout(LayoutKind.Sequential, Pack = 2)]
public struct Packed2 { public sbyte A; public int B; public double C; public override string ToString() => $"{A} {B} {C}"; }

[StructLayout(LayoutKind.Explicit)]
public struct Union
{
    [FieldOffset(0)] public int I;
    [FieldOffset(0)] public float F;
    [FieldOffset(2)] public byte Third;
}

public struct Nested { public Point At; public Mixed Mixed; public byte Last; public override string ToString() => $"{At} {Mixed} {Last}"; }

public struct Single1 { public double Value; }

public struct Floats { public float A, B, C, D, E; public override string ToString() => $"{A} {B} {C} {D} {E}"; }

public struct Flags
{
    public bool Flag;
    [MarshalAs(UnmanagedType.U1)] public bool Small;
    [MarshalAs(UnmanagedType.I1)] public bool Signed;
    public char Letter;
    [MarshalAs(UnmanagedType.U2)] public char Unit;
    public override string ToString() => $"{Flag} {Small} {Signed} {Letter} {Unit}";
}

public struct Named
{
    public int Number;
    [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 8)] public string Name;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 6)] public ushort[] Title;
    public override string ToString() => $"{Number} {Name} {string.Join(",", Title ?? [])}";
}

public struct FixedArrays
{
    public int Count;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public int[] Values;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 2)] public Point[] Points;
    public override string ToString() => $"{Count}: {string.Join(",", Values)} {string.Join(",", Points)}";
}

public unsafe struct FixedBuffers
{
    public int Count;
    public fixed int Values[4];
    public Point First, Second;
    public override string ToString() => $"{Count}: {Values[0]},{Values[1]},{Values[2]},{Values[3]} {First} {Second}";
}

public struct Texts
{
    public string Name;
    [MarshalAs(UnmanagedType.LPWStr)] public string Title;
    public int Number;
}

[StructLayout(LayoutKind.Sequential)]
public class PointClass { public int X, Y; public override string ToString() => $"[{X}, {Y}]"; }

[StructLayout(LayoutKind.Sequential)]
public class FlagsClass
{
    public bool Flag;
    [MarshalAs(UnmanagedType.U1)] public bool Small;
    [MarshalAs(UnmanagedType.I1)] public bool Signed;
    public char Letter;
    [MarshalAs(UnmanagedType.U2)] public char Unit;
}

public sealed class NumberHandle : SafeHandle
{
    public static int Closed;
    public NumberHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() { Closed++; return Native.close_handle(handle) == 1; }
}
