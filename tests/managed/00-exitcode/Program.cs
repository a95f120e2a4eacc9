// The smallest program there is: no Console, no class library beyond Object.
internal static class Program
{
    private static int Add(int a, int b) => a + b;

    private static int Main() => Add(20, 22);
}
