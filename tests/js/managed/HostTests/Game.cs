using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace HostTests;

public interface IScored
{
    int Total();
}

// What getType reaches: constructors, members of every kind, overloads, generics, events, iterators.
public class Game : IScored
{
    private readonly List<string> _players = new();
    private readonly Dictionary<string, int> _scores = new();

    public static int Count;
    public static string Title { get; set; } = "untitled";
    public int Level;
    public string Name { get; }
    public int Size { get; set; }

    public event Action<string, int>? Scored;
    public static event Action? Started;

    public Game() : this("game") { }
    public Game(string name)
    {
        Name = name;
        Count++;
    }

    public Game(int size) : this("sized") => Size = size;

    public static Game Create(string name) => new(name);
    public static void Start() => Started?.Invoke();

    public int this[string player]
    {
        get => _scores[player];
        set => _scores[player] = value;
    }

    public void Score(string player, int points)
    {
        _players.Add(player);
        _scores[player] = points;
        Scored?.Invoke(player, points);
    }

    public virtual string Describe() => $"{Name} with {_players.Count}";
    public string Add(int value) => $"int {value}";
    public string Add(double value) => $"double {value}";
    public string Add(string value) => $"string {value}";
    public string Add(bool value) => $"bool {value}";
    public string Add(Point value) => $"Point {value.X}";
    public string Add(Game value) => $"Game {value.Name}";
    public string Add(int[] value) => $"int[] {value.Length}";
    public string Add(string a, object b) => "string, object";
    public string Vague(Point a) => "Point";
    public string Vague(Inner2 a) => "Inner2";

    public IEnumerable<string> Players()
    {
        foreach (string player in _players) yield return player;
    }

    public List<int> Scores() => _scores.Values.ToList();
    public async Task<int> SumLater()
    {
        await Task.Delay(1);
        return _scores.Values.Sum();
    }

    public T Pass<T>(T value) => value;
    public static string NameOf<T>() => typeof(T).FullName!;
    public Game Self() => this;
    public void Fail() => throw new InvalidOperationException("no such move");
    int IScored.Total() => _scores.Values.Sum();
}

public struct Inner2
{
    public int X;
    public string? Name;
}

public class BigGame : Game
{
    public BigGame() : base("big") { }
    public override string Describe() => "BIG " + base.Describe();
    public string Only() => "only here";
}

public class Pair<TFirst, TSecond>
{
    public Pair(TFirst first, TSecond second) => (First, Second) = (first, second);
    public TFirst First { get; set; }
    public TSecond Second { get; set; }
}
