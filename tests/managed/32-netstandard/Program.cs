// A program with a netstandard2.0 library beside it: references across assemblies, type forwarding.
using Library;

internal sealed class Upper : IRenderer { public string Render(object value) => value.ToString()!.ToUpperInvariant(); }

internal static class Program
{
    private static void Main()
    {
        Renderer json = Renderer.Create("json");
        json.Rendered += (_, e) => Console.WriteLine("rendered " + e.Text.Length);
        Console.WriteLine(json.Render(new Dictionary<string, object> { ["b"] = new object[] { 1, "two", true }, ["a"] = "say \"hi\"" }));
        IRenderer upper = new Upper();
        Console.WriteLine(upper.Render("upper"));
        try { Renderer.Create("xml"); } catch (NotSupportedException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(new Money(1.50m, "EUR"));
        Console.WriteLine(new Money(1.5m, "EUR").Equals(new Money(1.50m, "EUR")));
        Cache<string, Money> cache = new();
        cache.Get("a", k => new Money(k.Length, "X"));
        Console.WriteLine(cache.Get("a", _ => default) + " " + cache.Misses);
        Console.WriteLine(Cache<int, string>.Missing == null);
        Console.WriteLine(Cache<string, int>.Missing);
        Console.WriteLine(typeof(Money).Assembly.GetName().Name + " " + typeof(Program).Assembly.GetName().Name);
        Console.WriteLine(typeof(Cache<string, int>));
    }
}
