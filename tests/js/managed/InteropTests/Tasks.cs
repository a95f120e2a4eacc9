using System.Runtime.InteropServices.JavaScript;

/// <summary>Tasks and promises.</summary>
public static partial class Tasks
{
    [JSImport("echo", "types")] internal static partial Task? ImportTask(Task? value);
    [JSExport] public static Task? Plain(Task? value) => ImportTask(value);

    [JSImport("echo", "types")] internal static partial Task<int>? ImportInt32(Task<int>? value);
    [JSExport] public static Task<int>? Int32(Task<int>? value) => ImportInt32(value);

    [JSImport("echo", "types")] internal static partial Task<string?>? ImportString(Task<string?>? value);
    [JSExport] public static Task<string?>? String(Task<string?>? value) => ImportString(value);

    [JSImport("echo", "types")] internal static partial Task<JSObject?>? ImportJSObject(Task<JSObject?>? value);
    [JSExport] public static Task<JSObject?>? JSObject(Task<JSObject?>? value) => ImportJSObject(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Promise<JSType.Date>>]
    internal static partial Task<DateTime>? ImportDateTime([JSMarshalAs<JSType.Promise<JSType.Date>>] Task<DateTime>? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Promise<JSType.Date>>]
    public static Task<DateTime>? DateTime([JSMarshalAs<JSType.Promise<JSType.Date>>] Task<DateTime>? value) => ImportDateTime(value);

    [JSImport("echo", "types")]
    [return: JSMarshalAs<JSType.Promise<JSType.Any>>]
    internal static partial Task<object?>? ImportAny([JSMarshalAs<JSType.Promise<JSType.Any>>] Task<object?>? value);
    [JSExport]
    [return: JSMarshalAs<JSType.Promise<JSType.Any>>]
    public static Task<object?>? Any([JSMarshalAs<JSType.Promise<JSType.Any>>] Task<object?>? value) => ImportAny(value);

    /// <summary>Awaits a promise and goes on.</summary>
    [JSExport]
    public static async Task<int> Twice(Task<int> value)
    {
        int first = await value;
        await Task.Delay(1);
        return first * 2;
    }

    [JSExport] public static Task<int> Completed(int value) => Task.FromResult(value);
    [JSExport] public static Task CompletedPlain() => Task.CompletedTask;
    [JSExport] public static Task<int> Failed(string message) => Task.FromException<int>(new InvalidOperationException(message));

    [JSExport]
    public static async Task<int> FailsLater(string message)
    {
        await Task.Delay(1);
        throw new InvalidOperationException(message);
    }

    [JSImport("later", "types")] internal static partial Task<string> Later(string value, int milliseconds);
    /// <summary>Several at once.</summary>
    [JSExport]
    public static async Task<string> Together(int count)
    {
        Task<string>[] tasks = [.. Enumerable.Range(0, count).Select(i => Later($"{i}", (count - i) % 7))];
        return string.Join(',', await Task.WhenAll(tasks));
    }

    /// <summary>What an awaited promise that is rejected throws.</summary>
    [JSExport]
    public static async Task<string> Catch(Task<int> value)
    {
        try
        {
            return $"{await value}";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType()}: {exception.Message}";
        }
    }
}
