// C# that blocks: stacks that wait for each other, for timers, for locks.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

internal static class Program
{
    private static readonly object Gate = new();
    private static readonly List<string> Log = new();

    [ThreadStatic]
    private static int ofThread;
    private static readonly AsyncLocal<string> Flowing = new();

    private static int Main()
    {
        Run("nested results", () => Task.Run(() => Task.Run(() => Task.Run(() => 3).Result * 7).Result * 2).Result);
        Run("results in turn", ResultsInTurn);
        Run("semaphore and timer", SemaphoreAndTimer);
        Run("pulse all", PulseAll);
        Run("pulses in order", PulsesInOrder);
        Run("wait in time", WaitInTime);
        Run("contention", Contention);
        Run("try enter", TryEnter);
        Run("sleep and timer", SleepAndTimer);
        Run("timers that wait", TimersThatWait);
        Run("exceptions", Exceptions);
        Run("finally", Finally);
        Run("identity", Identity);
        Run("events", Events);
        Run("cancellation", Cancellation);
        Run("producer and consumer", ProducerAndConsumer);
        Run("barrier", Barriers);
        Run("spinning", Spinning);
        Run("structs on the stack", StructsOnTheStack);
        Run("deep", () => Deep(200));
        Run("reflection", () => typeof(Program).GetMethod("Reflected", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.Invoke(null, null)!);
        Run("static constructor", () => Slow.Value);
        Run("lock with await", LockWithAwait);
        return Task.Run(async () => { await Task.Delay(5); return 17; }).GetAwaiter().GetResult();
    }

    private static void Run(string name, Func<object> body)
    {
        try { Console.WriteLine($"{name}: {body()}"); }
        catch (Exception error) { Console.WriteLine($"{name}: {error.GetType()} {error.Message}"); }
    }

    private static string Logged()
    {
        string text = string.Join(" ", Log);
        Log.Clear();
        return text;
    }

    private static object ResultsInTurn()
    {
        var first = new TaskCompletionSource<int>();
        var second = new TaskCompletionSource<int>();
        Task<int> one = Task.Run(() => { first.SetResult(1); return second.Task.Result + 10; });
        Task<int> two = Task.Run(() => { int value = first.Task.Result; second.SetResult(value + 1); return value + 100; });
        return $"{one.Result} {two.Result}";
    }

    private static object SemaphoreAndTimer()
    {
        using var semaphore = new SemaphoreSlim(0);
        bool early = semaphore.Wait(1);
        using var timer = new Timer(_ => semaphore.Release(), null, 20, Timeout.Infinite);
        semaphore.Wait();
        return $"{early} {semaphore.CurrentCount} {semaphore.Wait(5)}";
    }

    private static object PulseAll()
    {
        int ready = 0, woken = 0;
        var tasks = new List<Task>();
        for (int i = 0; i < 4; i++)
            tasks.Add(Task.Factory.StartNew(() =>
            {
                lock (Gate)
                {
                    ready++;
                    Monitor.Wait(Gate);
                    woken++;
                }
            }, TaskCreationOptions.LongRunning | TaskCreationOptions.None));
        while (true)
        {
            lock (Gate) if (ready == 4) break;
            Thread.Sleep(1);
        }
        lock (Gate) Monitor.PulseAll(Gate);
        Task.WaitAll(tasks.ToArray());
        return woken;
    }

    private static object PulsesInOrder()
    {
        var tasks = new List<Task>();
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            var waits = new ManualResetEventSlim();
            tasks.Add(Task.Factory.StartNew(() =>
            {
                lock (Gate)
                {
                    waits.Set();
                    Monitor.Wait(Gate);
                    Log.Add(number.ToString());
                }
            }, TaskCreationOptions.LongRunning));
            waits.Wait();
            lock (Gate) { }
        }
        for (int i = 0; i < 3; i++)
        {
            lock (Gate) Monitor.Pulse(Gate);
            tasks[i].Wait();
        }
        return Logged();
    }

    private static object WaitInTime()
    {
        lock (Gate)
        {
            lock (Gate)
            {
                bool pulsed = Monitor.Wait(Gate, 10);
                return $"{pulsed} {Monitor.IsEntered(Gate)}";
            }
        }
    }

    private static object Contention()
    {
        int inside = 0, most = 0, total = 0;
        var tasks = new List<Task>();
        for (int i = 0; i < 5; i++)
            tasks.Add(Task.Run(() =>
            {
                for (int round = 0; round < 3; round++)
                    lock (Gate)
                    {
                        most = Math.Max(most, ++inside);
                        Thread.Sleep(1);
                        total++;
                        inside--;
                    }
            }));
        Task.WaitAll(tasks.ToArray());
        return $"{most} {total}";
    }

    private static object TryEnter()
    {
        var holds = new ManualResetEventSlim();
        var leave = new ManualResetEventSlim();
        Task holder = Task.Run(() => { lock (Gate) { holds.Set(); leave.Wait(); } });
        holds.Wait();
        bool at_once = Monitor.TryEnter(Gate), in_time = Monitor.TryEnter(Gate, 5);
        leave.Set();
        bool later = Monitor.TryEnter(Gate, 10_000);
        if (later) Monitor.Exit(Gate);
        holder.Wait();
        try { Monitor.Exit(Gate); }
        catch (SynchronizationLockException) { return $"{at_once} {in_time} {later} not held"; }
        return "held";
    }

    private static object SleepAndTimer()
    {
        using var timer = new Timer(_ => { lock (Log) Log.Add("timer"); }, null, 10, Timeout.Infinite);
        Thread.Sleep(300);
        lock (Log) Log.Add("slept");
        lock (Log) return Logged();
    }

    private static object TimersThatWait()
    {
        var set = new ManualResetEventSlim();
        var done = new CountdownEvent(2);
        using var waits = new Timer(_ => { set.Wait(); done.Signal(); }, null, 1, Timeout.Infinite);
        using var sets = new Timer(_ => { set.Set(); done.Signal(); }, null, 40, Timeout.Infinite);
        done.Wait();
        return done.IsSet;
    }

    private static object Exceptions()
    {
        try { return Task.Run(int () => { Thread.Sleep(5); throw new InvalidOperationException("late"); }).Result; }
        catch (AggregateException error) { return error.InnerException!.Message; }
    }

    private static object Finally()
    {
        try
        {
            try { throw new FormatException("first"); }
            finally
            {
                Thread.Sleep(3);
                Log.Add("finally");
                Task.Run(() => Log.Add("job in finally")).Wait();
            }
        }
        catch (FormatException error) when (Filtered(error)) { Log.Add(error.Message); }
        return Logged();
    }

    private static bool Filtered(Exception error)
    {
        Log.Add(Task.Run(() => "filter").Result);
        return error is FormatException;
    }

    private static object Identity()
    {
        ofThread = 1;
        Flowing.Value = "main";
        int main = Environment.CurrentManagedThreadId;
        string inside = Task.Run(() =>
        {
            bool other = Environment.CurrentManagedThreadId != main;
            int before = ofThread;
            ofThread = 2;
            int mine = Environment.CurrentManagedThreadId;
            Flowing.Value += " job";
            Thread.Sleep(3);
            return $"{other} {before} {ofThread} {mine == Environment.CurrentManagedThreadId} {Flowing.Value} {Thread.CurrentThread.IsThreadPoolThread} {Thread.CurrentThread.IsBackground}";
        }).Result;
        return $"{inside} {ofThread} {Flowing.Value} {main == Environment.CurrentManagedThreadId} {Thread.CurrentThread.IsThreadPoolThread}";
    }

    private static object Events()
    {
        using var automatic = new AutoResetEvent(false);
        using var manual = new ManualResetEvent(false);
        Task waits = Task.Run(() => { automatic.WaitOne(); Log.Add("automatic"); manual.Set(); });
        bool early = manual.WaitOne(5);
        automatic.Set();
        manual.WaitOne();
        waits.Wait();
        int which = WaitHandle.WaitAny(new WaitHandle[] { automatic, manual }, 1000);
        return $"{early} {Logged()} {which} {automatic.WaitOne(0)}";
    }

    private static object Cancellation()
    {
        using var source = new CancellationTokenSource(10);
        try { new SemaphoreSlim(0).Wait(source.Token); }
        catch (OperationCanceledException) { return "cancelled"; }
        return "not cancelled";
    }

    private static object ProducerAndConsumer()
    {
        using var queue = new System.Collections.Concurrent.BlockingCollection<int>(2);
        Task<int> consumer = Task.Run(() =>
        {
            int sum = 0;
            foreach (int value in queue.GetConsumingEnumerable()) sum += value;
            return sum;
        });
        for (int i = 1; i <= 10; i++) queue.Add(i);
        queue.CompleteAdding();
        return consumer.Result;
    }

    private static object Barriers()
    {
        int phases = 0;
        using var barrier = new Barrier(3, _ => phases++);
        var tasks = new List<Task>();
        for (int i = 0; i < 3; i++)
            tasks.Add(Task.Factory.StartNew(() => { for (int round = 0; round < 4; round++) barrier.SignalAndWait(); }, TaskCreationOptions.LongRunning));
        Task.WaitAll(tasks.ToArray());
        return phases;
    }

    private static object Spinning()
    {
        bool done = false;
        Task.Run(() => Volatile.Write(ref done, true));
        SpinWait.SpinUntil(() => Volatile.Read(ref done));
        Task<int> job = Task.Run(() => 5);
        while (!job.IsCompleted) Thread.Yield();
        return job.Result;
    }

    private struct Big
    {
        public long A, B, C;
        public string Text;
        public Big(int seed) { A = seed; B = seed + 1; C = seed + 2; Text = "big " + seed; Thread.Sleep(1); GC.Collect(); }
    }

    private static object StructsOnTheStack()
    {
        string own = string.Concat("o", "wn");
        Span<int> local = stackalloc int[8];
        for (int i = 0; i < local.Length; i++) local[i] = i;
        Big big = new(4);
        Big other = Task.Run(() => new Big(9)).Result;
        int sum = 0;
        foreach (int value in local) sum += value;
        return $"{big.A + big.B + big.C + other.A} {big.Text} {other.Text} {own} {sum}";
    }

    private static int Deep(int left) => left == 0 ? Task.Run(async () => { await Task.Delay(1); return 1; }).Result : Deep(left - 1) + 1;

    private static string Reflected() => Task.Run(async () => { await Task.Delay(2); return "reflected"; }).Result;

    private static class Slow
    {
        public static readonly string Value = Task.Run(async () => { await Task.Delay(2); return "constructed"; }).Result;
    }

    private static object LockWithAwait()
    {
        lock (Gate)
        {
            Task other = Task.Run(() => { lock (Gate) Log.Add("other"); });
            bool in_time = other.Wait(10);
            Log.Add("holder");
            Task.Run(async () => { await Task.Delay(5); }).Wait();
            Monitor.Exit(Gate);
            other.Wait();
            Monitor.Enter(Gate);
            return $"{in_time} {Logged()}";
        }
    }
}
