// Environment.Exit inside try and finally: no block runs after it, ProcessExit does.
static class Program
{
    static void Leave(int code)
    {
        try
        {
            try
            {
                Console.WriteLine("leaving");
                Environment.Exit(code);
            }
            finally
            {
                Console.WriteLine("never: inner finally");
            }
        }
        catch (Exception)
        {
            Console.WriteLine("never: catch");
        }
    }

    static int Main()
    {
        AppDomain.CurrentDomain.ProcessExit += (sender, args) => Console.WriteLine($"ProcessExit {sender is AppDomain} {args == EventArgs.Empty} {Environment.ExitCode}");
        try
        {
            throw new Exception("x");
        }
        catch when (Run(() => Console.WriteLine("filter")))
        {
            try
            {
                Console.WriteLine("handler");
            }
            finally
            {
                List<int> list = [3, 1, 2];
                list.Sort((a, b) =>
                {
                    Leave(42);
                    return a - b;
                });
                Console.WriteLine("never: after");
            }
        }
        return 1;
    }

    static bool Run(Action action)
    {
        action();
        return true;
    }
}
