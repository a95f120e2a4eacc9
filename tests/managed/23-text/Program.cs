// StringBuilder, formatting, parsing, interpolation, encodings, dates without a culture.
using System.Globalization;
using System.Text;

internal sealed class Temperature(double celsius) : IFormattable
{
    public string ToString(string? format, IFormatProvider? provider) => format == "F" ? (celsius * 9 / 5 + 32) + "F" : celsius + "C";
    public override string ToString() => ToString(null, null);
}

internal static class Program
{
    private static void Main()
    {
        Builder();
        Integers();
        Floats();
        Decimals();
        Interpolation();
        Parsing();
        Encodings();
        Dates();
        Others();
    }

    private static void Builder()
    {
        StringBuilder text = new("start");
        text.Append(' ').Append(1).Append(true).Append(2.5).Append('x', 3).Append("cut here", 0, 3).AppendLine("!");
        text.AppendFormat("{0:D3}|{1,5}|{2,-5}|", 7, "r", "l");
        text.Insert(0, ">> ").Replace("xxx", "yyy").Remove(3, 5);
        Console.WriteLine(text);
        Console.WriteLine(text.Length);
        Console.WriteLine(text[0]);
        text[0] = '#';
        Console.WriteLine(text.ToString(0, 6));
        text.Clear().AppendJoin(", ", 1, 2, 3);
        Console.WriteLine(text);
        StringBuilder large = new();
        for (int i = 0; i < 2000; i++)
            large.Append(i % 10);
        Console.WriteLine(large.Length + " " + large[1999] + large.ToString().AsSpan(990, 12).ToString());
        text.Clear().Append($"{5} and {"five"}");
        Console.WriteLine(text.Equals(new StringBuilder("5 and five")));
    }

    private static void Integers()
    {
        Console.WriteLine($"{1234567:N0} {1234567:D10} {255:X} {255:x8} {-5:D3} {42:B8} {0:00.00}");
        Console.WriteLine($"{int.MinValue} {long.MinValue} {ulong.MaxValue} {sbyte.MinValue}");
        Console.WriteLine($"{12345.678:#,##0.00} {0.5:P1} {1e6:E2} {1234:G2} {7:C}");
        Console.WriteLine(5.ToString("000") + 1_000_000.ToString("N1") + (-1).ToString("X"));
        Console.WriteLine($"{1 << 20:#,#}");
    }

    private static void Floats()
    {
        double[] doubles = { 0, -0.0, 1, 0.1, 1.0 / 3, 1e15, 1e16, 123456789.125, 1e-5, 1e-4, 5e-324, double.MaxValue, Math.PI, 1e100, 100, 2.5e-10 };
        foreach (double d in doubles)
            Console.WriteLine($"{d} {d:R} {d:F3} {d:E3} {d:G5}");
        float[] floats = { 0.1f, 1f / 3, 16777216f, 1e-10f, float.MaxValue, 3.14159274f };
        foreach (float f in floats)
            Console.WriteLine($"{f} {f:F2} {(double)f}");
        Console.WriteLine($"{double.NaN} {double.PositiveInfinity} {double.NegativeInfinity}");
        Console.WriteLine($"{2.5:F0} {3.5:F0} {-2.5:F0} {0.125:F2} {0.135:F2} {1e21:F0}");
    }

    private static void Decimals()
    {
        decimal d = 10.10m;
        Console.WriteLine(d + 0.9m);
        Console.WriteLine(d * 3.33m);
        Console.WriteLine(1m / 3m);
        Console.WriteLine(d % 3);
        Console.WriteLine(decimal.MaxValue);
        Console.WriteLine(decimal.Round(2.345m, 2) + " " + decimal.Floor(-1.5m) + " " + decimal.Truncate(9.99m));
        Console.WriteLine((int)99.9m + (long)1e10m);
        Console.WriteLine((decimal)0.1 + (decimal)1.5f);
        Console.WriteLine($"{1234.5m:N2} {0.000001m} {d:F4}");
        Console.WriteLine(1.0m == 1.00m);
        Console.WriteLine(1.00m.ToString());
        Console.WriteLine(decimal.Parse("-79228.16251426"));
        try { _ = decimal.MaxValue + d; } catch (OverflowException) { Console.WriteLine("overflow"); }
    }

    private static void Interpolation()
    {
        int n = 42;
        string s = "text";
        Console.WriteLine($"{n,8}|{n,-8}|{n:X4}|{s,6}|{s,-6}|{(n > 40 ? "big" : "small")}|{{}}");
        Console.WriteLine($"{new Temperature(20)} {new Temperature(20):F} {new Temperature(20),8}");
        Console.WriteLine($"{null}{true}{'c'}{1.5}{n.ToString().Length}");
        Console.WriteLine($"nested {$"inner {n}"} done");
        FormattableString format = $"{n} of {s}";
        Console.WriteLine(format.Format + format.ArgumentCount);
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0} {1:F1} {2}", 1, 2.25, "3"));
        Console.WriteLine($"""raw {n} "quoted" """);
        try { Console.WriteLine(string.Format("{1}", 1)); } catch (FormatException) { Console.WriteLine("format"); }
    }

    private static void Parsing()
    {
        Console.WriteLine(int.Parse("-123") + int.Parse("  7 ") + int.Parse("1F", NumberStyles.HexNumber));
        Console.WriteLine(long.Parse("9223372036854775807"));
        Console.WriteLine(double.Parse("1.5e3") + double.Parse("-.25") + float.Parse("0.1"));
        Console.WriteLine(double.Parse("0.1") == 0.1);
        Console.WriteLine(double.Parse("2.2250738585072014E-308"));
        Console.WriteLine(bool.Parse("True") + " " + char.Parse("c") + " " + Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        Console.WriteLine(int.TryParse("12a", out int n) + " " + n);
        Console.WriteLine(byte.TryParse("256", out _) + " " + uint.TryParse("-1", out _));
        Console.WriteLine(int.TryParse("1,234", NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out n) + " " + n);
        foreach (string bad in new[] { "", "x", "99999999999" })
        {
            try { int.Parse(bad); }
            catch (FormatException e) { Console.WriteLine(e.Message); }
            catch (OverflowException e) { Console.WriteLine(e.Message); }
        }
        Console.WriteLine(Convert.ToInt32("101", 2) + Convert.ToString(255, 16) + Convert.ToInt32(2.5) + Convert.ToInt32(3.5) + Convert.ToBoolean(1));
    }

    private static void Encodings()
    {
        string s = "aß€\U0001F600";
        Console.WriteLine(Convert.ToHexString(Encoding.UTF8.GetBytes(s)));
        Console.WriteLine(Convert.ToHexString(Encoding.Unicode.GetBytes(s)));
        Console.WriteLine(Convert.ToHexString(Encoding.ASCII.GetBytes(s)));
        Console.WriteLine(Convert.ToHexString(Encoding.Latin1.GetBytes("aß")));
        Console.WriteLine(Encoding.UTF8.GetString(new byte[] { 0x61, 0xC3, 0x9F, 0xFF, 0xE2, 0x82 }));
        Console.WriteLine(Encoding.UTF8.GetByteCount(s) + Encoding.UTF8.GetCharCount(Encoding.UTF8.GetBytes(s)));
        Console.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(s)));
        Console.WriteLine(Encoding.UTF8.GetString(Convert.FromBase64String("aGVsbG8=")));
        foreach (Rune rune in s.EnumerateRunes())
            Console.Write(rune.Value.ToString("X") + " ");
        Console.WriteLine();
        Console.WriteLine(Uri.EscapeDataString("a b/ß"));
    }

    private static void Dates()
    {
        DateTime date = new(2024, 2, 29, 13, 5, 7, DateTimeKind.Utc);
        Console.WriteLine(date.ToString("yyyy-MM-dd HH:mm:ss"));
        Console.WriteLine(date.ToString("o") + " " + date.DayOfWeek + " " + date.DayOfYear);
        Console.WriteLine(date.AddYears(1).AddDays(1.5).ToString("s"));
        Console.WriteLine((date - new DateTime(2000, 1, 1)).Days);
        Console.WriteLine(date.ToString("dddd, d MMMM yyyy"));
        Console.WriteLine(DateTime.Parse("2020-05-06T07:08:09").Ticks);
        Console.WriteLine(DateTime.UnixEpoch.AddSeconds(1_000_000_000).ToString("u"));
        Console.WriteLine(new DateOnly(2023, 12, 31).AddDays(1).ToString("yyyy/MM/dd") + " " + new TimeOnly(23, 30).AddHours(1));
        TimeSpan span = new(1, 2, 3, 4, 5);
        Console.WriteLine(span + " " + span.TotalSeconds + " " + span.ToString("hh\\:mm"));
        Console.WriteLine(TimeSpan.FromMinutes(90) + " " + TimeSpan.Parse("01:30:00").TotalHours);
        Console.WriteLine(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).ToUniversalTime().ToString("o"));
        Console.WriteLine(DateTime.IsLeapYear(1900) + " " + DateTime.DaysInMonth(2023, 2));
    }

    private static void Others()
    {
        Console.WriteLine(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Console.WriteLine(new Version(1, 2, 3) > new Version("1.2.2"));
        Console.WriteLine((1, "two", 3.5) + " " + new KeyValuePair<int, string>(1, "v"));
        Console.WriteLine(new Index(2, true) + " " + (1..^1));
        Console.WriteLine(string.Join("|", "a b  c".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Console.WriteLine("line1\nline2\r\nline3".ReplaceLineEndings("/"));
    }
}
