// What a trace keeps when an exception is thrown again: throw, throw e, ExceptionDispatchInfo, tasks, reflection, aggregates.
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

static class Program
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Origin() => throw new InvalidOperationException("origin");

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Again()
    {
        try
        {
            Origin();
        }
        catch (Exception)
        {
            Console.Write("");
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Anew()
    {
        try
        {
            Origin();
        }
        catch (Exception e)
        {
            throw e;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void AgainTwice()
    {
        try
        {
            Again();
        }
        catch
        {
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Wrapped()
    {
        try
        {
            Again();
        }
        catch (Exception e)
        {
            throw new ApplicationException("wrapped", e);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static ExceptionDispatchInfo Capture(Action action)
    {
        try
        {
            action();
            throw new Exception("nothing to capture");
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Dispatched() => Capture(Origin).Throw();

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void DispatchedTwice() => Capture(Dispatched).Throw();

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void DispatchedThenAgain()
    {
        try
        {
            Dispatched();
        }
        catch
        {
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void DispatchedThenAnew()
    {
        try
        {
            Dispatched();
        }
        catch (Exception e)
        {
            throw e;
        }
    }

    static readonly InvalidOperationException shared = new("shared");

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void ThrowShared(int turn)
    {
        if (turn == 0)
            throw shared;
        throw shared;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task InnerAsync(bool yield)
    {
        if (yield)
            await Task.Yield();
        Origin();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task MiddleAsync(bool yield)
    {
        try
        {
            await InnerAsync(yield);
        }
        finally
        {
            Console.Write("");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<int> OuterAsync(bool yield)
    {
        await MiddleAsync(yield);
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async ValueTask<int> ValueAsync()
    {
        try
        {
            return await OuterAsync(true);
        }
        catch (InvalidOperationException)
        {
            throw;
        }
    }

    static async IAsyncEnumerable<int> Stream()
    {
        yield return 1;
        await Task.Yield();
        Origin();
        yield return 2;
    }

    static async Task Consume()
    {
        await foreach (int i in Stream())
            Console.WriteLine("item " + i);
    }

    public class Thrower
    {
        public Thrower(bool fail)
        {
            if (fail)
                Origin();
        }

        public static void Static() => Origin();
        public int Value { get => throw new FormatException("property"); }
    }

    /// The class library's own frames depend on what its compiler inlined: `own` leaves them out.
    static void Show(string title, Action action, bool own = false)
    {
        Console.WriteLine($"== {title}");
        try
        {
            action();
        }
        catch (Exception e)
        {
            foreach (string line in e.ToString().Split('\n'))
                if (!own || !(line.StartsWith("   at System.") || line.StartsWith("   at InvokeStub_")))
                    Console.WriteLine(line);
        }
    }

    static int Main()
    {
        Show("throw;", Again);
        Show("throw e;", Anew);
        Show("throw; twice", AgainTwice);
        Show("wrapped", Wrapped);
        Show("dispatched", Dispatched);
        Show("dispatched twice", DispatchedTwice);
        Show("dispatched, then again", DispatchedThenAgain);
        Show("dispatched, then anew", DispatchedThenAnew);
        Show("static dispatch", () => ExceptionDispatchInfo.Throw(new Exception("fresh")));
        Show("shared, first", () => ThrowShared(0));
        Show("shared, second", () => ThrowShared(1));
        Show("current stack", () => throw ExceptionDispatchInfo.SetRemoteStackTrace(new Exception("remote"), "   at Somewhere.Else()"));
        Show("task, at once", () => OuterAsync(false).GetAwaiter().GetResult());
        Show("task, later", () => OuterAsync(true).GetAwaiter().GetResult());
        Show("value task", () => ValueAsync().AsTask().GetAwaiter().GetResult());
        Show("async stream", () => Consume().GetAwaiter().GetResult());
        Show("Task.Wait", () =>
        {
            try
            {
                OuterAsync(false).Wait();
            }
            catch (AggregateException e)
            {
                Console.WriteLine($"{e.Message} {e.InnerExceptions.Count}");
                throw e.InnerException!;
            }
        });
        Show("WhenAll", () => Task.WhenAll(OuterAsync(false), Task.FromException(new FormatException("second"))).Wait());
        Show("aggregate", () => throw new AggregateException("several", new Exception("one"), new AggregateException(new Exception("two"), new Exception("three"))));
        Show("flattened", () => throw new AggregateException(new Exception("one"), new AggregateException(new Exception("two"))).Flatten());
        Show("cancelled", () => Task.FromCanceled(new CancellationToken(true)).GetAwaiter().GetResult());
        Show("reflection", () => typeof(Thrower).GetMethod("Static")!.Invoke(null, null), true);
        Show("reflected constructor", () => Activator.CreateInstance(typeof(Thrower), [true]), true);
        Show("reflected constructor, unwrapped", () =>
            typeof(Thrower).GetConstructor([typeof(bool)])!.Invoke(BindingFlags.DoNotWrapExceptions, null, [true], null), true);
        Show("reflected property", () => typeof(Thrower).GetProperty("Value")!.GetValue(new Thrower(false)), true);
        Show("delegate", () => ((Action)Thrower.Static).DynamicInvoke(), true);
        Show("lazy", () =>
        {
            Lazy<int> lazy = new(() => throw new Exception("lazy"));
            try
            {
                Console.WriteLine(lazy.Value);
            }
            catch (Exception e)
            {
                Console.WriteLine(e.Message);
            }
            Console.WriteLine(lazy.Value);
        }, true);
        return 0;
    }
}
