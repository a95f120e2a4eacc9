using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace HostTests;

// What does not end by itself, or wants more than there is. Count tells what ran nevertheless.
public static class Limits
{
    private static int s_count;
    private static readonly object s_lock = new();

    public static int Count() => s_count;
    public static int Add(int a, int b) => a + b;

    public static void Endless()
    {
        for (; ; ) s_count++;
    }

    public static void Caught()
    {
        try
        {
            for (; ; ) { }
        }
        catch (Exception)
        {
            s_count = -1;
        }
        catch
        {
            s_count = -2;
        }
    }

    public static void Unlocking()
    {
        lock (s_lock)
        {
            for (; ; ) { }
        }
    }

    public static bool IsLocked() => Monitor.IsEntered(s_lock);

    public static void InFinally()
    {
        try
        {
            s_count = 1;
        }
        finally
        {
            for (; ; ) { }
        }
    }

    public static void FinallyOfStop()
    {
        try
        {
            for (; ; ) { }
        }
        finally
        {
            s_count++;
            for (; ; ) { }
        }
    }

    public static void InFilter()
    {
        try
        {
            throw new Exception();
        }
        catch when (Never())
        {
            s_count = -1;
        }
    }

    private static bool Never()
    {
        for (; ; ) { }
    }

    private static class Slow
    {
        public static readonly int Value = Make();

        private static int Make()
        {
            s_count++;
            while (s_count < 2) { }
            return s_count;
        }
    }

    public static int InStaticConstructor() => Slow.Value;

    public static void Natives()
    {
        int[] from = new int[100_000], to = new int[100_000];
        for (; ; ) Array.Copy(from, to, from.Length);
    }

    public static void Allocations()
    {
        for (; ; ) GC.KeepAlive(new byte[1_000_000]);
    }

    public static void HostCalls()
    {
        for (; ; ) Extern.Nothing();
    }

    public static void Sleeping() => Thread.Sleep(int.MaxValue);

    public static int Recurse() => Deeper(0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(int depth)
    {
        try
        {
            return Deeper(depth + 1) + 1;
        }
        catch (Exception)
        {
            return s_count = -1;
        }
    }

    // Until memory ends; then all of it is free again.
    public static string Fill(int size)
    {
        var blocks = new List<byte[]>();
        try
        {
            for (; ; ) blocks.Add(new byte[size]);
        }
        catch (OutOfMemoryException e)
        {
            int count = blocks.Count;
            blocks.Clear();
            return $"{e.GetType().Name} after {(count > 10 ? "many" : "few")}";
        }
    }
}

// What goes on while JavaScript goes on.
public static class Tasks
{
    private static TaskCompletionSource<int>? s_source;
    private static int s_ticks;

    public static int Ticks() => s_ticks;
    public static bool Complete(int value) => s_source?.TrySetResult(value) ?? false;

    public static void StartTicking(int count) => _ = Tick(count);

    private static async Task Tick(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Delay(1);
            s_ticks++;
        }
    }

    public static void ThrowLater() => ThreadPool.QueueUserWorkItem(_ => throw new InvalidOperationException("later"));

    public static async Task<int> Main(string what)
    {
        switch (what)
        {
            case "source":
                s_source = new TaskCompletionSource<int>();
                return await s_source.Task;
            case "delay":
                await Task.Delay(100);
                return 3;
            case "yields":
                for (; ; ) await Task.Yield();
            case "job throws":
                ThrowLater();
                await Task.Delay(Timeout.Infinite);
                return 1;
            case "exit":
                _ = Task.Run(() => Environment.Exit(5));
                await Task.Delay(Timeout.Infinite);
                return 1;
            case "throws":
                await Task.Delay(1);
                throw new InvalidOperationException("after a delay");
            case "loop":
                await Task.Delay(1);
                for (; ; ) { }
            default:
                return 0;
        }
    }
}
