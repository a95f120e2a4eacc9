// Arguments, the environment, and an exit code set on the side.
internal static class Program
{
    private static void Main(string[] args)
    {
        Console.WriteLine(args.Length);
        foreach (string arg in args)
            Console.WriteLine("<" + arg + ">" + arg.Length);
        Console.WriteLine(Environment.GetCommandLineArgs().Length);
        Console.WriteLine(Environment.GetEnvironmentVariable("LEANCLR_NO_SUCH_VARIABLE") ?? "unset");
        Console.WriteLine(Environment.NewLine.Length);
        Console.WriteLine(Environment.ExitCode);
        Console.Error.WriteLine("to standard error");
        Environment.ExitCode = args.Length + 10;
    }
}
