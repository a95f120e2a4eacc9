// Kernels.dll KERNEL SCALE REPEAT: runs a kernel REPEAT times and prints "checksum,microseconds" for each run.
// Kernels.dll heap measures the collector (Heap.cs), Kernels.dll import the importer (Import.cs).
// Without arguments it prints the names. SCALE multiplies the work; at one scale the checksum is the same everywhere.
using System.Diagnostics;

namespace Kernels;

internal static class Driver
{
    private static readonly Dictionary<string, Func<int, int>> kernels = new()
    {
        ["fib"] = Fib.Run,
        ["sieve"] = Sieve.Run,
        ["nbody"] = NBody.Run,
        ["mandelbrot"] = Mandelbrot.Run,
        ["matmul"] = MatMul.Run,
        ["spectral"] = Spectral.Run,
        ["trees"] = Trees.Run,
        ["dictionary"] = DictionaryInts.Run,
        ["strings"] = Strings.Run,
        ["dispatch"] = Dispatch.Run,
        ["sort"] = Sort.Run,
        ["structs"] = Structs.Run,
        ["exceptions"] = Exceptions.Run,
        ["delegates"] = Delegates.Run,
        ["linq"] = Linq.Run,
        ["spans"] = Spans.Run,
        ["pinvoke-cpp"] = PInvoke.RunCpp,
        ["pinvoke-by-hand"] = PInvoke.RunByHand,
        ["pinvoke-by-address"] = PInvoke.RunByAddress,
        ["pinvoke-js"] = PInvoke.RunJs,
    };

    private static int Main(string[] args)
    {
        if (args.Length == 0)
        {
            foreach (string name in kernels.Keys)
                Console.WriteLine(name);
            return 0;
        }
        switch (args[0])
        {
            case "heap": Heap.Run(); return 0;
            case "import": Import.Run(); return 0;
            case "il": Import.Count(args[1..]); return 0;
        }
        Func<int, int> kernel = kernels[args[0]];
        int scale = int.Parse(args[1]);
        int repeat = int.Parse(args[2]);
        for (int i = 0; i < repeat; i++)
        {
            long start = Stopwatch.GetTimestamp();
            int checksum = kernel(scale);
            long microseconds = (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            Console.WriteLine(checksum + "," + microseconds);
        }
        return 0;
    }
}
