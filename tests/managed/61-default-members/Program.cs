// Interfaces with bodies: default members, diamonds, the most specific body, reabstraction, static abstract and virtual
// members, explicit implementation, covariant returns, re-implementation.
#nullable disable
static class P {
    static void Main() {
        Defaults();
        Diamonds();
        Reimplementation();
        Statics();
        Covariance();
        Structs();
    }

    static void Defaults() {
        IGreeter plain = new Plain(), loud = new Loud();
        Console.WriteLine(plain.Greet("a") + loud.Greet("a") + plain.Name + loud.Name);
        Console.WriteLine(plain.Twice("b") + loud.Twice("b") + IGreeter.Shared("c"));
        plain.Name = "n"; loud.Name = "n";
        plain.Event += () => { };
        Console.WriteLine(IGreeter.Calls);
        ITyped<int> ints = new Typed(); ITyped<string> strings = new Typed();
        Console.WriteLine(ints.Show(1) + strings.Show("s") + ints.Convert<double>(2) + strings.Convert<byte>("q"));
    }

    static void Diamonds() {
        Console.WriteLine(((IRoot)new Both()).Who() + ((ILeft)new Both()).Who() + ((IRight)new Both()).Who());
        Console.WriteLine(((IRoot)new Joined()).Who() + ((IRoot)new Lefty()).Who() + ((IRoot)new Deeper()).Who());
        Console.WriteLine(((IRoot)new Own()).Who() + ((ILeft)new Own()).Who());
        IAgain again = new Again();
        Console.WriteLine(again.Who() + ((IRoot)again).Who());
        Console.WriteLine(((IBase)new Chain()).Call() + ((IMiddle)new Chain()).Call());
    }

    static void Reimplementation() {
        First first = new(), second = new Second(), third = new Third();
        foreach (var each in new[] { first, second, third }) Console.Write(each.Name() + ((INamed)each).Name() + ((IOther)each).Name() + " ");
        Console.WriteLine();
        ISlot<int> a = new Slots(); ISlot<string> b = new Slots();
        Console.WriteLine(a.Get() + b.Get() + new Slots().Get());
        IProperty p = new Property { Value = 4 };
        p.Value += 3; p[2] = 5; p.Changed += v => Console.Write("changed " + v + " ");
        p.Raise();
        Console.WriteLine(p.Value + p[2]);
    }

    static void Statics() {
        Console.WriteLine(Total<Meters>(1, 2) + Total<Feet>(1, 2));
        Console.WriteLine(Unit<Meters>() + Unit<Feet>() + Unit<Classy>() + Unit<Derived>());
        Console.WriteLine(Parse<int>("12") + Parse<int>("30") + Parse<double>("1.5"));
        Console.WriteLine(Add(new Meters(2), new Meters(3)).Value + " " + (Add(new Feet(2), new Feet(3)).Value));
        Console.WriteLine(Make<Meters>(7).ToString() + Make<Classy>(8));
        Func<string> bound = Bound<Feet>();
        Console.WriteLine(bound() + Loop<Meters>(5));
    }

    static void Covariance() {
        Animal animal = new Cat();
        Cat cat = new Tiger();
        Console.WriteLine(animal.Child().GetType().Name + cat.Child().GetType().Name + ((Animal)cat).Child().GetType().Name + cat.Child().Purr());
        Console.WriteLine(new Tiger().Child().Roar() + ((Animal)new Tiger()).Home.Size + new Tiger().Home.Size);
        foreach (var method in typeof(Tiger).GetMethods().Where(m => m.Name == "Child").Select(m => m.ReturnType.Name).Order()) Console.Write(method + " ");
        Console.WriteLine();
    }

    static void Structs() {
        Box box = new() { Value = 3 };
        Console.WriteLine(Call(box) + ((IDoubler)box).Double());
        IDoubler boxed = box;
        boxed.Increment(); boxed.Increment();
        Console.WriteLine(boxed.Double() + box.Value);
        Console.WriteLine(Count<Box>(ref box) + box.Value);
        IEnumerable<int> numbers = new Numbers();
        Console.WriteLine(numbers.Sum() + string.Join(",", numbers));
    }

    static int Call<T>(T value) where T : IDoubler => value.Double();
    static int Count<T>(ref T value) where T : IDoubler { value.Increment(); return value.Double(); }
    static string Total<T>(int a, int b) where T : IUnit<T> => (T.From(a) + T.From(b)).Show();
    static string Unit<T>() where T : INamedUnit => T.Unit + T.Twice();
    static T Parse<T>(string s) where T : IParsable<T> => T.Parse(s, null);
    static T Add<T>(T a, T b) where T : IUnit<T> => a + b;
    static T Make<T>(int n) where T : IFactory<T> => T.Make(n);
    static Func<string> Bound<T>() where T : INamedUnit => T.Twice;
    static int Loop<T>(int n) where T : IUnit<T> { T total = T.From(0); for (int i = 0; i < n; i++) total = total + T.From(i); return total.Number; }
}

interface IGreeter {
    static int Calls;
    string Greet(string who) { Calls++; return $"hello {who} from {GetType().Name};"; }
    string Twice(string who) => Greet(who) + Greet(who) + Secret();
    string Name { get => "none"; set => Calls += 10; }
    event Action Event { add { Calls += 100; } remove { } }
    static string Shared(string s) => "shared " + s;
    private string Secret() => "secret;";
}
class Plain : IGreeter;
class Loud : IGreeter { public string Greet(string who) => "HELLO " + who + ";"; public string Name { get; set; } = "loud"; }
interface ITyped<T> { string Show(T value) => $"{typeof(T).Name}={value};"; string Convert<U>(T value) => $"{typeof(T).Name}->{typeof(U).Name};"; }
class Typed : ITyped<int>, ITyped<string> { string ITyped<string>.Show(string s) => "own;"; }

interface IRoot { string Who() => "root "; }
interface ILeft : IRoot { string IRoot.Who() => "left "; }
interface IRight : IRoot { string IRoot.Who() => "right "; }
interface IJoin : ILeft, IRight { string IRoot.Who() => "join "; }
interface IDeeper : IJoin;
interface IAgain : ILeft { new string Who(); }
class Both : ILeft, IRight { string IRoot.Who() => "both "; }
class Joined : IJoin, ILeft;
class Lefty : ILeft;
class Deeper : IDeeper, IRight;
class Own : Lefty, IRoot { public string Who() => "own "; }
class Again : IAgain { public string Who() => "again "; string IRoot.Who() => "root of again "; }
interface IBase { string Call() => "base " + Inner(); string Inner() => "inner "; }
interface IMiddle : IBase { string IBase.Inner() => "middle "; abstract string IBase.Call(); }
interface IEnd : IMiddle { string IBase.Call() => "end " + Inner(); }
class Chain : IEnd;

interface INamed { string Name(); }
interface IOther { string Name(); }
class First : INamed, IOther { public virtual string Name() => "first "; string IOther.Name() => "other "; }
class Second : First, INamed { public override string Name() => "second "; string INamed.Name() => "second named "; }
class Third : Second, IOther { public new string Name() => "third "; }
interface ISlot<T> { string Get(); }
class Slots : ISlot<int>, ISlot<string> { string ISlot<int>.Get() => "int slot "; string ISlot<string>.Get() => "string slot "; public string Get() => "slot "; }
interface IProperty { int Value { get; set; } int this[int i] { get; set; } event Action<int> Changed; void Raise(); }
class Property : IProperty {
    readonly int[] items = new int[4];
    public int Value { get; set; }
    int IProperty.this[int i] { get => items[i]; set => items[i] = value; }
    Action<int> changed;
    event Action<int> IProperty.Changed { add => changed += value; remove => changed -= value; }
    void IProperty.Raise() => changed(Value);
}

interface INamedUnit { static abstract string Unit { get; } static virtual string Twice() => "default "; }
interface IFactory<T> where T : IFactory<T> { static abstract T Make(int n); }
interface IUnit<T> : INamedUnit where T : IUnit<T> {
    static abstract T operator +(T a, T b);
    static virtual T From(int n) => throw new NotSupportedException();
    int Number { get; }
    string Show() => Number + T.Unit + " ";
}
readonly record struct Meters(int Value) : IUnit<Meters>, IFactory<Meters> {
    public static string Unit => "m "; public static Meters operator +(Meters a, Meters b) => new(a.Value + b.Value);
    public static Meters From(int n) => new(n); public int Number => Value; static Meters IFactory<Meters>.Make(int n) => new(n);
    static string INamedUnit.Twice() => "mm ";
}
readonly record struct Feet(int Value) : IUnit<Feet> {
    static string INamedUnit.Unit => "ft "; public static Feet operator +(Feet a, Feet b) => new(a.Value + b.Value + 100);
    static Feet IUnit<Feet>.From(int n) => new(n); public int Number => Value; string IUnit<Feet>.Show() => "feet " + Value + " ";
}
class Classy : INamedUnit, IFactory<Classy> { int n; public static string Unit => "classy "; public static Classy Make(int n) => new() { n = n }; public override string ToString() => "classy" + n; }
class Derived : Classy, INamedUnit { static string INamedUnit.Unit => "derived "; }

class Animal { public virtual Animal Child() => new(); public virtual House Home => new(); }
class Cat : Animal { public override Cat Child() => new(); public string Purr() => "purr "; }
class Tiger : Cat { public override Tiger Child() => new(); public string Roar() => "roar "; public override Cave Home => new(); }
class House { public virtual int Size => 1; }
class Cave : House { public override int Size => 2; }

interface IDoubler { int Value { get; set; } int Double() => Value * 2; void Increment() => Value++; }
struct Box : IDoubler { public int Value { get; set; } }
class Numbers : IEnumerable<int> {
    public IEnumerator<int> GetEnumerator() { yield return 1; yield return 2; }
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
