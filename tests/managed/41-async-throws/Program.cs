// An exception that leaves an asynchronous Main after a wait: what is written, and the exit code.
using System.Threading.Tasks;

AppDomain.CurrentDomain.UnhandledException += (_, e) => Console.WriteLine($"unhandled {((Exception)e.ExceptionObject).Message} {e.IsTerminating}");
AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine("not reached");
try
{
    await Inner();
}
finally
{
    Console.WriteLine("finally");
}

static async Task Inner()
{
    await Task.Delay(1);
    throw new InvalidOperationException("from a task");
}
