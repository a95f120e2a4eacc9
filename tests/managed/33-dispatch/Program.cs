// Which method a call reaches and how values are laid out. The unit tests of runtime/types ask the same questions of
// the compiled file without running it, by the names used here.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

Console.WriteLine(Dispatch.Interfaces());
Console.WriteLine(Dispatch.Defaults());
Console.WriteLine(Dispatch.Generics());
Console.WriteLine(Dispatch.Statics<Meters>() + " " + Dispatch.Statics<Feet>());
Console.WriteLine(Dispatch.Returns());
Console.WriteLine(Dispatch.Variance());
Console.WriteLine(Layouts.Sizes());

static class Dispatch
{
    public static string Interfaces()
    {
        IAnimal[] animals = [new Dog(), new Puppy(), new Cat(), new Hidden(), new Secret()];
        string text = "";
        foreach (IAnimal animal in animals) text += animal.Name() + " " + animal.Loud() + " ";
        return text;
    }

    public static string Defaults()
    {
        IBase[] all = [new Plain(), new OnlyLeft(), new Both(), new Again(), new GenericDefault<int>()];
        string text = "";
        foreach (IBase one in all) text += one.Who() + " ";
        return text + ((IPair<string>)new Pair<string>()).Twice("x");
    }

    public static string Generics()
    {
        IVisitor[] visitors = [new Visitor(), new LoudVisitor(), new FixedVisitor<string>()];
        string text = "";
        foreach (IVisitor visitor in visitors) text += visitor.Visit(1) + " " + visitor.Visit("s") + " ";
        Base<string> one = new Derived();
        return text + one.Of("s") + " " + one.Of(1) + " " + new Deeper<byte>().Of(new List<byte>());
    }

    public static string Statics<T>() where T : IUnit<T> => T.Zero + " " + T.Describe();

    public static string Returns()
    {
        Eater[] eaters = [new Eater(), new Cow(), new Calf()];
        string text = "";
        foreach (Eater eater in eaters) text += eater.Eat().GetType().Name + " ";
        return text + ((Cow)eaters[2]).Eat().Length;
    }

    public static string Variance()
    {
        IProducer<object> objects = new StringProducer();
        IConsumer<string> strings = new ObjectConsumer();
        IEnumerable<object> list = new List<string> { "a", "b" };
        IEnumerable<object> array = new[] { "c" };
        object unsigned = new uint[] { 7 };
        string text = objects.Make() + " " + strings.Take("s");
        foreach (object item in list) text += " " + item;
        foreach (object item in array) text += " " + item;
        return text + " " + ((int[])unsigned)[0] + " " + (unsigned is IList<int>) + " " + (unsigned is IList<long>);
    }
}

interface IAnimal { string Name(); string Loud() => Name() + "!"; }
class Dog : IAnimal { public virtual string Name() => "dog"; }
class Puppy : Dog { public override string Name() => "puppy"; }
class Cat : Dog, IAnimal { public new virtual string Name() => "cat"; }
class Hidden : Dog { public new string Name() => "hidden"; }
class Secret : Puppy, IAnimal { string IAnimal.Name() => "secret"; string IAnimal.Loud() => "SECRET"; }

interface IBase { string Who() => "base"; }
interface ILeft : IBase { string IBase.Who() => "left"; }
interface IRight : IBase { string IBase.Who() => "right"; }
interface IBoth : ILeft, IRight { string IBase.Who() => "both"; }
interface IAgain : ILeft { abstract string IBase.Who(); }
interface IOf<T> : IBase { string IBase.Who() => typeof(T).Name; }
class Plain : IBase { }
class OnlyLeft : ILeft { }
class Both : IBoth { }
class Again : IAgain { string IBase.Who() => "again"; }
class GenericDefault<T> : IOf<T> { }
interface IPair<T> { string One(T value); string Twice(T value) => One(value) + One(value); }
class Pair<T> : IPair<T> { public string One(T value) => $"<{value}>"; }

interface IVisitor { string Visit<T>(T value); }
class Visitor : IVisitor { public virtual string Visit<T>(T value) => typeof(T).Name; }
class LoudVisitor : Visitor { public override string Visit<U>(U value) => typeof(U).Name + "!"; }
class FixedVisitor<A> : IVisitor { string IVisitor.Visit<T>(T value) => typeof(A).Name + typeof(T).Name; }
class Base<T> { public virtual string Of(T value) => "T"; public virtual string Of(int value) => "int"; }
class Derived : Base<string> { public override string Of(string value) => "string"; }
class Middle<T> : Base<List<T>> { public override string Of(List<T> value) => "list of " + typeof(T).Name; }
class Deeper<T> : Middle<T> { }

interface IUnit<T> where T : IUnit<T>
{
    static abstract T Zero { get; }
    static virtual string Describe() => "some unit";
}
struct Meters : IUnit<Meters> { public static Meters Zero => default; public override string ToString() => "0 m"; }
struct Feet : IUnit<Feet>
{
    public static Feet Zero => default;
    static string IUnit<Feet>.Describe() => "feet";
    public override string ToString() => "0 ft";
}

class Food { public int Length => 4; }
class Grass : Food { }
class Clover : Grass { }
class Eater { public virtual Food Eat() => new(); }
class Cow : Eater { public override Grass Eat() => new(); }
class Calf : Cow { public override Grass Eat() => new Clover(); }

interface IProducer<out T> { T Make(); }
interface IConsumer<in T> { string Take(T value); }
class StringProducer : IProducer<string> { public string Make() => "made"; }
class ObjectConsumer : IConsumer<object> { public string Take(object value) => "took " + value; }

static class Layouts
{
    public static string Sizes() =>
        $"{Unsafe.SizeOf<Mixed>()} {Unsafe.SizeOf<Packed>()} {Unsafe.SizeOf<Union>()} {Unsafe.SizeOf<Padded>()} " +
        $"{Unsafe.SizeOf<Small>()} {Unsafe.SizeOf<Empty>()} {Unsafe.SizeOf<Five>()} {Unsafe.SizeOf<long?>()}";
}

struct Mixed { public byte A; public long B; public short C; }
[StructLayout(LayoutKind.Sequential, Pack = 1)] struct Packed { public byte A; public long B; }
[StructLayout(LayoutKind.Explicit)] struct Union { [FieldOffset(0)] public double D; [FieldOffset(0)] public int I; [FieldOffset(4)] public short S; }
[StructLayout(LayoutKind.Sequential, Size = 32)] struct Padded { public int A; }
enum Small : short { One = 1 }
struct Empty { }
[InlineArray(5)] struct Five { public short Element; }
[InlineArray(3)] struct Three { public Holder Element; }
struct Holder { public byte A; public object O; public Small E; }
ref struct RefBox { public int N; public ref int R; public Span<object> S; }
class Fields { public bool A; public object? O; public long L; public Holder H; public Action? Act; }
class MoreFields : Fields { public byte B; public string? T; }
class Node : Base<Node> { public Node? Next; public static Node? First; public static Holder Shared; [ThreadStatic] public static object? Local; public static int Count; }
struct Loop { public static Loop Zero; public int X; public static Loop? Maybe; }
class Finalized { ~Finalized() { } }
class AlsoFinalized : Finalized { }
