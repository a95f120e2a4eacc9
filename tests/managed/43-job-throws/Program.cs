// An exception that leaves an async void method ends the process, though Main could catch it nowhere.
using System.Threading;
using System.Threading.Tasks;

internal static class Program
{
    private static async Task Main()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Console.WriteLine($"unhandled {((Exception)e.ExceptionObject).Message}");
        try
        {
            Forget();
            await Task.Delay(60_000);
            Console.WriteLine("not reached");
        }
        catch (Exception)
        {
            Console.WriteLine("not reached");
        }
        finally
        {
            Console.WriteLine("not reached");
        }
    }

    private static async void Forget()
    {
        await Task.Delay(5);
        throw new InvalidOperationException("nobody awaits this");
    }
}
