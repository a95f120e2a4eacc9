// Strings without culture.
internal static class Program
{
    private static void Main()
    {
        Building();
        Searching();
        Cutting();
        Comparing();
        Changing();
        Characters();
        Faults();
    }

    private static void Building()
    {
        string a = "lean", b = "CLR";
        Console.WriteLine(a + b);
        Console.WriteLine(a + " " + b + "!" + 1 + 'c' + true + null);
        Console.WriteLine(string.Concat(a, b, a, b));
        Console.WriteLine(string.Concat(new[] { "x", "y", "z" }));
        Console.WriteLine(string.Join(", ", "a", "b", "c"));
        Console.WriteLine(string.Join('-', new[] { 1, 2, 3 }));
        Console.WriteLine(new string('=', 10));
        Console.WriteLine(new string(new[] { 'o', 'k' }));
        Console.WriteLine(new string("slice".ToCharArray(), 1, 3));
        Console.WriteLine(string.Create(5, 'a', (span, first) => { for (int i = 0; i < span.Length; i++) span[i] = (char)(first + i); }));
        Console.WriteLine($"{a}-{b,6}|{b,-6}|");
        Console.WriteLine(string.Format("{0} {1} {0}", a, b));
        Console.WriteLine(@"verbatim \n ""quoted""");
        Console.WriteLine("""raw "text" here""");
        Console.WriteLine("tab\tend");
        Console.WriteLine("".Length + string.Empty.Length);
    }

    private static void Searching()
    {
        string s = "the quick brown fox jumps over the lazy dog";
        Console.WriteLine(s.IndexOf('q'));
        Console.WriteLine(s.IndexOf("fox", StringComparison.Ordinal));
        Console.WriteLine(s.IndexOf("cat", StringComparison.Ordinal));
        Console.WriteLine(s.LastIndexOf('o'));
        Console.WriteLine(s.LastIndexOf("the", StringComparison.Ordinal));
        Console.WriteLine(s.IndexOfAny(new[] { 'z', 'y' }));
        Console.WriteLine(s.Contains("lazy"));
        Console.WriteLine(s.Contains('!'));
        Console.WriteLine(s.StartsWith("the", StringComparison.Ordinal));
        Console.WriteLine(s.EndsWith("cat", StringComparison.Ordinal));
        Console.WriteLine(s.StartsWith('t'));
        Console.WriteLine("FOX".Equals("fox", StringComparison.OrdinalIgnoreCase));
    }

    private static void Cutting()
    {
        string s = "  padded text  ";
        Console.WriteLine("[" + s.Trim() + "]");
        Console.WriteLine("[" + s.TrimStart() + "]");
        Console.WriteLine("[" + s.TrimEnd() + "]");
        Console.WriteLine("xxabcxx".Trim('x'));
        Console.WriteLine(s.Substring(2, 6));
        Console.WriteLine("abcdef"[2..4]);
        Console.WriteLine("abcdef"[^2..]);
        Console.WriteLine("abcdef"[^1]);
        foreach (string part in "a,b,,c".Split(','))
            Console.WriteLine("<" + part + ">");
        foreach (string part in "a, b,, c".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Console.WriteLine("<" + part + ">");
        Console.WriteLine("one--two--three".Split("--").Length);
        Console.WriteLine("k=v=w".Split('=', 2)[1]);
        Console.WriteLine("removed".Remove(2, 3));
        Console.WriteLine("inrted".Insert(2, "se"));
    }

    private static void Comparing()
    {
        string a = "apple", b = "apples";
        Console.WriteLine(a == "app" + (b.Length > 3 ? "le" : ""));
        Console.WriteLine(a != b);
        Console.WriteLine(string.CompareOrdinal(a, b) < 0);
        Console.WriteLine(string.Compare("B", "a", StringComparison.Ordinal) < 0);
        Console.WriteLine(string.Compare("B", "a", StringComparison.OrdinalIgnoreCase) > 0);
        Console.WriteLine(Math.Sign("abc".CompareTo("abd")));
        Console.WriteLine(string.IsNullOrEmpty(""));
        Console.WriteLine(string.IsNullOrWhiteSpace(" \t"));
        Console.WriteLine(ReferenceEquals("literal", "literal"));
        Console.WriteLine("hash".GetHashCode() == "hash".GetHashCode());
        Console.WriteLine(a.Equals((object)"apple"));
    }

    private static void Changing()
    {
        Console.WriteLine("MiXeD".ToUpperInvariant());
        Console.WriteLine("MiXeD".ToLowerInvariant());
        Console.WriteLine("ÄÖÜ".ToLowerInvariant());
        Console.WriteLine("a-b-c".Replace('-', '+'));
        Console.WriteLine("one two one".Replace("one", "1"));
        Console.WriteLine("7".PadLeft(3, '0'));
        Console.WriteLine("7".PadRight(3, '.') + "|");
        char[] letters = "stressed".ToCharArray();
        Array.Reverse(letters);
        Console.WriteLine(new string(letters));
    }

    private static void Characters()
    {
        string s = "aZ9 _\u00e9\U0001F600";
        Console.WriteLine(s.Length);
        for (int i = 0; i < s.Length; i++)
            Console.WriteLine($"{(int)s[i]:X4} {char.IsLetter(s[i])} {char.IsDigit(s[i])} {char.IsUpper(s[i])} {char.IsWhiteSpace(s[i])} {char.IsSurrogate(s[i])}");
        Console.WriteLine(char.ToUpperInvariant('q'));
        Console.WriteLine(char.ConvertToUtf32(s, 6));
        Console.WriteLine(char.GetNumericValue('8'));
        Console.WriteLine((char)('a' + 1));
        int sum = 0;
        foreach (char c in "checksum")
            sum = sum * 31 + c;
        Console.WriteLine(sum);
    }

    private static void Faults()
    {
        try { _ = "abc"[3]; } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
        try { _ = "abc".Substring(4); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.ParamName); }
        string? nothing = null;
        try { _ = nothing!.Length; } catch (NullReferenceException) { Console.WriteLine("null"); }
        try { _ = "abc".IndexOf(nothing!, StringComparison.Ordinal); } catch (ArgumentNullException e) { Console.WriteLine(e.ParamName); }
    }
}
