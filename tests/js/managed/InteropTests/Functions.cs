using System.Runtime.InteropServices.JavaScript;

/// <summary>Delegates and functions.</summary>
public static partial class Functions
{
    [JSImport("call", "types")] internal static partial void CallAction([JSMarshalAs<JSType.Function>] Action action);
    [JSImport("call", "types")] internal static partial void CallAction1([JSMarshalAs<JSType.Function<JSType.String>>] Action<string> action, string a);
    [JSImport("call", "types")] internal static partial void CallAction3([JSMarshalAs<JSType.Function<JSType.Number, JSType.String, JSType.Boolean>>] Action<int, string, bool> action, int a, string b, bool c);
    [JSImport("call", "types")] internal static partial int CallFunc([JSMarshalAs<JSType.Function<JSType.Number>>] Func<int> function);
    [JSImport("call", "types")] internal static partial int CallFunc2([JSMarshalAs<JSType.Function<JSType.Number, JSType.Number, JSType.Number>>] Func<int, int, int> function, int a, int b);
    [JSImport("call", "types")] internal static partial string CallFunc3([JSMarshalAs<JSType.Function<JSType.String, JSType.String, JSType.String, JSType.String>>] Func<string, string, string, string> function, string a, string b, string c);

    /// <summary>JavaScript calls C# delegates of every number of parameters.</summary>
    [JSExport]
    public static string Delegates()
    {
        List<string> log = [];
        CallAction(() => log.Add("action"));
        CallAction1(a => log.Add(a), "one");
        CallAction3((a, b, c) => log.Add($"{a} {b} {c}"), 1, "two", true);
        log.Add($"{CallFunc(() => 42)}");
        log.Add($"{CallFunc2((a, b) => a - b, 5, 3)}");
        log.Add(CallFunc3((a, b, c) => a + b + c, "x", "y", "z"));
        return string.Join(';', log);
    }

    [JSExport]
    public static void Call([JSMarshalAs<JSType.Function>] Action action) => action();

    [JSExport]
    public static void Call1([JSMarshalAs<JSType.Function<JSType.String>>] Action<string> action, string a) => action(a);

    [JSExport]
    public static int Call2([JSMarshalAs<JSType.Function<JSType.Number, JSType.Number, JSType.Number>>] Func<int, int, int> function, int a, int b) => function(a, b);

    [JSExport]
    public static string Call3([JSMarshalAs<JSType.Function<JSType.String, JSType.String, JSType.String, JSType.String>>] Func<string, string, string, string> function) => function("a", "b", "c");

    static Action<int>? s_kept;
    [JSExport]
    public static void Keep([JSMarshalAs<JSType.Function<JSType.Number>>] Action<int> action) => s_kept = action;
    [JSExport]
    public static void CallKept(int value) => s_kept!(value);

    /// <summary>A delegate that JavaScript may keep.</summary>
    [JSExport]
    [return: JSMarshalAs<JSType.Function<JSType.Number, JSType.Number>>]
    public static Func<int, int> Adder(int amount) => value => value + amount;

    [JSExport]
    [return: JSMarshalAs<JSType.Function>]
    public static Action Thrower(string message) => () => throw new InvalidOperationException(message);
}
