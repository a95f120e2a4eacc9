// AppDomain.UnhandledException, and what an async Main that fails looks like.
using System.Threading.Tasks;

static class Program
{
    static async Task Work(int n)
    {
        await Task.Yield();
        if (n == 0)
            throw new ArgumentException("deep down", "parameter");
        try
        {
            await Work(n - 1);
        }
        finally
        {
            Console.WriteLine("finally " + n);
        }
    }

    static async Task<int> Main()
    {
        AppDomain.CurrentDomain.UnhandledException += (sender, args) =>
            Console.WriteLine($"one {sender is AppDomain} {args.IsTerminating} {args.ExceptionObject.GetType()}");
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Console.WriteLine("two");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine("never: ProcessExit");
        try
        {
            await Work(3);
        }
        finally
        {
            Console.WriteLine("finally Main");
        }
        return 5;
    }
}
