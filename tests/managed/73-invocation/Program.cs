// Calls through reflection: methods, constructors, properties, fields, events; arguments by reference, conversions,
// defaults, exceptions; arrays' and strings' own methods.
#nullable disable
using System.Globalization;
using System.Reflection;

struct Pt { public int X; public int Y; public Pt(int x) { X = x; Y = -x; } public int Sum() => X + Y; public void Move(int by) => X += by; public override string ToString() => $"<{X},{Y}>"; }
class Base { public virtual string Name => "base"; protected int secret = 4; public static string Describe(object o) => "object"; public static string Describe(string s) => "string"; public static string Describe(int i) => "int"; public static string Describe(long l) => "long"; }
class Derived<T> : Base {
    public override string Name => "derived " + typeof(T).Name; public T Value; public DayOfWeek Day; public int? Maybe; public static int Count; public readonly int Fixed = 5; public const string Constant = "c"; public event Action<int> Changed; public string Prop { get; set; } = "p"; public T this[int i] { get => Value; set { Value = value; Count = i; } }
    public void Raise(int n) => Changed?.Invoke(n);
    public string Many(byte a, long b, string c, double d, object e, DayOfWeek f, T g, Pt h, int? i, decimal j) => $"{a}{b}{c}{d}{e ?? "null"}{f}{g}{h}{i}{j}";
    public bool Refs(ref int a, out string b, in long c, ref T d, ref Pt e) { a += (int)c; b = "out" + a; e.X = 99; d = default; return true; }
    public ref T ByRef() => ref Value;
    public U Generic<U, V>(U u, V v) => u; public static int Defaults(int a = 5, string s = "x", DayOfWeek d = DayOfWeek.Friday) => a + s.Length + (int)d; public static string Params(string first, params int[] rest) => first + rest.Length;
    public unsafe int Pointer(int* p) => *p; public void Throw() => throw new ArgumentException("thrown");
    public Pt Big() => new(7); public int? None() => null; public int? Some() => 3; public void Nothing() { }
    private Derived(string s) => Prop = s; public Derived() { } protected Derived(int n, params string[] rest) => Prop = n + string.Join("", rest);
}
class Failing { public Failing() => throw new InvalidOperationException("ctor"); static int broken = int.Parse("z"); public static int Value => broken; }

static class P {
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    static string Show(object o) => o switch { null => "null", Array a => "[" + string.Join(",", a.Cast<object>().Select(Show)) + "]", _ => o.ToString() };
    static void Try(Action action) { try { action(); Console.WriteLine("fine"); } catch (Exception e) { Console.WriteLine(e.GetType().Name + (e.InnerException is { } inner ? " < " + inner.GetType().Name + ": " + inner.Message : "")); } }

    static unsafe void Main() {
        Type t = typeof(Derived<string>);
        var d = (Derived<string>)Activator.CreateInstance(t);
        MethodInfo many = t.GetMethod("Many"), refs = t.GetMethod("Refs");
        Console.WriteLine(many.Invoke(d, [(byte)1, 2L, "three", 4.5, null, DayOfWeek.Friday, "g", new Pt(8), 9, 1.5m]));
        GC.Collect();
        Console.WriteLine(many.Invoke(d, [(byte)1, (short)2, new string('q', 3), 4f, new object[0], 5, null, null, null, 2m]));
        object[] args = [1, null, 2L, "d", new Pt(3)];
        Console.WriteLine(refs.Invoke(d, args) + Show(args));
        d.Value = "ref"; Console.WriteLine(t.GetMethod("ByRef").Invoke(d, null));
        Console.WriteLine(t.GetMethod("Generic").MakeGenericMethod(typeof(int), typeof(Pt)).Invoke(d, [5, new Pt(1)]) + "" + t.GetMethod("Generic").MakeGenericMethod(typeof(string[]), typeof(int?)).Invoke(d, [new string[2], null]));
        Console.WriteLine(t.GetMethod("Defaults").Invoke(null, [Type.Missing, "abc", Type.Missing]) + "" + t.GetMethod("Params").Invoke(null, ["f", new[] { 1, 2 }]) + t.GetProperty("Name").GetValue(d) + typeof(Base).GetProperty("Name").GetValue(d));
        int number = 42; Console.WriteLine(t.GetMethod("Pointer").Invoke(d, [Pointer.Box(&number, typeof(int*))]));
        Console.WriteLine(Show(t.GetMethod("Big").Invoke(d, [])) + Show(t.GetMethod("None").Invoke(d, null)) + Show(t.GetMethod("Some").Invoke(d, null)) + Show(t.GetMethod("Nothing").Invoke(d, null)));
        Members(t, d); Constructors(t); Structs(); Errors(t, d); Arrays(); Binding(t, d); Invokers(t, d);
    }

    static void Members(Type t, Derived<string> d) {
        t.GetField("Maybe").SetValue(d, 5); Console.Write(d.Maybe + Show(t.GetField("Maybe").GetValue(d))); t.GetField("Maybe").SetValue(d, null); Console.WriteLine(d.Maybe == null);
        t.GetField("Day").SetValue(d, DayOfWeek.Saturday); t.GetField("Count").SetValue(null, 12); t.GetField("secret", All).SetValue(d, 44); t.GetField("Value").SetValue(d, "v");
        Console.WriteLine(t.GetField("Day").GetValue(d) + "" + Derived<string>.Count + t.GetField("secret", All).GetValue(d) + d.Value + t.GetField("Constant").GetValue(null) + t.GetField("Fixed").GetValue(d));
        PropertyInfo item = t.GetProperty("Item"); item.SetValue(d, "indexed", [77]); Console.WriteLine(item.GetValue(d, [3]) + "" + Derived<string>.Count);
        t.GetProperty("Prop").SetValue(d, "set"); Console.WriteLine(d.Prop + t.GetProperty("Prop").GetGetMethod().Invoke(d, null));
        Action<int> handler = n => Console.Write("raised" + n + " "); EventInfo changed = t.GetEvent("Changed"); changed.AddEventHandler(d, handler); d.Raise(1); changed.RemoveEventHandler(d, handler); d.Raise(2); Console.WriteLine(changed.Name);
        Try(() => t.GetField("Constant").SetValue(null, "x")); Try(() => t.GetField("Day").SetValue(d, "x")); Try(() => t.GetField("Value").GetValue(null)); Try(() => t.GetField("Value").GetValue("other")); Try(() => t.GetProperty("Name").SetValue(d, "x"));
    }

    static void Constructors(Type t) {
        Console.WriteLine(((Derived<string>)t.GetConstructor(All, [typeof(string)]).Invoke(["made"])).Prop + ((Derived<string>)Activator.CreateInstance(t, All, null, ["act"], null)).Prop + Activator.CreateInstance(typeof(Pt), 4) + Activator.CreateInstance(typeof(Pt)) + Activator.CreateInstance<Derived<int>>().Prop + Show(Activator.CreateInstance(typeof(int?))));
        Console.WriteLine(typeof(string).GetConstructor([typeof(char), typeof(int)]).Invoke(['x', 3]) + "" + Activator.CreateInstance(typeof(string), [new[] { 'a', 'b' }]) + Activator.CreateInstance(typeof(DateTime), 2020, 1, 2) + Activator.CreateInstance(typeof(List<>).MakeGenericType(typeof(Pt)), 10).GetType().Name);
        var again = (Derived<string>)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(t); Console.Write(Show(again.Prop)); t.GetConstructor([]).Invoke(again, null); Console.WriteLine(again.Prop);
        Try(() => Activator.CreateInstance(typeof(Failing))); Try(() => typeof(Failing).GetProperty("Value").GetValue(null)); Try(() => Activator.CreateInstance(t, 1, 2, 3)); Try(() => Activator.CreateInstance(typeof(IDisposable))); Try(() => Activator.CreateInstance(typeof(Pt).MakeByRefType()));
    }

    static void Structs() {
        object boxed = new Pt(9); typeof(Pt).GetMethod("Move").Invoke(boxed, [5]); typeof(Pt).GetField("Y").SetValue(boxed, 100);
        Console.WriteLine(boxed + "" + typeof(Pt).GetMethod("Sum").Invoke(boxed, null) + typeof(object).GetMethod("ToString").Invoke(boxed, null) + boxed.Equals(boxed) + typeof(int).GetMethod("CompareTo", [typeof(int)]).Invoke(3, [4]) + typeof(IComparable).GetMethod("CompareTo").Invoke(3, [2]) + typeof(int?).GetProperty("HasValue"));
        Console.WriteLine(typeof(DayOfWeek).GetMethod("ToString", []).Invoke(DayOfWeek.Friday, null) + "" + typeof(Guid).GetMethod("Parse", [typeof(string)]).Invoke(null, [Guid.Empty.ToString()]) + typeof(decimal).GetMethod("Add").Invoke(null, [1.5m, 2m]));
    }

    static void Errors(Type t, Derived<string> d) {
        MethodInfo many = t.GetMethod("Many");
        Try(() => t.GetMethod("Throw").Invoke(d, null)); Try(() => t.GetMethod("Throw").Invoke(d, BindingFlags.DoNotWrapExceptions, null, null, null)); Try(() => many.Invoke(d, [1])); Try(() => many.Invoke(null, new object[10])); Try(() => many.Invoke("x", new object[10])); Try(() => t.GetMethod("Defaults").Invoke(null, ["s", 1, 2]));
        Try(() => t.GetMethod("Generic").Invoke(d, [1, 2])); Try(() => typeof(Derived<>).GetMethod("Throw").Invoke(d, null)); Try(() => typeof(Base).GetMethod("Nope").Invoke(null, null)); Try(() => typeof(IDisposable).GetMethod("Dispose").Invoke(d, null)); Try(() => typeof(Derived<>).GetField("Count").GetValue(null));
    }

    static void Arrays() {
        int[,] grid = new int[2, 3]; Type g = typeof(int[,]);
        g.GetMethod("Set").Invoke(grid, [1, 2, 55]); Console.WriteLine(g.GetMethod("Get").Invoke(grid, [1, 2]) + "" + grid[1, 2] + ((int[,])g.GetConstructor([typeof(int), typeof(int)]).Invoke([4, 5])).Length + g.GetConstructors().Length + string.Join(";", g.GetMethods().Where(m => m.DeclaringType == g).Select(m => m.ToString()).Order(StringComparer.Ordinal)));
        Console.WriteLine(((string[])Activator.CreateInstance(typeof(string[]), 3)).Length + typeof(Array).GetMethod("GetLength").Invoke(grid, [1]).ToString() + typeof(string).GetProperty("Chars").GetValue("abc", [1]) + typeof(string).GetMethod("Substring", [typeof(int)]).Invoke("hello", [2]));
    }

    static void Binding(Type t, Derived<string> d) {
        Console.WriteLine(typeof(Base).InvokeMember("Describe", BindingFlags.InvokeMethod | BindingFlags.Public | BindingFlags.Static, null, null, ["s"]) + "" + typeof(Base).InvokeMember("Describe", BindingFlags.InvokeMethod | BindingFlags.Public | BindingFlags.Static, null, null, [(short)1]) + typeof(Base).InvokeMember("Describe", BindingFlags.InvokeMethod | BindingFlags.Public | BindingFlags.Static, null, null, [2.5]) + t.InvokeMember("Prop", BindingFlags.GetProperty, null, d, null) + t.InvokeMember(null, BindingFlags.CreateInstance, null, null, null).GetType().Name);
        Console.WriteLine(typeof(Base).GetMethod("Describe", [typeof(uint)]).GetParameters()[0].ParameterType + " " + typeof(Base).GetMethod("Describe", [typeof(Pt)]).GetParameters()[0].ParameterType + Convert.ChangeType("12", typeof(int), CultureInfo.InvariantCulture) + Type.DefaultBinder.GetType().Name);
    }

    static void Invokers(Type t, Derived<string> d) {
        MethodInvoker invoker = MethodInvoker.Create(t.GetMethod("Defaults")); ConstructorInvoker make = ConstructorInvoker.Create(t.GetConstructor([]));
        Console.WriteLine(invoker.Invoke(null, 1, "ab", DayOfWeek.Sunday) + "" + ((Derived<string>)make.Invoke()).Prop + MethodInvoker.Create(t.GetMethod("Nothing")).Invoke(d));
        for (int i = 0; i < 5; i++) Console.Write(t.GetMethod("Some").Invoke(d, null)); Console.WriteLine();
        var proxy = DispatchProxy.Create<IDisposable, Proxy>; Console.WriteLine(proxy.Method.Name);
    }
    public class Proxy : DispatchProxy { protected override object Invoke(MethodInfo m, object[] a) => null; }
}
