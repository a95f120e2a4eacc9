// Branches, loops and every form of switch.
internal static class Program
{
    private static void Main()
    {
        Loops();
        for (int i = -1; i < 8; i++)
            Console.WriteLine(Dense(i));
        foreach (int n in new[] { 1, 100, 10_000, 1_000_000, 7 })
            Console.WriteLine(Sparse(n));
        foreach (string? s in new[] { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "none", null })
            Console.WriteLine(Text(s));
        foreach (object? o in new object?[] { 1, -5, 3.5, "text", "", 'c', null, new[] { 1, 2 }, 12L })
            Console.WriteLine(Pattern(o));
        for (int n = 0; n < 20; n += 3)
            Console.WriteLine(n is > 3 and < 15 and not 9 ? "in " + n : "out " + n);
        Console.WriteLine(Long(5_000_000_000));
        Console.WriteLine(Long(-1));
        GoTo();
        Logic();
    }

    private static void Loops()
    {
        int sum = 0;
        for (int i = 0; i < 100; i++)
        {
            if (i % 3 == 0)
                continue;
            if (i > 80)
                break;
            sum += i;
        }
        Console.WriteLine(sum);
        int n = 27, steps = 0;
        while (n != 1)
        {
            n = n % 2 == 0 ? n / 2 : 3 * n + 1;
            steps++;
        }
        Console.WriteLine(steps);
        do
            steps -= 10;
        while (steps > 0);
        Console.WriteLine(steps);
        int pairs = 0;
        for (int i = 0, j = 10; i < j; i++, j--)
            for (int k = i; k < j; k++)
                pairs += k;
        Console.WriteLine(pairs);
        foreach (char c in "loop")
            Console.Write(c + ".");
        Console.WriteLine();
    }

    private static string Dense(int n)
    {
        switch (n)
        {
            case 0: return "zero";
            case 1:
            case 2: return "one or two";
            case 3: goto case 5;
            case 4: return "four";
            case 5: return "five";
            case 6: break;
            default: return "other";
        }
        return "six";
    }

    private static string Sparse(int n) => n switch
    {
        1 => "one",
        100 => "hundred",
        10_000 => "ten thousand",
        1_000_000 => "million",
        _ => "unknown",
    };

    private static int Text(string? s)
    {
        switch (s)
        {
            case "zero": return 0;
            case "one": return 1;
            case "two": return 2;
            case "three": return 3;
            case "four": return 4;
            case "five": return 5;
            case "six": return 6;
            case "seven": return 7;
            case "eight": return 8;
            case "nine": return 9;
            case null: return -1;
            default: return -2;
        }
    }

    private static string Pattern(object? o) => o switch
    {
        null => "null",
        int n when n < 0 => "negative " + n,
        int n => "int " + n,
        double d => "double " + d,
        string { Length: 0 } => "empty",
        string s => "string " + s,
        char => "char",
        int[] and [var first, ..] => "array from " + first,
        _ => o.GetType().Name,
    };

    private static string Long(long n) => n switch { 5_000_000_000 => "five billion", < 0 => "negative", _ => "?" };

    private static void GoTo()
    {
        int n = 0;
    again:
        n++;
        if (n < 5)
            goto again;
        Console.WriteLine(n);
    }

    private static bool Say(string name, bool value)
    {
        Console.Write(name + " ");
        return value;
    }

    private static void Logic()
    {
        Console.WriteLine(Say("a", false) && Say("b", true));
        Console.WriteLine(Say("a", true) || Say("b", true));
        Console.WriteLine(Say("a", false) | Say("b", true));
        Console.WriteLine(Say("a", true) ^ Say("b", true));
        Console.WriteLine(!Say("a", true));
        string? nothing = null;
        Console.WriteLine(nothing ?? "default");
        Console.WriteLine(nothing?.Length ?? -1);
        nothing ??= "set";
        Console.WriteLine(nothing);
    }
}
