// An exception nobody catches: finally blocks, the text on standard error, the exit code.
internal sealed class FatalException(string message, Exception inner) : Exception(message, inner);

internal static class Program
{
    private static void Inner() => throw new InvalidOperationException("the cause");

    private static void Outer()
    {
        try { Inner(); }
        catch (InvalidOperationException e) { throw new FatalException("nobody catches this", e); }
    }

    private static void Main()
    {
        Console.WriteLine("before");
        Outer();
        Console.WriteLine("after");
    }
}
