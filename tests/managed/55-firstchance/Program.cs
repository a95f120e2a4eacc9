// AppDomain.FirstChanceException: before any filter, for every throw, and not for itself.
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

static class Program
{
    static bool inside;

    static void OnFirstChance(object? sender, FirstChanceExceptionEventArgs args)
    {
        if (inside)
            return;
        inside = true;
        Console.WriteLine($"  first chance: {args.Exception.GetType().Name} {args.Exception.Message} {(sender as AppDomain != null)}");
        try
        {
            throw new FormatException("inside the event");
        }
        catch (FormatException)
        {
        }
        inside = false;
    }

    static bool Filter(Exception e)
    {
        Console.WriteLine($"  filter: {e.Message}");
        return true;
    }

    static int zero;

    static void Try(string title, Action action)
    {
        Console.WriteLine(title);
        try
        {
            action();
        }
        catch (Exception e) when (Filter(e))
        {
        }
    }

    static int Main()
    {
        AppDomain.CurrentDomain.FirstChanceException += OnFirstChance;
        Try("throw", () => throw new InvalidOperationException("one"));
        Try("runtime", () => Console.WriteLine(1 / zero));
        Try("rethrow", () =>
        {
            try
            {
                throw new Exception("two");
            }
            catch
            {
                throw;
            }
        });
        Try("finally", () =>
        {
            try
            {
                throw new Exception("three");
            }
            finally
            {
                Console.WriteLine("  finally");
            }
        });
        Try("reflection", () => typeof(Program).GetMethod("Thrower")!.Invoke(null, null));
        AppDomain.CurrentDomain.FirstChanceException -= OnFirstChance;
        Try("no more", () => throw new Exception("four"));
        return 0;
    }

    public static void Thrower() => throw new ArgumentException("reflected");
}
