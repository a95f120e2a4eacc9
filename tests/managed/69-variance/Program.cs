// Variance of interfaces and delegates, constraints that fail when instantiated, what does not load and with which
// exception.
#nullable disable
using System.Reflection;

interface ISource<out T> { T Get(); }
interface ISink<in T> { string Put(T value); }
interface IBoth<in A, out R> : ISink<A>, ISource<R>;
class Animal { public override string ToString() => "animal"; }
class Cat : Animal { public override string ToString() => "cat"; }
class Dog : Animal;
class Source<T>(T value) : ISource<T> { public T Get() => value; }
class Sink<T> : ISink<T> { public string Put(T value) => typeof(T).Name + "<-" + value; }
class Both : IBoth<object, Cat>, ISource<Dog> { public string Put(object o) => "both " + o; Cat ISource<Cat>.Get() => new(); Dog ISource<Dog>.Get() => new(); }
class Ambiguous : ISource<Cat>, ISource<Dog> { Cat ISource<Cat>.Get() => new(); Dog ISource<Dog>.Get() => new(); }

class NeedsClass<T> where T : class;
class NeedsStruct<T> where T : struct;
class NeedsNew<T> where T : new() { public static T Make() => new(); }
class NeedsAnimal<T> where T : Animal;
class NeedsComparable<T> where T : IComparable<T>;
class NeedsEnum<T> where T : struct, Enum;
class NeedsUnmanaged<T> where T : unmanaged;
class NeedsOther<T, U> where T : U;
class NoDefault { public NoDefault(int n) { } }
abstract class Abstract { public Abstract() { } }

static class P {
    static void Main() {
        Interfaces(); Delegates(); Nested(); Constraints(); Methods();
    }

    static void Interfaces() {
        ISource<Animal> animals = new Source<Cat>(new Cat()); ISink<Cat> cats = new Sink<Animal>();
        Console.WriteLine(animals.Get() + " " + cats.Put(new Cat()));
        object source = new Source<string>("s");
        Console.WriteLine((source is ISource<object>) + " " + (source is ISource<IComparable>) + (source is ISource<int>) + (new Source<int>(1) is object o && o is ISource<object>) + (source is ISource<IEnumerable<char>>));
        IBoth<string, Animal> both = new Both(); ISink<string> sink = both;
        Console.WriteLine(both.Put("x") + both.Get() + sink.Put("y") + ((ISource<Dog>)both).Get());
        Console.WriteLine(((ISource<Animal>)(object)new Ambiguous()).Get().GetType().Name);
        IEnumerable<object> objects = new List<string> { "a" }; IComparer<string> comparer = Comparer<object>.Create((a, b) => 7);
        Console.WriteLine(objects.First() + "" + comparer.Compare("", "") + ((IReadOnlyList<object>)new[] { "z" })[0] + ((IEnumerable<Animal>)new Cat[1]).Count());
        foreach (var (a, b) in new[] { (typeof(ISource<object>), typeof(ISource<string>)), (typeof(ISource<string>), typeof(ISource<object>)), (typeof(ISink<string>), typeof(ISink<object>)), (typeof(IEnumerable<object>), typeof(IEnumerable<int>)), (typeof(ISource<ISink<string>>), typeof(ISource<ISink<object>>)), (typeof(ISink<ISource<string>>), typeof(ISink<ISource<object>>)), (typeof(IEnumerable<long>), typeof(ulong[])) })
            Console.Write(a.IsAssignableFrom(b) + " ");
        Console.WriteLine();
        try { _ = (ISource<Cat>)(object)new Source<Animal>(null); } catch (InvalidCastException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(typeof(ISource<>).GetGenericArguments()[0].GenericParameterAttributes + " " + typeof(ISink<>).GetGenericArguments()[0].GenericParameterAttributes);
    }

    static void Delegates() {
        Func<Cat> make = () => new Cat(); Func<Animal> general = make; Action<Animal> use = a => Console.Write(a + " "); Action<Cat> narrow = use;
        narrow((Cat)general()); Console.WriteLine((object)make is Func<object>);
        Converter<object, string> text = o => o.ToString(); Converter<string, object> other = text; Console.WriteLine(other("conv"));
        Func<Func<Animal>> nested = () => make; Console.WriteLine(nested()());
        Func<IEnumerable<string>> strings = () => ["q"]; Func<IEnumerable<object>> objects = strings; Console.WriteLine(objects().First());
        Console.WriteLine(((object)(Func<int>)(() => 1) is Func<object>) + " " + ((object)(Action<object>)(_ => { }) is Action<int>));
        Action<Cat> chained = new Action<Cat>(c => Console.Write("first ")) + new Action<Cat>(c => Console.Write("second "));
        chained(new Cat()); Console.WriteLine();
    }

    static void Nested() {
        ISource<ISource<Animal>> deep = new Source<ISource<Cat>>(new Source<Cat>(new Cat()));
        Console.WriteLine(deep.Get().Get());
        ISink<ISink<Cat>> twice = new Sink<ISink<Cat>>();
        Console.WriteLine(twice.Put(new Sink<Animal>()).StartsWith("ISink"));
        IEnumerable<KeyValuePair<string, int>> pairs = new Dictionary<string, int> { ["k"] = 1 }; Console.WriteLine(pairs.Single().Key + (pairs is IEnumerable<object>));
        IGrouping<object, object> group = new[] { "a" }.GroupBy(s => s).First(); Console.WriteLine(group.Key + "" + group.Count());
        ILookup<string, Cat> lookup = new[] { new Cat() }.ToLookup(c => "key"); IEnumerable<IGrouping<object, Animal>> wide = lookup; Console.WriteLine(wide.First().Key);
    }

    static void Constraints() {
        Try(typeof(NeedsClass<>), typeof(int)); Try(typeof(NeedsClass<>), typeof(string)); Try(typeof(NeedsStruct<>), typeof(string)); Try(typeof(NeedsStruct<>), typeof(int?)); Try(typeof(NeedsStruct<>), typeof(DayOfWeek));
        Try(typeof(NeedsNew<>), typeof(NoDefault)); Try(typeof(NeedsNew<>), typeof(Abstract)); Try(typeof(NeedsNew<>), typeof(Cat)); Try(typeof(NeedsNew<>), typeof(int)); Try(typeof(NeedsAnimal<>), typeof(Cat)); Try(typeof(NeedsAnimal<>), typeof(string));
        Try(typeof(NeedsComparable<>), typeof(int)); Try(typeof(NeedsComparable<>), typeof(Cat)); Try(typeof(NeedsEnum<>), typeof(DayOfWeek)); Try(typeof(NeedsEnum<>), typeof(int)); Try(typeof(NeedsUnmanaged<>), typeof((int, long))); Try(typeof(NeedsUnmanaged<>), typeof((int, string)));
        Try(typeof(NeedsOther<,>), typeof(Cat), typeof(Animal)); Try(typeof(NeedsOther<,>), typeof(Animal), typeof(Cat)); Try(typeof(NeedsClass<>), typeof(int[])); Try(typeof(NeedsClass<>), typeof(IComparable)); Try(typeof(List<>), typeof(int).MakeByRefType()); Try(typeof(List<>), typeof(Span<int>)); Try(typeof(List<>), typeof(void)); Try(typeof(List<>), typeof(int), typeof(int)); Try(typeof(Nullable<>), typeof(string)); Try(typeof(Cat), typeof(int));
    }

    static void Try(Type generic, params Type[] arguments) {
        try { Console.Write(generic.MakeGenericType(arguments).Name + " "); } catch (Exception e) { Console.WriteLine(e.GetType().Name + ": " + Plain(e.Message)); return; }
        Console.WriteLine("fine");
    }

    static string Plain(string message) => message.ReplaceLineEndings(" ");

    static void Methods() {
        MethodInfo method = typeof(P).GetMethod(nameof(Same), BindingFlags.NonPublic | BindingFlags.Static);
        Console.WriteLine(method.MakeGenericMethod(typeof(int)).Invoke(null, [5]));
        foreach (Type[] arguments in new[] { [typeof(Cat)], [typeof(int), typeof(int)], new Type[] { null } })
            try { Console.WriteLine(method.MakeGenericMethod(arguments)); } catch (Exception e) { Console.WriteLine(e.GetType().Name); }
        try { method.Invoke(null, [5]); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        try { Activator.CreateInstance(typeof(NoDefault)); } catch (MissingMethodException e) { Console.WriteLine(e.GetType().Name); }
        try { Activator.CreateInstance(typeof(Abstract)); } catch (MissingMethodException e) { Console.WriteLine(e.GetType().Name); }
        try { Activator.CreateInstance(typeof(List<>)); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
        try { Activator.CreateInstance(typeof(ISource<int>)); } catch (MissingMethodException e) { Console.WriteLine(e.GetType().Name); }
        Console.WriteLine(NeedsNew<Cat>.Make() + "" + Activator.CreateInstance<DateTime>().Ticks + Activator.CreateInstance(typeof(Source<int>), 5).GetType());
    }

    static string Same<T>(T value) where T : struct => typeof(T) + "=" + value;
}
