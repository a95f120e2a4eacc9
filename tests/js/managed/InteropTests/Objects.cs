using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.JavaScript;

/// <summary>JSObject, C# objects in JavaScript, and how long both live.</summary>
public static partial class Objects
{
    [JSExport]
    public static string Describe(JSObject value) => string.Join(';',
        value.HasProperty("name"), value.HasProperty("other"), value.GetTypeOfProperty("name"), value.GetTypeOfProperty("other"),
        value.GetPropertyAsString("name"), value.GetPropertyAsInt32("count"), value.GetPropertyAsDouble("ratio"),
        value.GetPropertyAsBoolean("flag"), string.Join(',', value.GetPropertyAsByteArray("bytes") ?? []),
        value.GetPropertyAsJSObject("inner")?.GetPropertyAsString("name"), value.GetPropertyAsString("missing") ?? "null",
        value.GetPropertyAsInt32("missing"));

    [JSExport]
    public static void Set(JSObject value, JSObject inner)
    {
        value.SetProperty("flag", true);
        value.SetProperty("count", -7);
        value.SetProperty("ratio", 0.25);
        value.SetProperty("name", "set");
        value.SetProperty("bytes", new byte[] { 1, 2, 3 });
        value.SetProperty("inner", inner);
    }

    [JSExport] public static bool Same(JSObject a, JSObject b) => ReferenceEquals(a, b);
    [JSExport] public static string Disposal(JSObject value)
    {
        string text = $"{value.IsDisposed}";
        value.Dispose();
        value.Dispose();
        text += $" {value.IsDisposed}";
        try
        {
            value.HasProperty("x");
        }
        catch (ObjectDisposedException exception)
        {
            text += $" {exception.GetType().Name}";
        }
        return text;
    }

    [JSExport] public static string Global() =>
        $"{JSHost.GlobalThis.HasProperty("setTimeout")} {JSHost.DotnetInstance.GetTypeOfProperty("getAssemblyExports")} {ReferenceEquals(JSHost.GlobalThis, JSHost.GlobalThis)}";

    [JSExport]
    public static async Task<string> Import(string name, string url)
    {
        JSObject module = await JSHost.ImportAsync(name, url);
        return $"{module.GetPropertyAsString("title")} {Imported(20, 1)}";
    }
    [JSImport("nested.sum", "imported")] private static partial int Imported(int a, int b);

    sealed class Thing(string name)
    {
        public override string ToString() => name;
    }
    static readonly List<WeakReference> s_things = [];

    [JSExport]
    [return: JSMarshalAs<JSType.Any>]
    public static object Make(string name)
    {
        Thing thing = new(name);
        s_things.Add(new WeakReference(thing));
        return thing;
    }
    [JSExport]
    [return: JSMarshalAs<JSType.Any>]
    public static object? Last() => s_things[^1].Target;
    [JSExport] public static string NameOf([JSMarshalAs<JSType.Any>] object thing) => $"{thing}";
    [JSExport] public static int Living()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return s_things.Count(thing => thing.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [JSExport] public static void Drop(JSObject value) => value.HasProperty("x");
    [JSExport] public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
