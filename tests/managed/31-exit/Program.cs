// Environment.Exit from deep inside: no finally block runs, the code comes through, the output is complete.
internal static class Program
{
    private static void Deep(int n)
    {
        try
        {
            if (n == 0)
                Environment.Exit(77);
            Deep(n - 1);
        }
        finally { Console.WriteLine("must not appear"); }
    }

    private static int Main()
    {
        Console.WriteLine("before");
        Console.Write("no line end");
        Deep(10);
        return 1;
    }
}
