using System.Runtime.InteropServices.JavaScript;

/// <summary>Exceptions in both directions.</summary>
public static partial class Errors
{
    [JSExport] public static void Throw(string message) => throw new InvalidOperationException(message);

    [JSImport("fail", "types")] internal static partial void Fail(string message);
    [JSExport]
    public static string Catch(string message)
    {
        try
        {
            Fail(message);
            return "nothing";
        }
        catch (JSException exception)
        {
            return $"{exception.Message}|{exception.StackTrace}";
        }
    }

    /// <summary>C# → JavaScript, which throws; nobody here catches it.</summary>
    [JSExport] public static void PassOn(string message) => Fail(message);

    [JSImport("call", "types")] internal static partial void Call([JSMarshalAs<JSType.Function>] Action action);
    /// <summary>C# → JavaScript → C#, which throws; the exception is the same on its way back.</summary>
    [JSExport]
    public static string ThroughJavaScript()
    {
        InvalidOperationException thrown = new("around");
        try
        {
            Call(() => throw thrown);
            return "nothing";
        }
        catch (Exception exception)
        {
            return $"{ReferenceEquals(exception, thrown)} {exception.Message}";
        }
    }

    [JSExport] public static Exception Make(string message) => new ArgumentException(message);
    [JSExport] public static string TypeOf(Exception exception) => $"{exception.GetType()}: {exception.Message}";

    [JSImport("missing", "types")] internal static partial void Missing();
    [JSImport("a.b.c", "types")] internal static partial void MissingPath();
    [JSImport("x", "nowhere")] internal static partial void MissingModule();
    [JSExport]
    public static string Unbound(int which)
    {
        try
        {
            ((Action)(which switch { 0 => Missing, 1 => MissingPath, _ => MissingModule }))();
            return "nothing";
        }
        catch (JSException exception)
        {
            return exception.Message;
        }
    }

    [JSImport("give", "types")] internal static partial int GiveInt32();
    [JSImport("give", "types")] internal static partial string GiveString();
    [JSImport("give", "types")] internal static partial byte[] GiveBytes();
    [JSImport("give", "types")] internal static partial Task<int> GiveTask();
    /// <summary>What a value of JavaScript's that does not fit is in C#.</summary>
    [JSExport]
    public static string Given(string type)
    {
        try
        {
            return type switch
            {
                "int" => $"{GiveInt32()}",
                "string" => GiveString(),
                "bytes" => string.Join(',', GiveBytes()),
                _ => $"{GiveTask()}",
            };
        }
        catch (JSException exception)
        {
            return exception.Message;
        }
    }
}

namespace Deep.Space
{
    public static partial class Outer
    {
        public static partial class Inner
        {
            [JSExport] public static string Where() => "Deep.Space.Outer.Inner";
        }

        [JSExport] public static int Overload(int value) => value;
        [JSExport] public static string Overload(string value) => value;
    }
}
