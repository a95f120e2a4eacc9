// A synchronous Main ends the process, whatever is pending then.
using System.Threading;
using System.Threading.Tasks;

internal static class Program
{
    private static void Main()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine($"process exit {Environment.ExitCode}");
        _ = Later(60_000);
        _ = new Timer(_ => Console.WriteLine("not reached"), null, 60_000, 60_000);
        Console.WriteLine(Sooner().GetAwaiter().GetResult());
        Environment.ExitCode = 9;
    }

    private static async Task Later(int milliseconds)
    {
        await Task.Delay(milliseconds);
        Console.WriteLine("not reached");
    }

    private static async Task<string> Sooner()
    {
        await Task.Delay(5);
        return "sooner";
    }
}
