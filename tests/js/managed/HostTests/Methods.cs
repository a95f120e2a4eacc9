using System;
using System.Runtime.CompilerServices;

namespace HostTests;

// What JavaScript calls.
public static class Methods
{
    private static int s_count;

    public static int Add(int a, int b) => a + b;
    public static int Next() => ++s_count;
    public static int CallAdd(int a, int b) => Extern.Add(a, b);
    public static void CallNothing() => Extern.Nothing();
    public static int CallOverloads() => Extern.Overloaded(1) * 10 + Extern.Overloaded("one");
    public static string CallMixed() => Extern.Mixed(1, "two", 3.5, 4L << 40, true, '6');
    public static int CallByLibrary() => Extern.ByLibrary();
    public static int CallUnregistered() => Extern.NobodyRegistersThis(1);
    public static int CallFailing() => Extern.Failing();
    public static int Reenter(int depth) => depth == 0 ? 0 : Extern.Reenter(depth - 1) + 1;
    public static int Overloaded(int value) => value;
    public static int Overloaded(string value) => value.Length;
    public static int Unspeakable(Window value) => value.Value;
    public static void Collect() => GC.Collect();
    public static int UseDependency() => Dependency.Needed.Answer();
    public static string Context(string key) => AppContext.GetData(key)?.ToString() ?? "(none)";

    // The exception behind a call, as C# sees it.
    public static string Describe(string call)
    {
        try
        {
            int result = call switch
            {
                "unregistered" => CallUnregistered(),
                "failing" => CallFailing(),
                "dependency" => UseDependency(),
                _ => throw new ArgumentOutOfRangeException(nameof(call)),
            };
            return $"returned {result}";
        }
        catch (Exception e)
        {
            return $"{e.GetType().FullName}: {e.Message}";
        }
    }

    public static void Throw(string message) => Inner(message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Inner(string message) => throw new InvalidOperationException(message);

    public static void Wrap(string message)
    {
        try
        {
            Inner(message);
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException("wrapped", e);
        }
    }

    // Garbage between strings that cross the border: what a collector that misses roots would destroy.
    public static int Churn(int rounds)
    {
        int sum = 0;
        for (int i = 0; i < rounds; i++)
        {
            string name = "text " + i;
            sum += Extern.String(name)!.Length;
            _ = new byte[100];
        }
        return sum;
    }
}
