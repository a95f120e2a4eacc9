// An exception that leaves a finalizer ends the program as any other that nobody catches.
using System.Runtime.CompilerServices;

class Fragile
{
    ~Fragile()
    {
        Console.WriteLine("finalizing");
        throw new InvalidOperationException("from a finalizer");
    }
}

static class Program
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Make() => GC.KeepAlive(new Fragile());

    static int Main()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, args) => Console.WriteLine($"unhandled {args.IsTerminating} {((Exception)args.ExceptionObject).Message}");
        Make();
        for (int i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Console.WriteLine("never");
        return 0;
    }
}
