// What an ordinary program uses: collections, LINQ, tasks, formatting, Regex, source-generated JSON, reflection.
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

// Collections and LINQ.
List<int> numbers = [.. Enumerable.Range(1, 20)];
Dictionary<string, int> ages = new() { ["ann"] = 31, ["bob"] = 27, ["cy"] = 44 };
var groups = numbers.Where(n => n % 2 == 1).GroupBy(n => n % 3).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Sum()}");
Console.WriteLine(string.Join(", ", groups));
Console.WriteLine(ages.OrderByDescending(p => p.Value).First().Key);
HashSet<string> set = [.. ages.Keys];
set.UnionWith(["dee", "ann"]);
Console.WriteLine(set.Count);
SortedDictionary<string, int> sorted = new(ages);
Console.WriteLine(sorted.First().Key);
Queue<int> queue = new(numbers);
Console.WriteLine(queue.Dequeue() + new Stack<int>(numbers).Pop());

// async/await and timers.
await Task.Delay(5);
int[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => { await Task.Yield(); return i * i; }));
Console.WriteLine(results.Sum());
await foreach (int item in Count(3))
    Console.WriteLine(item);
using (CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(5)))
{
    try { await Task.Delay(Timeout.Infinite, cancel.Token); }
    catch (OperationCanceledException e) { Console.WriteLine(e.GetType().Name); }
}
Console.WriteLine(await Task.Run(() => 17));

// Formatting and parsing.
Console.WriteLine($"{1234.5678:F2} {255:X4} {DateTime.UnixEpoch.AddDays(1):yyyy-MM-dd} {TimeSpan.FromSeconds(90)} {Guid.Empty} {-42,8}");
Console.WriteLine(double.Parse("3.25", CultureInfo.InvariantCulture) + decimal.Parse("1.75", CultureInfo.InvariantCulture).CompareTo(1m));
StringBuilder text = new();
text.Append('a', 3).AppendFormat(CultureInfo.InvariantCulture, "{0:N1}", 9876.54).AppendLine();
Console.Write(text.ToString().ToUpperInvariant());
Console.WriteLine(Encoding.UTF8.GetByteCount("h\u00e9llo") + " " + Convert.ToBase64String([1, 2, 3]));

// Regex.
Match match = Regex.Match("order 1042 shipped", @"(?<id>\d+)\s+(\w+)");
Console.WriteLine(match.Groups["id"].Value + Regex.Replace("a-b-c", "-", "+"));

// Source-generated JSON.
Person person = new("Ada", 36, ["math", "engines"]);
string json = JsonSerializer.Serialize(person, AppJson.Default.Person);
Console.WriteLine(json);
Console.WriteLine(JsonSerializer.Deserialize(json, AppJson.Default.Person) is { Name: "Ada" });

// Reflection.
foreach (MethodInfo method in typeof(Shape).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
    Console.WriteLine(method.Name + ":" + method.ReturnType.Name);
object shape = Activator.CreateInstance(typeof(Square), 3)!;
Console.WriteLine(shape.GetType().GetMethod("Area")!.Invoke(shape, null));
Console.WriteLine(typeof(Square).GetCustomAttribute<TagAttribute>()!.Label);
Console.WriteLine(typeof(Square).GetProperty("Side")!.GetValue(shape));
Console.WriteLine(Make<Box<string>>().GetType());
Console.WriteLine(Enum.Parse<DayOfWeek>("Friday") + string.Join('|', Enum.GetNames<DayOfWeek>()));

// Records, generics, spans, pattern matching, exceptions.
Point p = new(1, 2);
Console.WriteLine(p with { Y = 5 } == new Point(1, 5));
Span<int> span = stackalloc int[4];
span.Fill(7);
span[..2].Clear();
Console.WriteLine(span.IndexOf(7) + Max<int>([3, 9, 4]));
Console.WriteLine("a,b,c".AsSpan().IndexOf(',') + "x=1;y=2".Split(';').Length);
Console.WriteLine(Describe(shape) + Describe(3.5) + Describe("s"));
try { _ = ((int[])[1])[1 + p.X]; }
catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
try { throw new InvalidOperationException("boom", new ArgumentException("inner")); }
catch (Exception e) when (e.InnerException is ArgumentException) { Console.WriteLine(e.ToString().Contains("boom")); }
finally { Console.WriteLine("done"); }

static async IAsyncEnumerable<int> Count(int n)
{
    for (int i = 0; i < n; i++)
    {
        await Task.Yield();
        yield return i;
    }
}

static T Make<T>() where T : new() => new();

static T Max<T>(ReadOnlySpan<T> values) where T : IComparable<T>
{
    T best = values[0];
    foreach (T value in values)
        best = value.CompareTo(best) > 0 ? value : best;
    return best;
}

static string Describe(object value) => value switch
{
    Square { Side: > 2 } => "big square ",
    double d when d > 3 => "double ",
    string s => s,
    _ => "other",
};

internal readonly record struct Point(int X, int Y);

internal record Person(string Name, int Age, List<string> Interests);

[JsonSerializable(typeof(Person))]
internal partial class AppJson : JsonSerializerContext;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class TagAttribute(string label) : Attribute
{
    public string Label { get; } = label;
}

internal abstract class Shape
{
    public abstract int Area();

    public virtual string Name() => GetType().Name;
}

[Tag("sq")]
internal sealed class Square(int side) : Shape
{
    public int Side { get; } = side;

    public override int Area() => Side * Side;
}

internal sealed class Box<T>
{
    public T? Value { get; set; }
}
