using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

Console.WriteLine(Functions.Add(40, 2));
Console.WriteLine(Functions.Greet("LeanCLR"));
Functions.Each(["a", "b"], text => Console.WriteLine(text));
Console.WriteLine(await Functions.Later(5));
try
{
    Functions.Fail();
}
catch (JSException exception)
{
    Console.WriteLine(exception.Message);
}
using (JSObject made = Functions.Make()) Console.WriteLine(made.GetPropertyAsString("name"));
return 3;

public static partial class Functions
{
    [JSImport("add", "main")] internal static partial int Add(int a, int b);
    [JSImport("greet", "main")] internal static partial string Greet(string name);
    [JSImport("each", "main")] internal static partial void Each(string[] texts, [JSMarshalAs<JSType.Function<JSType.String>>] Action<string> action);
    [JSImport("later", "main")] internal static partial Task<int> Later(int value);
    [JSImport("fail", "main")] internal static partial void Fail();
    [JSImport("make", "main")] internal static partial JSObject Make();

    [JSExport] public static string Reverse(string text) => new([.. text.Reverse()]);
    [JSExport] public static async Task<int> Twice(Task<int> value) => 2 * await value;
    [JSExport] public static void Throw(string message) => throw new InvalidOperationException(message);
}
