using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace HostTests;

/// <summary>C# that blocks on what JavaScript completes.</summary>
public static class Waiting
{
    private static readonly Dictionary<int, TaskCompletionSource<int>> Wanted = new();
    private static readonly object Gate = new();
    private static TaskCompletionSource<int>? source;
    private static int last;

    [ThreadStatic]
    private static int ofThread;

    public static string Log { get; private set; } = "";

    /// <summary>JavaScript's: resolves `id` after so many milliseconds.</summary>
    [DllImport("host")]
    private static extern void Later(int id, int milliseconds);

    /// <summary>JavaScript's: calls Block and gives what it gave.</summary>
    [DllImport("host")]
    private static extern int Between();

    /// <summary>An asynchronous function of JavaScript's.</summary>
    [DllImport("host")]
    private static extern Task<int> FetchTask(int milliseconds);

    /// <summary>Blocks where it goes on after a promise.</summary>
    public static async Task<int> BlockAfterAwait()
    {
        int first = await FetchTask(2);
        return first + FetchTask(2).Result + FetchTask(2).GetAwaiter().GetResult();
    }

    public static int Main(string what)
    {
        switch (what)
        {
            case "source": return Block();
            case "sleep": Thread.Sleep(150); return 4;
            case "finally":
                Guarded(() => 0, Console.WriteLine); // a stop leaves finally blocks no time to be imported in
                return Guarded(Block, Console.WriteLine);
            case "throws": Block(); throw new InvalidOperationException("after a wait");
            case "exit": Task.Run(() => { Thread.Sleep(5); Environment.Exit(6); }); return Block();
            case "job throws": Task.Run(() => ThreadPool.UnsafeQueueUserWorkItem(_ => throw new FormatException("nobody's"), null)); return Block();
            case "holds the lock": lock (Gate) return Block();
            default: return -1;
        }
    }

    public static int Block()
    {
        source = new();
        return source.Task.Result;
    }

    /// <summary>Whether Block waits.</summary>
    public static bool IsBlocked() => source is { Task.IsCompleted: false };

    /// <summary>Ends what Block waits for; false where nobody waits.</summary>
    public static bool Complete(int value) => source is not null && source.TrySetResult(value);

    public static int Fetch(int milliseconds)
    {
        int id = ++last;
        ofThread = id;
        TaskCompletionSource<int> mine = Wanted[id] = new();
        Later(id, milliseconds);
        int value = mine.Task.Result;
        Log += $"{milliseconds} ";
        if (ofThread != id) throw new InvalidOperationException("another stack's statics");
        return value;
    }

    public static void Resolve(int id, int value) => Wanted[id].SetResult(value);

    public static void Reject(int id, string message) => Wanted[id].SetException(new FormatException(message));

    public static string FetchText(string text)
    {
        string own = string.Concat(text, "!");
        int value = Fetch(3);
        GC.Collect();
        return $"{own} {value}";
    }

    public static decimal FetchDecimal() => Fetch(2) + 0.5m;

    public static async Task<int> FetchLater()
    {
        int first = Fetch(2);
        await Task.Delay(2);
        return first + Fetch(2);
    }

    public static void FetchInto(ref int into) => into = Fetch(1);

    public static int FetchByFinally()
    {
        Guarded(() => 0, text => Log += text);
        return Guarded(() => Fetch(600_000), text => Log += text);
    }

    private static int Guarded(Func<int> body, Action<string> log)
    {
        try { return body(); }
        finally { log("finally"); }
    }

    public static int CallBetween() => Between();

    public static int WithLock()
    {
        lock (Gate) return 8;
    }

    public static int Add(int a, int b) => a + b;

    public static string ByReflection() => (string)typeof(Waiting).GetMethod(nameof(FetchText))!.Invoke(null, ["x"])!;

    /// <summary>What a wait throws, if it does.</summary>
    public static string Failure(bool between)
    {
        try { return $"{(between ? Between() : Block())}"; }
        catch (Exception error) { return $"{error.GetType().Name}: {error.Message}"; }
    }
}
