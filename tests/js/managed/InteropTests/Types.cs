using System.Runtime.InteropServices.JavaScript;

/// <summary>Values by type: what JavaScript passes goes through C#, to JavaScript, and back the same way.</summary>
public static partial class Types
{
    [JSImport("echo", "types")] internal static partial bool ImportBool(bool value);
    [JSExport] public static bool Bool(bool value) => ImportBool(value);

    [JSImport("echo", "types")] internal static partial byte ImportByte(byte value);
    [JSExport] public static byte Byte(byte value) => ImportByte(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.String>]
    internal static partial char ImportChar([JSMarshalAs<JSType.String>] char value);
    [JSExport]
    [return: JSMarshalAs<JSType.String>]
    public static char Char([JSMarshalAs<JSType.String>] char value) => ImportChar(value);

    [JSImport("echo", "types")] internal static partial short ImportInt16(short value);
    [JSExport] public static short Int16(short value) => ImportInt16(value);

    [JSImport("echo", "types")] internal static partial int ImportInt32(int value);
    [JSExport] public static int Int32(int value) => ImportInt32(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Number>]
    internal static partial long ImportInt52([JSMarshalAs<JSType.Number>] long value);
    [JSExport]
    [return: JSMarshalAs<JSType.Number>]
    public static long Int52([JSMarshalAs<JSType.Number>] long value) => ImportInt52(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.BigInt>]
    internal static partial long ImportInt64([JSMarshalAs<JSType.BigInt>] long value);
    [JSExport]
    [return: JSMarshalAs<JSType.BigInt>]
    public static long Int64([JSMarshalAs<JSType.BigInt>] long value) => ImportInt64(value);

    [JSImport("echo", "types")] internal static partial float ImportSingle(float value);
    [JSExport] public static float Single(float value) => ImportSingle(value);

    [JSImport("echo", "types")] internal static partial double ImportDouble(double value);
    [JSExport] public static double Double(double value) => ImportDouble(value);

    [JSImport("echo", "types")] internal static partial nint ImportIntPtr(nint value);
    [JSExport] public static nint IntPtr(nint value) => ImportIntPtr(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Date>]
    internal static partial DateTime ImportDateTime([JSMarshalAs<JSType.Date>] DateTime value);
    [JSExport]
    [return: JSMarshalAs<JSType.Date>]
    public static DateTime DateTime([JSMarshalAs<JSType.Date>] DateTime value) => ImportDateTime(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Date>]
    internal static partial DateTimeOffset ImportDateTimeOffset([JSMarshalAs<JSType.Date>] DateTimeOffset value);
    [JSExport]
    [return: JSMarshalAs<JSType.Date>]
    public static DateTimeOffset DateTimeOffset([JSMarshalAs<JSType.Date>] DateTimeOffset value) => ImportDateTimeOffset(value);

    [JSImport("echo", "types")] internal static partial string? ImportString(string? value);
    [JSExport] public static string? String(string? value) => ImportString(value);

    [JSImport("echo", "types")] internal static partial Exception? ImportException(Exception? value);
    [JSExport] public static Exception? Exception(Exception? value) => ImportException(value);

    [JSImport("echo", "types")] internal static partial JSObject? ImportJSObject(JSObject? value);
    [JSExport] public static JSObject? JSObject(JSObject? value) => ImportJSObject(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Any>]
    internal static partial object? ImportAny([JSMarshalAs<JSType.Any>] object? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Any>]
    public static object? Any([JSMarshalAs<JSType.Any>] object? value) => ImportAny(value);

    [JSImport("echo", "types")] internal static partial byte[]? ImportBytes(byte[]? value);
    [JSExport] public static byte[]? Bytes(byte[]? value) => ImportBytes(value);

    [JSImport("echo", "types")] internal static partial int[]? ImportInt32s(int[]? value);
    [JSExport] public static int[]? Int32s(int[]? value) => ImportInt32s(value);

    [JSImport("echo", "types")] internal static partial double[]? ImportDoubles(double[]? value);
    [JSExport] public static double[]? Doubles(double[]? value) => ImportDoubles(value);

    [JSImport("echo", "types")] internal static partial string?[]? ImportStrings(string?[]? value);
    [JSExport] public static string?[]? Strings(string?[]? value) => ImportStrings(value);

    [JSImport("echo", "types")] internal static partial JSObject?[]? ImportJSObjects(JSObject?[]? value);
    [JSExport] public static JSObject?[]? JSObjects(JSObject?[]? value) => ImportJSObjects(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Array<JSType.Any>>]
    internal static partial object?[]? ImportObjects([JSMarshalAs<JSType.Array<JSType.Any>>] object?[]? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Array<JSType.Any>>]
    public static object?[]? Objects([JSMarshalAs<JSType.Array<JSType.Any>>] object?[]? value) => ImportObjects(value);

    /// <summary>The C# type of what arrives as object.</summary>
    [JSExport] public static string TypeOf([JSMarshalAs<JSType.Any>] object? value) => value?.GetType().ToString() ?? "null";

    [JSExport] public static string Ticks([JSMarshalAs<JSType.Date>] DateTime value) => $"{value.Ticks} {value.Kind}";
    [JSExport] public static string OffsetTicks([JSMarshalAs<JSType.Date>] DateTimeOffset value) => $"{value.Ticks} {value.Offset}";
    [JSExport] public static string Hex(string value) => string.Join(' ', value.Select(c => ((int)c).ToString("x4")));

    [JSExport]
    [return: JSMarshalAs<JSType.Number>]
    public static long TooLarge() => 1L << 53;

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Discard>]
    internal static partial void Discarded(int value);
    [JSExport] public static void Discard(int value) => Discarded(value);

    [JSImport("echo", "types")] internal static partial void VoidCall(string value);
    [JSExport] public static void Void(string value) => VoidCall(value);

    [JSImport("five", "types")] internal static partial string FiveCall(int a, string? b, double c, bool d, [JSMarshalAs<JSType.BigInt>] long e);
    [JSExport] public static string Five(int a, string? b, double c, bool d, [JSMarshalAs<JSType.BigInt>] long e) => FiveCall(a, b, c, d, e);
}

/// <summary>The same for value types that may be null.</summary>
public static partial class Nullables
{
    [JSImport("echo", "types")] internal static partial bool? ImportBool(bool? value);
    [JSExport] public static bool? Bool(bool? value) => ImportBool(value);

    [JSImport("echo", "types")] internal static partial byte? ImportByte(byte? value);
    [JSExport] public static byte? Byte(byte? value) => ImportByte(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.String>]
    internal static partial char? ImportChar([JSMarshalAs<JSType.String>] char? value);
    [JSExport]
    [return: JSMarshalAs<JSType.String>]
    public static char? Char([JSMarshalAs<JSType.String>] char? value) => ImportChar(value);

    [JSImport("echo", "types")] internal static partial short? ImportInt16(short? value);
    [JSExport] public static short? Int16(short? value) => ImportInt16(value);

    [JSImport("echo", "types")] internal static partial int? ImportInt32(int? value);
    [JSExport] public static int? Int32(int? value) => ImportInt32(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Number>]
    internal static partial long? ImportInt52([JSMarshalAs<JSType.Number>] long? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Number>]
    public static long? Int52([JSMarshalAs<JSType.Number>] long? value) => ImportInt52(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.BigInt>]
    internal static partial long? ImportInt64([JSMarshalAs<JSType.BigInt>] long? value);
    [JSExport]
    [return: JSMarshalAs<JSType.BigInt>]
    public static long? Int64([JSMarshalAs<JSType.BigInt>] long? value) => ImportInt64(value);

    [JSImport("echo", "types")] internal static partial float? ImportSingle(float? value);
    [JSExport] public static float? Single(float? value) => ImportSingle(value);

    [JSImport("echo", "types")] internal static partial double? ImportDouble(double? value);
    [JSExport] public static double? Double(double? value) => ImportDouble(value);

    [JSImport("echo", "types")] internal static partial nint? ImportIntPtr(nint? value);
    [JSExport] public static nint? IntPtr(nint? value) => ImportIntPtr(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Date>]
    internal static partial DateTime? ImportDateTime([JSMarshalAs<JSType.Date>] DateTime? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Date>]
    public static DateTime? DateTime([JSMarshalAs<JSType.Date>] DateTime? value) => ImportDateTime(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Date>]
    internal static partial DateTimeOffset? ImportDateTimeOffset([JSMarshalAs<JSType.Date>] DateTimeOffset? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Date>]
    public static DateTimeOffset? DateTimeOffset([JSMarshalAs<JSType.Date>] DateTimeOffset? value) => ImportDateTimeOffset(value);
}
