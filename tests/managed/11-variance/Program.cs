// Co- and contravariance of interfaces and delegates, array covariance behind interfaces.
internal interface IProducer<out T> { T Make(); }
internal interface IConsumer<in T> { string Take(T item); }
internal interface IConverter<in TIn, out TOut> { TOut Convert(TIn value); }

internal class Animal { public virtual string Sound => "..."; }
internal class Dog : Animal { public override string Sound => "Woof"; }
internal sealed class Puppy : Dog { public override string Sound => "Yip"; }

internal sealed class Kennel : IProducer<Dog> { public Dog Make() => new Puppy(); }
internal sealed class Feeder : IConsumer<Animal> { public string Take(Animal item) => "fed " + item.Sound; }
internal sealed class Trainer : IConverter<Animal, Puppy> { public Puppy Convert(Animal value) => new(); }
internal sealed class Ambiguous : IProducer<string>, IProducer<Dog>
{
    string IProducer<string>.Make() => "string";
    Dog IProducer<Dog>.Make() => new();
}

internal delegate T Maker<out T>();
internal delegate void Eater<in T>(T item);

internal class Base { public virtual Animal Get() => new(); }
internal sealed class Derived : Base { public override Dog Get() => new(); }

internal static class Program
{
    private static string Name(object o) => o.GetType().Name;
    private static Puppy MakePuppy() => new();
    private static void Eat(Animal a) => Console.WriteLine("ate " + a.Sound);

    private static void Main()
    {
        IProducer<Animal> producer = new Kennel();
        Console.WriteLine(producer.Make().Sound);
        Console.WriteLine(producer is IProducer<object>);
        Console.WriteLine(producer is IProducer<Dog>);
        Console.WriteLine(producer is IProducer<Puppy>);

        IConsumer<Puppy> consumer = new Feeder();
        Console.WriteLine(consumer.Take(new Puppy()));
        Console.WriteLine(consumer is IConsumer<Dog>);
        Console.WriteLine(consumer is IConsumer<object>);

        IConverter<Dog, Animal> converter = new Trainer();
        Console.WriteLine(converter.Convert(new Dog()).Sound);
        Console.WriteLine(converter is IConverter<Puppy, object>);

        object ambiguous = new Ambiguous();
        Console.WriteLine(((IProducer<string>)ambiguous).Make());
        Console.WriteLine(((IProducer<Animal>)ambiguous).Make().Sound);

        IEnumerable<Animal> animals = new List<Dog> { new(), new Puppy() };
        foreach (Animal a in animals)
            Console.WriteLine(a.Sound);
        IEnumerable<object> words = new[] { "a", "b" };
        foreach (object o in words)
            Console.WriteLine(o);
        IReadOnlyList<Animal> fromArray = new Dog[] { new(), new Puppy() };
        Console.WriteLine(fromArray[1].Sound + fromArray.Count);
        object ints = new List<int> { 1 };
        Console.WriteLine(ints is IEnumerable<object>);
        Console.WriteLine(ints is IEnumerable<int>);
        Console.WriteLine((object)new[] { 1 } is IEnumerable<uint>);
        Console.WriteLine((object)new[] { DayOfWeek.Monday } is IEnumerable<int>);

        Maker<Puppy> makePuppy = MakePuppy;
        Maker<Animal> make = makePuppy;
        Console.WriteLine(make().Sound);
        Maker<object> direct = MakePuppy;
        Console.WriteLine(Name(direct()));
        Eater<Animal> eat = Eat;
        Eater<Puppy> eatPuppy = eat;
        eatPuppy(new Puppy());
        Func<Animal, string> f = a => a.Sound;
        Func<Dog, object> g = f;
        Console.WriteLine(g(new Dog()));
        Console.WriteLine((object)g is Func<Puppy, object>);
        Console.WriteLine((object)g is Func<object, object>);
        Action<object> print = o => Console.WriteLine("[" + o + "]");
        Action<string> printString = print;
        printString("contra");

        IComparer<Dog> comparer = Comparer<Animal>.Create((a, b) => string.CompareOrdinal(a.Sound, b.Sound));
        List<Dog> dogs = [new Puppy(), new(), new Puppy()];
        dogs.Sort(comparer);
        foreach (Dog d in dogs)
            Console.WriteLine(d.Sound);
        Console.WriteLine(((Base)new Derived()).Get().Sound);
        Console.WriteLine(new Derived().Get().Sound);
        try { _ = ((IProducer<string>)(object)new Kennel()).Make(); } catch (InvalidCastException) { Console.WriteLine("no strings here"); }
    }
}
