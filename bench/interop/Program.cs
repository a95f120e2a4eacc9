// Calls between C# and JavaScript, each for some 50 ms and several times over: "name,nanoseconds" of the best round. The
// same calls by [DllImport], which LeanCLR alone can bind to JavaScript, and by [JSImport], which Mono has too.
// Interop.dll dllimport|jsimport
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

const int Rounds = 5;
const string Text = "sixteen letters.";
byte[] bytes = new byte[64 * 1024];

void Measure(string name, Action<int> loop)
{
    int count = 16;
    double best = double.MaxValue;
    for (int round = 0; round < Rounds;)
    {
        long start = Stopwatch.GetTimestamp();
        loop(count);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        if (elapsed < 50e6) { count *= 2; continue; }
        best = Math.Min(best, elapsed / count);
        round++;
    }
    Console.WriteLine(FormattableString.Invariant($"{name},{best:F1}"));
}

if (args is ["dllimport"])
{
    Measure("C# → JS (int, int)", n => { int sum = 0; while (n-- > 0) sum = Direct.Add(sum, 1); });
    Measure("C# → JS (string of 16)", n => { while (n-- > 0) Direct.Length(Text); });
    Measure("C# → JS (byte[64 KiB], copied)", n => { while (n-- > 0) Direct.Count(bytes); });
    Measure("C# → JS (byte[64 KiB], in place)", n => { while (n-- > 0) Direct.View(bytes); });
    Measure("C# → JS (a struct)", n => { while (n-- > 0) Direct.Sum(new() { X = 1, Y = 2 }); });
    Bind();
}
else
{
    Measure("C# → JS (int, int)", n => { int sum = 0; while (n-- > 0) sum = Generated.Add(sum, 1); });
    Measure("C# → JS (string of 16)", n => { while (n-- > 0) Generated.Length(Text); });
    Measure("C# → JS (byte[64 KiB], copied)", n => { while (n-- > 0) Generated.Count(bytes); });
}
Generated.Loop();

/// Every one of Many's externs for the first time.
static void Bind()
{
    MethodInfo[] externs = typeof(Many).GetMethods(BindingFlags.Static | BindingFlags.Public);
    long start = Stopwatch.GetTimestamp();
    foreach (MethodInfo method in externs) Marshal.Prelink(method);
    Console.WriteLine(FormattableString.Invariant($"binding an extern,{Stopwatch.GetElapsedTime(start).TotalNanoseconds / externs.Length:F1}"));
}

public struct Pair { public int X, Y; }

public static class Direct
{
    [DllImport("bench")] public static extern int Add(int a, int b);
    [DllImport("bench")] public static extern int Length(string text);
    [DllImport("bench")] public static extern int Count(byte[] bytes);
    [DllImport("bench")] public static extern int View(byte[] bytes);
    [DllImport("bench")] public static extern int Sum(Pair pair);
}

public static partial class Generated
{
    [JSImport("add", "bench")] public static partial int Add(int a, int b);
    [JSImport("length", "bench")] public static partial int Length(string text);
    [JSImport("count", "bench")] public static partial int Count(byte[] bytes);
    /// JavaScript's own loop over Plus.
    [JSImport("loop", "bench")] public static partial void Loop();
    [JSExport] public static int Plus(int a, int b) => a + b;
}
