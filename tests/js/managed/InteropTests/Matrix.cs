using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

namespace InteropTests;

// Every way that a value of a type goes between C# and JavaScript; the classes in Matrix add the extern method.
public class Ways<T>
{
    private static T? s_kept;

    public static void Take(T value) => s_kept = value;
    public static T? Give() => s_kept;
    public static Func<T?, T?> Delegate() => value => value;
    public static T? Call(Func<T?, T?> function) => function(s_kept);
}

public enum Small : byte { None, One, Max = 255 }
public enum Wide : long { None, Min = long.MinValue }

public struct Point
{
    public int X;
    public string? Name;
}

public struct Outer
{
    public bool Flag;
    public Point First;
    public char Letter;
    public long Number;
}

[StructLayout(LayoutKind.Explicit)]
public struct Union
{
    [FieldOffset(0)] public int Number;
    [FieldOffset(0)] public float Real;
}

[StructLayout(LayoutKind.Sequential)]
public class Layout
{
    public int Number;
    public double Real;
}

public unsafe delegate int* PointerFunction(int* value);
public unsafe delegate delegate* unmanaged<int, int> FunctionPointerFunction(delegate* unmanaged<int, int> value);
public delegate Span<int> SpanFunction(Span<int> value);
public delegate ReadOnlySpan<int> ReadOnlySpanFunction(ReadOnlySpan<int> value);
public delegate ReadOnlySpan<char> CharactersFunction(ReadOnlySpan<char> value);
public delegate int RefFunction(ref int value);
public delegate int OutFunction(out int value);
public delegate int InFunction(in int value);

public static unsafe class Matrix
{
    public class SByteWays : Ways<sbyte>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern sbyte Extern(sbyte value);
        public static sbyte Echo(sbyte value) => Extern(value);
    }

    public class ByteWays : Ways<byte>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern byte Extern(byte value);
        public static byte Echo(byte value) => Extern(value);
    }

    public class Int16Ways : Ways<short>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern short Extern(short value);
        public static short Echo(short value) => Extern(value);
    }

    public class UInt16Ways : Ways<ushort>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern ushort Extern(ushort value);
        public static ushort Echo(ushort value) => Extern(value);
    }

    public class Int32Ways : Ways<int>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern int Extern(int value);
        public static int Echo(int value) => Extern(value);
    }

    public class UInt32Ways : Ways<uint>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern uint Extern(uint value);
        public static uint Echo(uint value) => Extern(value);
    }

    public class Int64Ways : Ways<long>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern long Extern(long value);
        public static long Echo(long value) => Extern(value);
    }

    public class UInt64Ways : Ways<ulong>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern ulong Extern(ulong value);
        public static ulong Echo(ulong value) => Extern(value);
    }

    public class IntPtrWays : Ways<nint>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern nint Extern(nint value);
        public static nint Echo(nint value) => Extern(value);
    }

    public class UIntPtrWays : Ways<nuint>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern nuint Extern(nuint value);
        public static nuint Echo(nuint value) => Extern(value);
    }

    public class BooleanWays : Ways<bool>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern bool Extern(bool value);
        public static bool Echo(bool value) => Extern(value);
    }

    public class CharWays : Ways<char>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern char Extern(char value);
        public static char Echo(char value) => Extern(value);
    }

    public class SingleWays : Ways<float>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern float Extern(float value);
        public static float Echo(float value) => Extern(value);
    }

    public class DoubleWays : Ways<double>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern double Extern(double value);
        public static double Echo(double value) => Extern(value);
    }

    public class ByteEnumWays : Ways<Small>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Small Extern(Small value);
        public static Small Echo(Small value) => Extern(value);
    }

    public class LongEnumWays : Ways<Wide>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Wide Extern(Wide value);
        public static Wide Echo(Wide value) => Extern(value);
    }

    public class StringWays : Ways<string>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern string Extern(string value);
        public static string Echo(string value) => Extern(value);
    }

    public class StringBuilderWays : Ways<StringBuilder>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern StringBuilder Extern(StringBuilder value);
        public static StringBuilder Echo(StringBuilder value) => Extern(value);
    }

    public class StructWays : Ways<Outer>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Outer Extern(Outer value);
        public static Outer Echo(Outer value) => Extern(value);
    }

    public class ExplicitWays : Ways<Union>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Union Extern(Union value);
        public static Union Echo(Union value) => Extern(value);
    }

    public class ClassWays : Ways<Layout>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Layout Extern(Layout value);
        public static Layout Echo(Layout value) => Extern(value);
    }

    public class NullableIntWays : Ways<int?>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern int? Extern(int? value);
        public static int? Echo(int? value) => Extern(value);
    }

    public class NullableStructWays : Ways<Point?>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Point? Extern(Point? value);
        public static Point? Echo(Point? value) => Extern(value);
    }

    public class GuidWays : Ways<Guid>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Guid Extern(Guid value);
        public static Guid Echo(Guid value) => Extern(value);
    }

    public class DecimalWays : Ways<decimal>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern decimal Extern(decimal value);
        public static decimal Echo(decimal value) => Extern(value);
    }

    public class DateTimeWays : Ways<DateTime>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern DateTime Extern(DateTime value);
        public static DateTime Echo(DateTime value) => Extern(value);
    }

    public class DateTimeOffsetWays : Ways<DateTimeOffset>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern DateTimeOffset Extern(DateTimeOffset value);
        public static DateTimeOffset Echo(DateTimeOffset value) => Extern(value);
    }

    public class TimeSpanWays : Ways<TimeSpan>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern TimeSpan Extern(TimeSpan value);
        public static TimeSpan Echo(TimeSpan value) => Extern(value);
    }

    public class BigIntegerWays : Ways<BigInteger>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern BigInteger Extern(BigInteger value);
        public static BigInteger Echo(BigInteger value) => Extern(value);
    }

    public class ByteArrayWays : Ways<byte[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern byte[] Extern(byte[] value);
        public static byte[] Echo(byte[] value) => Extern(value);
    }

    public class IntArrayWays : Ways<int[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern int[] Extern(int[] value);
        public static int[] Echo(int[] value) => Extern(value);
    }

    public class LongArrayWays : Ways<long[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern long[] Extern(long[] value);
        public static long[] Echo(long[] value) => Extern(value);
    }

    public class DoubleArrayWays : Ways<double[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern double[] Extern(double[] value);
        public static double[] Echo(double[] value) => Extern(value);
    }

    public class EnumArrayWays : Ways<Small[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Small[] Extern(Small[] value);
        public static Small[] Echo(Small[] value) => Extern(value);
    }

    public class BoolArrayWays : Ways<bool[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern bool[] Extern(bool[] value);
        public static bool[] Echo(bool[] value) => Extern(value);
    }

    public class CharArrayWays : Ways<char[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern char[] Extern(char[] value);
        public static char[] Echo(char[] value) => Extern(value);
    }

    public class StringArrayWays : Ways<string[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern string[] Extern(string[] value);
        public static string[] Echo(string[] value) => Extern(value);
    }

    public class StructArrayWays : Ways<Point[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Point[] Extern(Point[] value);
        public static Point[] Echo(Point[] value) => Extern(value);
    }

    public class ObjectArrayWays : Ways<object[]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern object[] Extern(object[] value);
        public static object[] Echo(object[] value) => Extern(value);
    }

    public class JaggedArrayWays : Ways<int[][]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern int[][] Extern(int[][] value);
        public static int[][] Echo(int[][] value) => Extern(value);
    }

    public class TwoDimensionalWays : Ways<int[,]>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern int[,] Extern(int[,] value);
        public static int[,] Make() => new[,] { { 1, 2 }, { 3, 4 } };
        public static int[,] Echo(int[,] value) => Extern(value);
    }

    public class ListWays : Ways<List<int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern List<int> Extern(List<int> value);
        public static List<int> Echo(List<int> value) => Extern(value);
    }

    public class DictionaryWays : Ways<Dictionary<string, int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Dictionary<string, int> Extern(Dictionary<string, int> value);
        public static Dictionary<string, int> Echo(Dictionary<string, int> value) => Extern(value);
    }

    public class TupleWays : Ways<(int, string)>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern (int, string) Extern((int, string) value);
        public static (int, string) Echo((int, string) value) => Extern(value);
    }

    public class MemoryWays : Ways<Memory<byte>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Memory<byte> Extern(Memory<byte> value);
        public static Memory<byte> Echo(Memory<byte> value) => Extern(value);
    }

    public class ReadOnlyMemoryWays : Ways<ReadOnlyMemory<int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern ReadOnlyMemory<int> Extern(ReadOnlyMemory<int> value);
        public static ReadOnlyMemory<int> Echo(ReadOnlyMemory<int> value) => Extern(value);
    }

    public class TextWays : Ways<ReadOnlyMemory<char>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern ReadOnlyMemory<char> Extern(ReadOnlyMemory<char> value);
        public static ReadOnlyMemory<char> Echo(ReadOnlyMemory<char> value) => Extern(value);
    }

    public class MemoryOfStructsWays : Ways<Memory<Point>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Memory<Point> Extern(Memory<Point> value);
        public static Memory<Point> Echo(Memory<Point> value) => Extern(value);
    }

    public class SegmentWays : Ways<ArraySegment<int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern ArraySegment<int> Extern(ArraySegment<int> value);
        public static ArraySegment<int> Echo(ArraySegment<int> value) => Extern(value);
    }

    public class DelegateWays : Ways<Func<int, int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Func<int, int> Extern(Func<int, int> value);
        public static Func<int, int> Echo(Func<int, int> value) => Extern(value);
    }

    public class DelegatesWays : Ways<Action>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Action Extern(Action value);
        public static Action Echo(Action value) => Extern(value);
    }

    public class TaskWays : Ways<Task>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Task Extern(Task value);
        public static Task Echo(Task value) => Extern(value);
    }

    public class TaskOfIntWays : Ways<Task<int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Task<int> Extern(Task<int> value);
        public static Task<int> Echo(Task<int> value) => Extern(value);
    }

    public class ValueTaskWays : Ways<ValueTask<int>>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern ValueTask<int> Extern(ValueTask<int> value);
        public static ValueTask<int> Echo(ValueTask<int> value) => Extern(value);
    }

    public class ObjectWays : Ways<object>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern object Extern(object value);
        public static object Echo(object value) => Extern(value);
    }

    public class ExceptionWays : Ways<Exception>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Exception Extern(Exception value);
        public static Exception Echo(Exception value) => Extern(value);
    }

    public class InterfaceWays : Ways<IComparable>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern IComparable Extern(IComparable value);
        public static IComparable Echo(IComparable value) => Extern(value);
    }

    public class JSObjectWays : Ways<JSObject>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern JSObject Extern(JSObject value);
        public static JSObject Echo(JSObject value) => Extern(value);
    }

    public class SafeHandleWays : Ways<SafeFileHandle>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern SafeFileHandle Extern(SafeFileHandle value);
        public static SafeFileHandle Echo(SafeFileHandle value) => Extern(value);
    }

    public class HandleRefWays : Ways<HandleRef>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern HandleRef Extern(HandleRef value);
        public static HandleRef Echo(HandleRef value) => Extern(value);
    }

    public class TypeWays : Ways<Type>
    {
        [DllImport("matrix", EntryPoint = "echo")] public static extern Type Extern(Type value);
        public static Type Echo(Type value) => Extern(value);
    }

    public static class PointerWays
    {
        private static int* s_kept;
        public static void Take(int* value) => s_kept = value;
        public static int* Give() => s_kept;
        public static PointerFunction Delegate() => value => value;
        public static int* Call(PointerFunction function) => function(s_kept);
        [DllImport("matrix", EntryPoint = "echo")] public static extern int* Extern(int* value);
        public static int* Echo(int* value) => Extern(value);
    }

    public static class FunctionPointerWays
    {
        private static delegate* unmanaged<int, int> s_kept;
        public static void Take(delegate* unmanaged<int, int> value) => s_kept = value;
        public static delegate* unmanaged<int, int> Give() => s_kept;
        public static FunctionPointerFunction Delegate() => value => value;
        public static delegate* unmanaged<int, int> Call(FunctionPointerFunction function) => function(s_kept);
        [DllImport("matrix", EntryPoint = "echo")] public static extern delegate* unmanaged<int, int> Extern(delegate* unmanaged<int, int> value);
        public static delegate* unmanaged<int, int> Echo(delegate* unmanaged<int, int> value) => Extern(value);
    }

    public static class SpanWays
    {
        private static int[] s_kept = [];
        public static void Take(Span<int> value) => s_kept = value.ToArray();
        public static Span<int> Give() => s_kept;
        public static SpanFunction Delegate() => value => value.ToArray();
        public static int[] Call(SpanFunction function) => function(s_kept).ToArray();
        [DllImport("matrix", EntryPoint = "echo")] public static extern Span<int> Extern(Span<int> value);
        [DllImport("matrix", EntryPoint = "echo")] public static extern void Passed(Span<int> value);
        public static void Pass(Span<int> value) => Passed(value);
        public static Span<int> Echo(Span<int> value) => Extern(value);
    }

    public static class ReadOnlySpanWays
    {
        private static int[] s_kept = [];
        public static void Take(ReadOnlySpan<int> value) => s_kept = value.ToArray();
        public static ReadOnlySpan<int> Give() => s_kept;
        public static ReadOnlySpanFunction Delegate() => value => value.ToArray();
        public static int[] Call(ReadOnlySpanFunction function) => function(s_kept).ToArray();
        [DllImport("matrix", EntryPoint = "echo")] public static extern ReadOnlySpan<int> Extern(ReadOnlySpan<int> value);
        [DllImport("matrix", EntryPoint = "echo")] public static extern void Passed(ReadOnlySpan<int> value);
        public static void Pass(ReadOnlySpan<int> value) => Passed(value);
        public static ReadOnlySpan<int> Echo(ReadOnlySpan<int> value) => Extern(value);
    }

    public static class CharactersWays
    {
        private static char[] s_kept = [];
        public static void Take(ReadOnlySpan<char> value) => s_kept = value.ToArray();
        public static ReadOnlySpan<char> Give() => s_kept;
        public static CharactersFunction Delegate() => value => value.ToArray();
        public static char[] Call(CharactersFunction function) => function(s_kept).ToArray();
        [DllImport("matrix", EntryPoint = "echo")] public static extern ReadOnlySpan<char> Extern(ReadOnlySpan<char> value);
        [DllImport("matrix", EntryPoint = "echo")] public static extern void Passed(ReadOnlySpan<char> value);
        public static void Pass(ReadOnlySpan<char> value) => Passed(value);
        public static ReadOnlySpan<char> Echo(ReadOnlySpan<char> value) => Extern(value);
    }

    public static class RefWays
    {
        public static int Take(ref int value) { value++; return value; }
        public static RefFunction Delegate() => Take;
        public static int Call(RefFunction function) { int number = 6; function(ref number); return number; }
        [DllImport("matrix", EntryPoint = "box")] public static extern int Extern(ref int value);
        public static int Echo() { int number = 6; Extern(ref number); return number; }
    }

    public static class OutWays
    {
        public static int Take(out int value) { value = 7; return value; }
        public static OutFunction Delegate() => Take;
        public static int Call(OutFunction function) { int number; function(out number); return number; }
        [DllImport("matrix", EntryPoint = "box")] public static extern int Extern(out int value);
        public static int Echo() { int number; Extern(out number); return number; }
    }

    public static class InWays
    {
        public static int Take(in int value) {  return value; }
        public static InFunction Delegate() => Take;
        public static int Call(InFunction function) { int number = 6; function(in number); return number; }
        [DllImport("matrix", EntryPoint = "box")] public static extern int Extern(in int value);
        public static int Echo() { int number = 6; Extern(in number); return number; }
    }
}
