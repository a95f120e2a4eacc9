// Delegates of every kind: open and closed over static and instance methods, over generic, virtual, interface and struct
// methods, multicast, made by reflection, variant, with by-reference parameters.
#nullable disable
using System.Reflection;
using System.Runtime.CompilerServices;

delegate int Transform(int n);
delegate void ByRef(ref int n, in long m, out string text);
delegate ref int Picker(int[] array);
delegate R Any<in A, out R>(A a);
delegate Big Bigger(Big big, int n);

static class P {
    static void Main() {
        Kinds();
        Multicast();
        Generic();
        Made();
        Signatures();
        Equality();
        Dynamic();
        Variance();
    }

    static int Twice(int n) => n * 2;
    static int Fail(int n) => throw new InvalidOperationException("fails " + n);

    static void Kinds() {
        Counter counter = new() { Start = 5 };
        Derived derived = new() { Start = 7 };
        Point point = new() { X = 3 };
        Transform[] all = [Twice, counter.Add, derived.Add, ((Counter)derived).Virtual, point.Scale, ((IScale)point).Scale, n => n + counter.Start, "abc".Extend];
        foreach (Transform each in all) Console.Write(each(10) + " ");
        Console.WriteLine();
        point.X = 100;
        Console.WriteLine(all[4](1) + " " + point.Scale(1) + " " + ((Point)all[4].Target).X);
        Func<int> baseCall = derived.Base();
        Console.WriteLine(baseCall());
        Func<string> toString = 42.ToString, boxed = point.ToString, nullable = ((int?)5).ToString;
        Console.WriteLine(toString() + boxed() + nullable());
        Action recursive = null; int depth = 0;
        recursive = () => { if (++depth < 50) recursive(); };
        recursive();
        Console.WriteLine(depth);
        try { Transform none = null; none(1); } catch (NullReferenceException) { Console.WriteLine("null delegate"); }
        try { Counter missing = null; Transform t = missing.Virtual; t(1); } catch (Exception e) { Console.WriteLine(e.GetType().Name); }
        Console.WriteLine(new Func<int, Func<int, Func<int, int>>>(a => b => c => a * 100 + b * 10 + c)(1)(2)(3));
    }

    static void Multicast() {
        List<string> log = [];
        Action<int> one = n => log.Add("one" + n), two = n => log.Add("two" + n), both = one + two;
        (both + both)(1);
        ((both + both) - both)(2);
        (both - two)(3);
        Action<int> nothing = both - both;
        Console.WriteLine(string.Join(",", log) + (nothing == null));
        Transform chain = new Transform(Twice) + (n => n + 1) + (n => n - 1);
        Console.WriteLine(chain(5) + " " + chain.GetInvocationList().Length + string.Join(";", chain.GetInvocationList().Select(d => (int)d.DynamicInvoke(6))));
        Transform failing = new Transform(Twice) + Fail + Twice;
        try { failing(3); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        Big big = ((Bigger)((b, n) => { b.C += n; return b; }) + ((b, n) => { b.D += n; return b; }))(new Big { A = 1, B = 2, C = 3, D = 4 }, 10);
        Console.WriteLine($"{big.A} {big.B} {big.C} {big.D}");
        Publisher publisher = new();
        publisher.Changed += (_, e) => Console.Write("a" + e); publisher.Changed += Handler; publisher.Changed -= Handler; publisher.Changed += Handler;
        publisher.Raise(4);
        Console.WriteLine();
        foreach (Transform each in Delegate.EnumerateInvocationList(chain)) Console.Write(each(2));
        Console.WriteLine(chain.HasSingleTarget + " " + Delegate.Combine(null, one, null).GetInvocationList().Length + two.Equals(Delegate.RemoveAll(both + one, one)));
        ByRef refs = (ref int n, in long m, out string t) => { n += (int)m; t = "first"; };
        refs += (ref int n, in long m, out string t) => { n *= (int)m; t = "second"; };
        int number = 2; refs(ref number, 3, out string text);
        Console.WriteLine(number + text);
    }

    static void Handler(object sender, int e) => Console.Write("b" + e + sender.GetType().Name);

    static void Generic() {
        Func<string, string> name = Describe<string>; Func<int, string> other = Describe<int>;
        Console.WriteLine(name("x") + other(4) + name.Method.Name + name.Method.GetGenericArguments()[0].Name);
        Box<string> box = new() { Value = "v" };
        Func<int, string> method = box.Pair<int>; Func<string> get = box.Get;
        Console.WriteLine(method(3) + get() + ((Func<string>)new Box<DateTimeKind> { Value = DateTimeKind.Utc }.Get)());
        IPairing<string> pairing = box;
        Func<double, string> through = pairing.Pair<double>;
        Console.WriteLine(through(2.5) + Make<long>()(9));
    }

    static Func<T, string> Make<T>() => Describe<T>;
    static string Describe<T>(T value) => typeof(T).Name + "=" + value + ";";

    static void Made() {
        MethodInfo add = typeof(Counter).GetMethod("Add"), twice = typeof(P).GetMethod("Twice", BindingFlags.NonPublic | BindingFlags.Static), scale = typeof(Point).GetMethod("Scale"), length = typeof(Ext).GetMethod("Extend");
        Counter counter = new() { Start = 1 };
        Console.WriteLine(((Transform)Delegate.CreateDelegate(typeof(Transform), counter, add))(2));
        Console.WriteLine(add.CreateDelegate<Func<Counter, int, int>>()(counter, 3));
        Console.WriteLine(twice.CreateDelegate<Transform>()(4));
        try { twice.CreateDelegate<Func<int>>(21); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
        try { length.CreateDelegate<Func<int, int>>(new object()); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(length.CreateDelegate<Func<int, int>>("four")(1) + length.CreateDelegate<Func<string, int, int>>()("four", 1));
        Console.WriteLine(((Func<int, int>)Delegate.CreateDelegate(typeof(Func<int, int>), new Point { X = 6 }, scale))(7));
        ScaleRef open = scale.CreateDelegate<ScaleRef>();
        Point point = new() { X = 8 };
        Console.WriteLine(open(ref point, 2) + ((Func<object, string>)Delegate.CreateDelegate(typeof(Func<object, string>), typeof(object).GetMethod("ToString")))(point));
        Console.WriteLine(typeof(IScale).GetMethod("Scale").CreateDelegate<Func<IScale, int, int>>()(point, 3));
        Console.WriteLine(typeof(Counter).GetMethod("Virtual").CreateDelegate<Func<Counter, int, int>>()(new Derived(), 1));
        try { add.CreateDelegate<Func<string>>(); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(Delegate.CreateDelegate(typeof(Func<string>), counter, typeof(Counter).GetMethod("Add"), false) == null);
        Console.WriteLine(((Func<int, int>)Delegate.CreateDelegate(typeof(Func<int, int>), counter, "Add"))(5));
        Console.WriteLine(typeof(Box<int>).GetMethod("Pair").MakeGenericMethod(typeof(string)).CreateDelegate<Func<string, string>>(new Box<int>())("z"));
    }

    delegate int ScaleRef(ref Point point, int n);

    static void Signatures() {
        int[] numbers = [1, 2, 3];
        Picker pick = a => ref a[1];
        pick(numbers) = 50;
        Console.WriteLine(numbers[1]);
        Func<byte, short, long, float, double, string, Big, int, object, string> wide = (a, b, c, d, e, f, g, h, i) => $"{a}{b}{c}{d}{e}{f}{g.D}{h}{i}";
        Console.WriteLine(wide(1, 2, 3, 4.5f, 5.5, "six", new Big { D = 7 }, 8, 9L));
        Func<Big> make = () => new Big { A = 1, D = 4 };
        Console.WriteLine(make().D + make().A);
        Func<ReadOnlySpan<char>, int> spans = s => s.Length;
        Console.WriteLine(spans("span"));
        Func<int?, bool> nullable = n => n.HasValue; Console.WriteLine(nullable(null) + " " + nullable(1));
        Func<DayOfWeek, bool> enums = d => d == DayOfWeek.Friday; Console.WriteLine(enums(DayOfWeek.Friday));
    }

    static void Equality() {
        Counter a = new(), b = new();
        Transform first = a.Add, same = a.Add, other = b.Add;
        Console.WriteLine($"{first == same} {first == other} {first.Equals(same)} {first.GetHashCode() == same.GetHashCode()} {first + other == same + other} {first + other == other + first}");
        Transform s1 = Twice, s2 = Twice;
        Console.WriteLine($"{s1 == s2} {s1.Target == null} {s1.Method == s2.Method} {first.Method.Name} {ReferenceEquals(first.Target, a)}");
        Console.WriteLine(s1.GetType() + " " + typeof(Transform).GetMethod("Invoke") + " " + (s1.Clone() is Transform));
        Console.WriteLine(new HashSet<Transform> { first, same, other }.Count);
    }

    static void Dynamic() {
        Console.WriteLine(((Transform)Twice).DynamicInvoke(8));
        object[] arguments = [4, 5L, null];
        ByRef refs = (ref int n, in long m, out string t) => { n += (int)m; t = "out"; };
        refs.DynamicInvoke(arguments);
        Console.WriteLine(arguments[0] + "" + arguments[2]);
        try { ((Transform)Fail).DynamicInvoke(1); } catch (TargetInvocationException e) { Console.WriteLine(e.InnerException.Message); }
        try { ((Transform)Twice).DynamicInvoke("x"); } catch (ArgumentException e) { Console.WriteLine(e.GetType().Name); }
        try { ((Transform)Twice).DynamicInvoke(); } catch (TargetParameterCountException e) { Console.WriteLine(e.GetType().Name); }
        Console.WriteLine(((Func<int, string, string>)((a, b) => b + a)).DynamicInvoke(1, "one"));
        Delegate closed = new Func<object, string>(o => "it " + o);
        Console.WriteLine(closed.DynamicInvoke([null]) + "" + closed.DynamicInvoke(3));
    }

    static void Variance() {
        Any<object, string> general = o => "any " + o;
        Any<string, object> special = general;
        Console.WriteLine(special("s"));
        Func<Derived> make = () => new Derived { Start = 3 };
        Func<Counter> less = make;
        Action<Counter> use = c => Console.Write(c.GetType().Name + " ");
        Action<Derived> narrow = use;
        narrow(make());
        Console.WriteLine(less().Start + " " + (less is Func<Derived>) + (((object)use) is Action<Derived>) + (((object)narrow) is Action<object>));
        Func<string, int> methodGroup = Hash;
        Console.WriteLine(methodGroup("abc") + ((Func<Derived, object>)Same)(new Derived()).GetType().Name);
    }

    static int Hash(object o) => o.ToString().Length;
    static Derived Same(Counter c) => (Derived)c;
}

static class Ext { public static int Extend(this string s, int n) => s.Length + n; }
interface IScale { int Scale(int n); }
struct Point : IScale { public int X; public int Scale(int n) => X++ * n; public override string ToString() => "<" + X + ">"; }
class Counter { public int Start; public int Add(int n) => Start + n; public virtual int Virtual(int n) => n + 1000; public override string ToString() => "counter"; }
class Derived : Counter { public override int Virtual(int n) => n + 2000; public Func<int> Base() => () => base.Virtual(1); }
struct Big { public long A, B, C, D; }
interface IPairing<T> { string Pair<U>(U other); }
class Box<T> : IPairing<T> { public T Value; public string Get() => Value + ";"; public string Pair<U>(U other) => $"({Value}:{typeof(T).Name}, {other}:{typeof(U).Name})"; }
class Publisher { public event EventHandler<int> Changed; public void Raise(int n) => Changed?.Invoke(this, n); }
