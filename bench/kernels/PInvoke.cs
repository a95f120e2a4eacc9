// Foreign functions: the same loop over C++ functions, registered in each of the three ways, and one of JavaScript.
using System.Runtime.InteropServices;

namespace Kernels;

internal static class PInvoke
{
    public const int CallsPerScale = 500_000;

    [DllImport("bench")]
    private static extern int AddCpp(int a, int b);

    [DllImport("bench")]
    private static extern int AddByHand(int a, int b);

    [DllImport("bench")]
    private static extern int AddByAddress(int a, int b);

    [DllImport("bench")]
    private static extern int AddJs(int a, int b);

    public static int RunCpp(int scale)
    {
        int sum = 0;
        for (int i = 0; i < scale * CallsPerScale; i++)
            sum = AddCpp(sum, i & 7);
        return sum;
    }

    public static int RunByHand(int scale)
    {
        int sum = 0;
        for (int i = 0; i < scale * CallsPerScale; i++)
            sum = AddByHand(sum, i & 7);
        return sum;
    }

    public static int RunByAddress(int scale)
    {
        int sum = 0;
        for (int i = 0; i < scale * CallsPerScale; i++)
            sum = AddByAddress(sum, i & 7);
        return sum;
    }

    public static int RunJs(int scale)
    {
        int sum = 0;
        for (int i = 0; i < scale * CallsPerScale; i++)
            sum = AddJs(sum, i & 7);
        return sum;
    }
}
