// Enums: names, flags, parsing, underlying types, dictionaries and switches over them.
internal enum Color { Red, Green = 5, Blue }
[Flags] internal enum Access { None = 0, Read = 1, Write = 2, Execute = 4, All = Read | Write | Execute }
internal enum Small : sbyte { Min = -128, Zero = 0, Max = 127 }
internal enum Large : ulong { One = 1, Huge = 1UL << 63 }
internal enum Character : ushort { A = 'A' }

internal static class Program
{
    private static void Main()
    {
        Console.WriteLine(Color.Green);
        Console.WriteLine((int)Color.Blue);
        Console.WriteLine((Color)5);
        Console.WriteLine((Color)77);
        Console.WriteLine(Color.Red + 5);
        Console.WriteLine(Color.Blue - Color.Red);
        Color c = Color.Red;
        c += 6;
        Console.WriteLine(c);
        Console.WriteLine(Color.Red < Color.Green);
        Console.WriteLine(Color.Red.CompareTo(Color.Green));
        Console.WriteLine(Color.Red.Equals(Color.Red));
        Console.WriteLine(Color.Green.GetHashCode());

        Access rw = Access.Read | Access.Write;
        Console.WriteLine(rw);
        Console.WriteLine(Access.All);
        Console.WriteLine(Access.None);
        Console.WriteLine((Access)12);
        Console.WriteLine(rw & ~Access.Read);
        Console.WriteLine(rw.HasFlag(Access.Write));
        Console.WriteLine(rw.HasFlag(Access.Execute));
        Console.WriteLine((rw & Access.Read) != 0);
        Console.WriteLine(~Access.Read);

        Console.WriteLine(Small.Min + " " + (sbyte)Small.Max);
        Console.WriteLine(Large.Huge + " " + (ulong)Large.Huge);
        Console.WriteLine(Character.A + " " + (char)Character.A);

        Console.WriteLine(string.Join(',', Enum.GetNames<Color>()));
        Console.WriteLine(string.Join(',', Enum.GetValues<Access>()));
        Console.WriteLine(Enum.IsDefined(Color.Blue) + " " + Enum.IsDefined((Color)4));
        Console.WriteLine(Enum.Parse<Color>("Green"));
        Console.WriteLine(Enum.Parse<Access>("Read, Execute"));
        Console.WriteLine(Enum.Parse<Color>("blue", true));
        Console.WriteLine(Enum.Parse<Color>("6"));
        Console.WriteLine(Enum.TryParse("Nope", out Color nope) + " " + nope);
        Console.WriteLine(Enum.GetUnderlyingType(typeof(Small)).Name);
        Console.WriteLine(Color.Green.ToString("D") + Color.Green.ToString("X") + Color.Green.ToString("G"));
        Console.WriteLine(rw.ToString("F"));
        Console.WriteLine($"{Color.Blue:D} {Color.Blue} {Color.Blue,8}|");

        object boxed = Color.Blue;
        Console.WriteLine(boxed is Color);
        Console.WriteLine(boxed is int);
        Console.WriteLine((int)(Color)boxed);
        Console.WriteLine(boxed.Equals(Color.Blue));
        Console.WriteLine(boxed.Equals(6));
        Console.WriteLine(boxed.GetType().Name);
        Console.WriteLine(boxed.ToString());

        Dictionary<Color, string> map = new() { [Color.Red] = "r", [Color.Blue] = "b" };
        Console.WriteLine(map[Color.Blue] + map.ContainsKey(Color.Green));
        foreach (Color color in Enum.GetValues<Color>())
            Console.WriteLine(color switch { Color.Red => "stop", Color.Green => "go", _ => "sky" });
        Color[] array = { Color.Blue, Color.Red };
        Array.Sort(array);
        Console.WriteLine(array[0]);
        Color? maybe = null;
        Console.WriteLine(maybe?.ToString() ?? "no color");
        Console.WriteLine((Color)(object)Color.Green);
        Console.WriteLine(default(Access));
        Console.WriteLine(typeof(Color).IsEnum + " " + typeof(Color).BaseType!.Name);
    }
}
