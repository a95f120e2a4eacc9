// Two passes: filters run before any finally, on the state as it was; what filters and finally blocks throw.
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

static class Log
{
    public static void Add(string text) => Console.WriteLine("  " + text);
    public static bool Ask(string text, bool answer)
    {
        Add($"filter {text}: {answer}");
        return answer;
    }
}

class Guard(string name) : IDisposable
{
    public void Dispose() => Log.Add("dispose " + name);
}

static class Program
{
    static int depth;

    static void Section(string title, Action action)
    {
        Console.WriteLine(title);
        try
        {
            action();
        }
        catch (Exception e)
        {
            Log.Add($"left: {e.GetType()}: {e.Message}" + (e.InnerException is { } inner ? $" <- {inner.Message}" : ""));
        }
    }

    static void Deep(int n)
    {
        depth = n;
        try
        {
            if (n == 0)
                throw new InvalidOperationException("bottom");
            Deep(n - 1);
        }
        finally
        {
            depth = n;
            Log.Add("finally " + n);
        }
    }

    static void FilterBeforeFinally()
    {
        try
        {
            Deep(3);
        }
        catch (Exception) when (Log.Ask($"sees depth {depth}", true))
        {
            Log.Add($"handler sees depth {depth}");
        }
    }

    static bool Throws(string what) => throw new FormatException(what);

    static void FilterThrows()
    {
        try
        {
            try
            {
                throw new InvalidOperationException("original");
            }
            catch (InvalidOperationException) when (Throws("in a filter"))
            {
                Log.Add("never");
            }
            finally
            {
                Log.Add("finally");
            }
        }
        catch (Exception e) when (e is not FormatException)
        {
            Log.Add("outer handler: " + e.Message);
        }
    }

    static bool HandlesInside()
    {
        try
        {
            Deep(1);
        }
        catch (InvalidOperationException e)
        {
            Log.Add("inside the filter: " + e.Message);
        }
        finally
        {
            Log.Add("finally inside the filter");
        }
        return true;
    }

    static void FilterWithHandlers()
    {
        try
        {
            throw new ArgumentException("outer one");
        }
        catch (ArgumentException e) when (HandlesInside() && e.Message == "outer one")
        {
            Log.Add("handled: " + e.Message);
        }
    }

    static void FilterChangesLocals()
    {
        int asked = 0;
        string seen = "";
        try
        {
            seen += "try ";
            throw new Exception("x");
        }
        catch (ArgumentException) when (++asked > 0)
        {
        }
        catch (Exception) when (++asked > 0 && (seen += "first ") == null)
        {
        }
        catch (Exception e) when ((seen += e.Message + " ") != null && ++asked > 1)
        {
            Log.Add($"{seen}{asked}");
        }
    }

    static void FinallyReplaces()
    {
        try
        {
            try
            {
                throw new InvalidOperationException("first");
            }
            finally
            {
                Log.Add("finally throws");
                throw new FormatException("second");
            }
        }
        catch (InvalidOperationException)
        {
            Log.Add("never");
        }
    }

    static void FinallyCatchesItsOwn()
    {
        try
        {
            throw new InvalidOperationException("kept");
        }
        finally
        {
            try
            {
                throw new FormatException("inner");
            }
            catch (FormatException e)
            {
                Log.Add("finally caught " + e.Message);
            }
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    if (i == 1)
                        continue;
                    Log.Add("turn " + i);
                }
                finally
                {
                    Log.Add("inner finally " + i);
                }
            }
        }
    }

    static void HandlerThrows()
    {
        using Guard a = new("a");
        try
        {
            using Guard b = new("b");
            throw new InvalidOperationException("one");
        }
        catch (InvalidOperationException e)
        {
            using Guard c = new("c");
            throw new ArgumentException("two", e);
        }
        finally
        {
            Log.Add("finally of the throwing handler");
        }
    }

    static int LeaveThroughFinallys()
    {
        for (int i = 0; ; i++)
        {
            try
            {
                try
                {
                    if (i == 2)
                        return i * 10;
                    if (i == 1)
                        continue;
                    Log.Add("body " + i);
                }
                finally
                {
                    Log.Add("first " + i);
                }
            }
            finally
            {
                Log.Add("second " + i);
            }
        }
    }

    static void FilterAcrossDelegates()
    {
        Action chain = () => Log.Add("one");
        chain += () => throw new InvalidOperationException("two");
        chain += () => Log.Add("three");
        try
        {
            try
            {
                chain();
            }
            finally
            {
                Log.Add("after the chain");
            }
        }
        catch (InvalidOperationException e) when (Log.Ask(e.Message, true))
        {
            Log.Add("caught");
        }
    }

    static void FilterOnType<T>(Exception thrown) where T : Exception
    {
        try
        {
            throw thrown;
        }
        catch (T e)
        {
            Log.Add($"{typeof(T).Name} caught {e.GetType().Name}");
        }
    }

    static void RethrowInNested()
    {
        try
        {
            try
            {
                throw new InvalidOperationException("outer");
            }
            catch (InvalidOperationException)
            {
                try
                {
                    throw new FormatException("inner");
                }
                catch (FormatException)
                {
                    Log.Add("inner handled");
                }
                throw;
            }
        }
        catch (Exception e) when (Log.Ask(e.Message, false))
        {
        }
    }

    static void FilterDeclines()
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                try
                {
                    throw new Exception("number " + i);
                }
                catch (Exception) when (Log.Ask("inner", i == 1))
                {
                    Log.Add("inner handler");
                }
                finally
                {
                    Log.Add("finally");
                }
            }
            catch (Exception) when (Log.Ask("outer", i != 1))
            {
                Log.Add("outer handler");
            }
        }
    }

    static async Task AsyncFilter()
    {
        int state = 0;
        try
        {
            try
            {
                await Task.Yield();
                state = 1;
                throw new InvalidOperationException("async");
            }
            finally
            {
                await Task.Yield();
                state = 2;
                Log.Add("async finally");
            }
        }
        catch (InvalidOperationException) when (Log.Ask($"async state {state}", state > 0))
        {
            await Task.Yield();
            Log.Add("async handler");
        }
    }

    static void Nested(int n)
    {
        try
        {
            throw new Exception("level " + n);
        }
        catch (Exception e)
        {
            if (n == 0)
                throw;
            try
            {
                Nested(n - 1);
            }
            catch (Exception inner)
            {
                throw new Exception(e.Message, n % 10 == 0 ? inner : inner.InnerException);
            }
        }
    }

    static void Uncatchable()
    {
        try
        {
            throw new WrappedException();
        }
        catch (Exception e)
        {
            Log.Add(e.Message);
        }
    }

    class WrappedException : Exception
    {
        public override string Message => "a message of its own";
    }

    static int Main()
    {
        Section("filters before finally", FilterBeforeFinally);
        Section("filter that throws", FilterThrows);
        Section("filter with handlers", FilterWithHandlers);
        Section("filter changes locals", FilterChangesLocals);
        Section("finally replaces", FinallyReplaces);
        Section("finally catches its own", FinallyCatchesItsOwn);
        Section("handler throws", HandlerThrows);
        Section("leave through finallys", () => Log.Add(LeaveThroughFinallys().ToString()));
        Section("across delegates", FilterAcrossDelegates);
        Section("by type", () => FilterOnType<ArgumentException>(new ArgumentNullException("p")));
        Section("by another type", () => FilterOnType<FormatException>(new ArgumentNullException("p")));
        Section("rethrow in nested", RethrowInNested);
        Section("filter declines", FilterDeclines);
        Section("async filter", () => AsyncFilter().GetAwaiter().GetResult());
        Section("handlers in handlers", () => Nested(40));
        Section("message of its own", Uncatchable);
        Section("throw null", () => throw null!);
        Section("lock", () =>
        {
            object gate = new();
            try
            {
                lock (gate)
                    throw new Exception("locked");
            }
            catch
            {
                Log.Add("held: " + System.Threading.Monitor.IsEntered(gate));
            }
        });
        return 0;
    }
}
