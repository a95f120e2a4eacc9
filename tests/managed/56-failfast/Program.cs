// Environment.FailFast: nothing runs after it, not even finally blocks.
static class Program
{
    static int Main()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine("never: ProcessExit");
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Console.WriteLine("never: UnhandledException");
        try
        {
            try
            {
                Environment.FailFast("the message", new InvalidOperationException("the exception"));
            }
            catch
            {
                Console.WriteLine("never: catch");
            }
        }
        finally
        {
            Console.WriteLine("never: finally");
        }
        return 3;
    }
}
