using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace HostTests.Declared;

/// <summary>Where a ship can be. <b>Not</b> a <see cref="Ship"/>.</summary>
public struct Place
{
    public double X;
    public double Y;
    public decimal Price { get; set; }
    public Place(double x, double y) => (X, Y) = (x, y);
}

public enum Size { Small, Large = 5 }

[Flags]
public enum Parts { None = 0, Hull = 1, Mast = 2 }

public delegate string? Namer(Ship ship, int number);

public interface INamed
{
    string Name { get; }
}

/// <summary>
/// A ship &amp; its crew.
/// <para>It sails.</para>
/// </summary>
/// <remarks>Ends a comment: */</remarks>
public class Ship : INamed
{
    public const int MostCrew = 12;
    public const string Flag = "A \"flag\"\nof two lines";
    public const long Far = 1L << 40;
    public const double Half = 0.5;
    public const float Quarter = 0.25f;
    public const char Mark = 'ß';
    public const bool Floats = true;
    public const Size Common = Size.Large;
    public const string? Nothing = null;
    public const decimal Price = 12.50m;

    /// <summary>Makes a ship.</summary>
    /// <param name="name">What it is called.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Ship(string name) => Name = name.Length > 0 ? name : throw new ArgumentException("empty", nameof(name));

    public string Name { get; }
    public string? Owner { get; set; }
    public virtual Size Size => Size.Small;
    public List<string> Crew { get; } = new();
    public Dictionary<string, int?> Cargo { get; } = new();
    public event Action<string?>? Sailed;

    /// <summary>Sails to a place.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="speed">How fast.</param>
    /// <returns>How long it takes.</returns>
    public double Sail(Place to, double speed = 2.5)
    {
        Sailed?.Invoke(Owner);
        return Math.Sqrt(to.X * to.X + to.Y * to.Y) / speed;
    }

    public string Defaults(int number, string text = "text", Size size = Size.Large, bool yes = true, long big = -5, char c = 'x', decimal price = 1.25m,
        Place place = default, string? none = null, double? maybe = 1.5, int? nothing = null, float f = 0.5f)
        => FormattableString.Invariant($"{number} {text} {size} {yes} {big} {c} {price} {place.X} {none ?? "none"} {maybe} {nothing?.ToString() ?? "nothing"} {f}");

    public int Sum(string label, params int[] numbers)
    {
        int sum = label.Length;
        foreach (int number in numbers) sum += number;
        return sum;
    }

    public string Join(params object?[] parts) => string.Join(",", parts);
    public string Which(int a) => "one";
    public string Which(int a, int b = 2) => "two";
    public string Which(params string[] names) => "names " + names.Length;
    public static string Spread(string first = "a", params string[] rest) => first + string.Concat(rest);

    public string? Call(Namer namer, int number) => namer(this, number);
    public Func<int, string> Speaker() => number => new string('!', number);
    public bool TryFind(string name, out int index)
    {
        index = Crew.IndexOf(name);
        return index >= 0;
    }

    public byte[] Bytes(ReadOnlySpan<byte> bytes) => bytes.ToArray();
    public Task<Ship?> Meet(Task<string> name) => name.ContinueWith(done => done.Result == "" ? null : new Ship(done.Result));
    public T Echo<T>(T value) => value;

    public async IAsyncEnumerable<int> Count(int to)
    {
        try
        {
            for (int i = 0; i < to; i++)
            {
                await Task.Delay(1);
                if (i == 5) throw new InvalidOperationException("five");
                yield return i;
            }
        }
        finally
        {
            Ended++;
        }
    }

    public IEnumerable<int> Steps()
    {
        try
        {
            for (int i = 0; ; i++) yield return i;
        }
        finally
        {
            Ended++;
        }
    }

    public async IAsyncEnumerable<Place> Route()
    {
        yield return new Place(1, 2);
        await Task.Yield();
        yield return new Place(3, 4);
    }

    public static int Ended;
}

public class Steamer : Ship
{
    public Steamer() : base("steamer") { }
    public override Size Size => Size.Large;
    public new int Owner { get; set; }
    public override string ToString() => "Steamer";
}

public class Tanks<T> where T : notnull
{
    public class Tank
    {
        public T? Content { get; set; }
    }

    public Tank Add(T content) => new() { Content = content };
    public T? First { get; set; }
    public static int Made;
}

/// <summary>What only half of a property is overridden in.</summary>
public class Base
{
    public virtual int Value { get; set; } = 1;
}

public class HalfOverridden : Base
{
    public override int Value { get => base.Value * 10; }
}

public static partial class Library
{
    /// <summary>Adds.</summary>
    /// <param name="a">The first.</param>
    [DllImport("declared")] public static extern int Add(int a, int b);
    [DllImport("declared", EntryPoint = "describe_place")] public static extern string Describe(Place place, [MarshalAs(UnmanagedType.LPStr)] string label);
    [DllImport("declared")] public static extern Task<string?> Later(Func<int, int> change, byte[] bytes);
    [LibraryImport("declared.dll")] public static partial int Twice(int value);
    [LibraryImport("declared", StringMarshalling = StringMarshalling.Utf8)] public static partial int Length(string text);
}
