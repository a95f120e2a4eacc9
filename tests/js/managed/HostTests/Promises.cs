using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HostTests;

// Tasks and promises, both ways.
public static class Promises
{
    public static async Task<string> Await(int value)
    {
        try
        {
            return $"got {await ValueExtern.Later(value)}";
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    public static async Task<string> AwaitText(string text) => await ValueExtern.LaterText(text) + "!";
    public static async Task AwaitNothing() => await ValueExtern.Done();

    public static async Task<int> Delayed(int value)
    {
        await Task.Delay(1);
        return value;
    }

    public static Task<int> Ready(int value) => Task.FromResult(value);
    public static ValueTask<int> ReadyValue(int value) => new(value);
    public static async Task Failing()
    {
        await Task.Yield();
        throw new InvalidOperationException("it failed");
    }

    public static Task Cancelled() => Task.FromCanceled(new System.Threading.CancellationToken(true));
    public static Task<Point[]> Points() => Task.FromResult(new[] { new Point { X = 1, Name = "a" } });

    private static TaskCompletionSource<int> s_source = new();
    public static Task<int> Pending() => s_source.Task;
    public static void Complete(int value)
    {
        TaskCompletionSource<int> old = s_source;
        s_source = new();
        old.SetResult(value);
    }

    public static async Task<int> AwaitGiven(Task<int> task) => await task + 1;

    public static async Task<string> Several()
    {
        Task<int>[] all = { ValueExtern.Later(1), ValueExtern.Later(2), ValueExtern.Later(3) };
        return string.Join(",", await Task.WhenAll(all));
    }
}
