// A foreign function that the host binds: the library's name is a placeholder, as with every manual registration.
using System.Runtime.InteropServices;

Console.WriteLine(Native.Add(2, 40));
Console.WriteLine(Native.Greet("LeanCLR"));

internal static class Native
{
    [DllImport("host")]
    internal static extern int Add(int a, int b);

    [DllImport("host")]
    internal static extern string Greet(string name);
}
