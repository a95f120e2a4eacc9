using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

Console.WriteLine(Basics.Add(40, 2));

public static partial class Basics
{
    [JSImport("add", "main.js")]
    public static partial int Add(int a, int b);

    [JSExport]
    public static int Multiply(int a, int b) => a * b;
}
