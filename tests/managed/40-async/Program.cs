// The event loop: what tasks, timers and the thread pool do when Main awaits them. Only orders that are certain are shown.
using System.Diagnostics;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

internal static class Program
{
    private static async Task<int> Main()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine("process exit");
        Console.WriteLine($"run {await Task.Run(() => 42)}");
        await Delays();
        await Yields();
        await Cancellation();
        await Combinators();
        await Exceptions();
        await Channels();
        await Semaphores();
        await Timers();
        Parallels();
        Blocking();
        await Streams();
        Console.WriteLine($"value task {await Value(true)} {await Value(false)}");
        Environment.ExitCode = 3; // Main's result wins
        return 7;
    }

    private static async Task Delays()
    {
        long start = Stopwatch.GetTimestamp(); // TickCount64 goes in steps of some milliseconds in dotnet
        await Task.Delay(30);
        Console.WriteLine($"delayed {Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 29}");
        var order = new List<int>();
        await Task.WhenAll(After(40, order), After(10, order), After(100, order));
        Console.WriteLine(string.Join(" ", order));
    }

    private static async Task After(int milliseconds, List<int> order)
    {
        await Task.Delay(milliseconds);
        lock (order) order.Add(milliseconds);
    }

    private static async Task Yields()
    {
        for (int i = 0; i < 3; i++)
        {
            await Task.Yield();
            Console.WriteLine($"yielded {i}");
        }
        // A timer gets its turn though there is always a job.
        Task timer = Task.Delay(20);
        int turns = 0;
        while (!timer.IsCompleted)
        {
            await Task.Yield();
            turns++;
        }
        Console.WriteLine($"turns {turns > 0}");
    }

    private static async Task Cancellation()
    {
        using var source = new CancellationTokenSource(20);
        using var registration = source.Token.Register(() => Console.WriteLine("cancelled"));
        try
        {
            await Task.Delay(Timeout.Infinite, source.Token);
        }
        catch (OperationCanceledException e)
        {
            Console.WriteLine($"{e.GetType().Name} {e.CancellationToken == source.Token}");
        }
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(source.Token);
        Task never = Task.Run(() => { }, linked.Token);
        await never.ContinueWith(_ => { });
        Console.WriteLine($"{linked.IsCancellationRequested} {never.Status}");
        using var unused = new CancellationTokenSource(100_000);
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromMilliseconds(10));
        }
        catch (TimeoutException e)
        {
            Console.WriteLine(e.Message);
        }
    }

    private static async Task Combinators()
    {
        Task<string> fast = Named("fast", 5), slow = Named("slow", 200);
        Console.WriteLine(await await Task.WhenAny(fast, slow));
        Console.WriteLine(string.Join(" ", await Task.WhenAll(fast, slow)));
        await foreach (Task<string> task in Task.WhenEach(Named("second", 60), Named("first", 10)))
            Console.WriteLine(await task);
    }

    private static async Task<string> Named(string name, int milliseconds)
    {
        await Task.Delay(milliseconds);
        return name;
    }

    private static async Task Exceptions()
    {
        try
        {
            await Task.WhenAll(Failing("a"), Task.Delay(1));
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }
        Task both = Task.WhenAll(Failing("c"), Failing("d"));
        await both.ContinueWith(_ => { });
        Console.WriteLine(string.Join(" ", both.Exception!.InnerExceptions.Select(e => e.Message).Order()));  // they come in the order in which the tasks ended
        Console.WriteLine(await Task.FromException<int>(new ArgumentException("x")).ContinueWith(t => t.Exception!.InnerException!.Message));
    }

    private static async Task Failing(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    private static async Task Channels()
    {
        Channel<int> channel = Channel.CreateBounded<int>(2);
        Task producer = Task.Run(async () =>
        {
            for (int i = 0; i < 5; i++) await channel.Writer.WriteAsync(i);
            channel.Writer.Complete();
        });
        int sum = 0;
        await foreach (int item in channel.Reader.ReadAllAsync()) sum += item;
        await producer;
        Console.WriteLine($"channel {sum}");
    }

    private static async Task Semaphores()
    {
        using var semaphore = new SemaphoreSlim(2);
        int inside = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await semaphore.WaitAsync();
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(2);
            Interlocked.Decrement(ref inside);
            semaphore.Release();
        }));
        Console.WriteLine($"semaphore {most <= 2} {inside}");
    }

    private static async Task Timers()
    {
        using (var periodic = new PeriodicTimer(TimeSpan.FromMilliseconds(5)))
        {
            int ticks = 0;
            while (ticks < 3 && await periodic.WaitForNextTickAsync()) ticks++;
            Console.WriteLine($"ticks {ticks}");
        }
        var fired = new TaskCompletionSource<int>();
        int count = 0;
        using var timer = new Timer(_ => { if (++count == 3) fired.TrySetResult(count); }, null, 1, 5);
        Console.WriteLine($"fired {await fired.Task}");
        timer.Change(Timeout.Infinite, Timeout.Infinite);
    }

    private static void Parallels()
    {
        int sum = 0;
        ParallelLoopResult result = Parallel.For(0, 100, i => Interlocked.Add(ref sum, i));
        Console.WriteLine($"parallel {sum} {result.IsCompleted}");
        Parallel.ForEach(new[] { 1, 2, 3 }, value => Interlocked.Add(ref sum, value));
        Parallel.Invoke(() => Interlocked.Increment(ref sum), () => Interlocked.Increment(ref sum));
        Console.WriteLine($"{sum} {Enumerable.Range(0, 100).AsParallel().Select(value => value * 2).Sum()}");
    }

    private static void Blocking()
    {
        Task.Run(() => Console.WriteLine("in a job")).Wait();
        Console.WriteLine(Named("blocked", 10).Result);
        Console.WriteLine($"in time {Task.Delay(10_000).Wait(10)}");
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep(20);
        Console.WriteLine($"slept {Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 19}");
        using var set = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ => set.Set());
        set.Wait();
        Console.WriteLine($"signalled {set.IsSet}");
    }

    private static async Task Streams()
    {
        await foreach (int value in Numbers()) Console.WriteLine($"stream {value}");
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        try
        {
            for (int i = 0; i < 2; i++)
            {
                await Task.Delay(1);
                yield return i;
            }
        }
        finally
        {
            await Task.Yield();
            Console.WriteLine("stream ends");
        }
    }

    private static async ValueTask<int> Value(bool now)
    {
        if (!now) await Task.Yield();
        return now ? 1 : 2;
    }
}
