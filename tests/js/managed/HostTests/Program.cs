using System;
using HostTests;

// What `leanclr run` runs: the first argument says what to do.
switch (args.Length == 0 ? "" : args[0])
{
    case "exit":
        Console.WriteLine("leaving");
        return int.Parse(args[1]);
    case "throw":
        Console.WriteLine("before");
        Methods.Throw("nobody catches this");
        return 0;
    case "both":
        Console.WriteLine("to stdout");
        Console.Error.WriteLine("to stderr");
        return 0;
    case "much":
        string line = new('x', 99);
        for (int i = 0; i < 20_000; i++)
            Console.WriteLine(line);
        return 0;
    case "dependency":
        Console.WriteLine(Methods.UseDependency());
        return 0;
    case "task":
        return await Tasks.Main(args[1]);
    case "wait":
        return Waiting.Main(args[1]);
    default:
        foreach (string arg in args)
            Console.WriteLine($"<{arg}>");
        return 0;
}
