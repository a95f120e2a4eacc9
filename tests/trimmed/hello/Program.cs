// Hello world, the measure of the smallest useful program.
Console.WriteLine("Hello, World!");
