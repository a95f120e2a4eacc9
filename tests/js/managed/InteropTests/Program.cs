using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

if (args is ["later"]) return await Basics.Later();
if (args is ["blocking"]) return Basics.Later().Result + Task.Run(Basics.Later).GetAwaiter().GetResult();
Console.WriteLine(Basics.Add(40, 2));
return 0;

public static partial class Basics
{
    [JSImport("add", "main.js")]
    public static partial int Add(int a, int b);

    [JSImport("later", "main.js")]
    public static partial Task<int> Later();

    [JSExport]
    public static int Multiply(int a, int b) => a * b;
}
