// Kernels that mostly run the class library.
using System.Text;

namespace Kernels;

/// Dictionary<int, int>: adding, finding, removing.
internal static class DictionaryInts
{
    public static int Run(int scale)
    {
        int sum = 0;
        for (int s = 0; s < scale; s++)
        {
            Dictionary<int, int> map = [];
            uint key = (uint)s + 1;
            for (int i = 0; i < 20_000; i++)
            {
                key = key * 1103515245 + 12345;
                map[(int)(key >> 18)] = i;
            }
            for (int i = 0; i < 40_000; i++)
                if (map.TryGetValue(i, out int value))
                    sum += value;
            for (int i = 0; i < 10_000; i++)
                if (map.Remove(i))
                    sum++;
            sum ^= map.Count;
        }
        return sum;
    }
}

/// Building, cutting and searching text.
internal static class Strings
{
    public static int Run(int scale)
    {
        int sum = 0;
        for (int s = 0; s < scale * 4; s++)
        {
            StringBuilder builder = new();
            for (int i = 0; i < 500; i++)
                builder.Append(i).Append(',').Append("item").Append(';');
            string text = builder.ToString();
            foreach (string part in text.Split(';'))
            {
                sum += part.Length;
                if (part.StartsWith("12", StringComparison.Ordinal))
                    sum += part.Substring(2).IndexOf('i');
            }
            sum += text.Replace("item", "x").ToUpperInvariant().LastIndexOf('X');
        }
        return sum;
    }
}

/// List<T>.Sort by the default comparer and by a comparison.
internal static class Sort
{
    public static int Run(int scale)
    {
        int sum = 0;
        for (int s = 0; s < scale; s++)
        {
            List<int> numbers = new(8_000);
            uint seed = 77u + (uint)s;
            for (int i = 0; i < 8_000; i++)
            {
                seed = seed * 1664525 + 1013904223;
                numbers.Add((int)(seed >> 12));
            }
            numbers.Sort();
            sum += numbers[4_000];
            numbers.Sort((a, b) => (b & 1023) != (a & 1023) ? (b & 1023) - (a & 1023) : a.CompareTo(b));
            sum ^= numbers[100];
        }
        return sum;
    }
}

/// LINQ pipelines.
internal static class Linq
{
    public static int Run(int scale)
    {
        int[] numbers = Enumerable.Range(1, 2_000).ToArray();
        int sum = 0;
        for (int s = 0; s < scale * 5; s++)
        {
            sum += numbers.Where(n => n % 3 == 0).Select(n => n * 2 + s).Sum() & 0xFFFF;
            sum += numbers.GroupBy(n => n % 10).OrderByDescending(g => g.Key).First().Count();
            sum += numbers.Select(n => n ^ 21).OrderBy(n => n % 100).ThenBy(n => n).Skip(10).First();
            sum += numbers.Zip(numbers.Reverse(), (a, b) => a * b % 7).Count(n => n > 3);
        }
        return sum;
    }
}
