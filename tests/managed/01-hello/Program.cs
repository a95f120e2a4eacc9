// Text to standard output, in pieces and by lines.
Console.WriteLine("Hello, World!");
Console.Write("one ");
Console.Write("two");
Console.WriteLine();
Console.WriteLine("Umlauts äöü, Greek αβγ, an emoji \U0001F600");
Console.WriteLine(42);
Console.WriteLine('x');
Console.WriteLine(true);
