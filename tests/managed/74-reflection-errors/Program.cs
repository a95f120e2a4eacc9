// What reflection answers and throws when something is wrong: constructors that throw, arguments that do not fit, names that
// nothing has; and what it says of method bodies and forwarded types.
#nullable disable
using System.Reflection;
using System.Runtime.CompilerServices;

class BadStatics { public static int Field; public static readonly int Fixed; public int Instance; static BadStatics() => throw new InvalidOperationException("static"); public static void Do() { } public void Own() { } public static int Property => 3; }
class BadStatics2 { public static int Field = int.Parse("x"); public BadStatics2() { } }
class BadStatics3 { static BadStatics3() => throw new InvalidOperationException("s3"); public BadStatics3() { } }
class BadConstructor { public BadConstructor() => throw new InvalidOperationException("constructor"); public BadConstructor(int a) { if (a == 0) throw new ArgumentException("zero", nameof(a)); } }
struct BadStruct { public int X; public BadStruct() => throw new InvalidOperationException("struct"); }
abstract class Abstract { public abstract void M(); }
class NoDefault { public NoDefault(int a) { } }
class PrivateDefault { PrivateDefault() { } }
interface IThing { }
class Methods { 
  public int Value = 1; public readonly int Fixed = 2; public const int Constant = 3; public static readonly int StaticFixed = 4; public string Text { get; set; } public int ReadOnly => 5; public int WriteOnly { set { } }
  public int Add(int a, int b) => a + b; public void Throw() => throw new InvalidOperationException("thrown"); public static void Static(string s) { } public T Generic<T>(T t) where T : class => t;
  public void ByRef(ref int a) => a++; public void Over(int a) { } public void Over(string a) { } private void Secret() { } public void Optional(int a = 5) { }
  public unsafe void Pointer(int* p) { } public Span<int> Span() => default; public event Action E { add => throw new InvalidOperationException("add"); remove { } }
}
enum Color { Red, Green }
static class Program {
  static string Describe(Exception e) { string s = $"{e.GetType()}: {e.Message} 0x{e.HResult:X8}"; if (e is ArgumentException { ParamName: not null } a) s += " <" + a.ParamName + ">"; if (e is TypeInitializationException t) s += " [" + t.TypeName + "]"; for (Exception i = e.InnerException; i != null; i = i.InnerException) s += "\n   <- " + i.GetType() + ": " + i.Message; return s; }
  static void Show(string title, Func<object> f) { try { object r = f(); Console.WriteLine($"{title}: {(r is Array x ? "[" + string.Join(",", x.Cast<object>()) + "]" : r ?? "null")}"); } catch (Exception e) { Console.WriteLine($"{title}: {Describe(e)}"); } }
  const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
  static MethodInfo M(string n) => typeof(Methods).GetMethod(n, All);
  static FieldInfo F(string n) => typeof(Methods).GetField(n, All);
  static T New<T>() where T : new() => new T();
  static void Main() {
    Show("get static", () => typeof(BadStatics).GetField("Field").GetValue(null));
    Show("get static again", () => typeof(BadStatics).GetField("Field").GetValue(null));
    Show("set static", () => { typeof(BadStatics).GetField("Field").SetValue(null, 3); return 1; });
    Show("get static fixed", () => typeof(BadStatics).GetField("Fixed").GetValue(null));
    Show("invoke static", () => typeof(BadStatics).GetMethod("Do").Invoke(null, null));
    Show("property static", () => typeof(BadStatics).GetProperty("Property").GetValue(null));
    Show("new bad statics", () => Activator.CreateInstance(typeof(BadStatics)));
    Show("get static2", () => typeof(BadStatics2).GetField("Field").GetValue(null));
    Show("new bad statics2", () => Activator.CreateInstance(typeof(BadStatics2)));
    Show("new<> bad statics2", () => Activator.CreateInstance<BadStatics2>());
    Show("new() bad statics2", () => New<BadStatics2>());
    Show("run cctor", () => { RuntimeHelpers.RunClassConstructor(typeof(BadStatics).TypeHandle); return 1; });
    Show("new bad statics3", () => Activator.CreateInstance(typeof(BadStatics3)));
    Show("new<> bad statics3", () => Activator.CreateInstance<BadStatics3>());
    Show("ctor bad statics3", () => typeof(BadStatics3).GetConstructor(Type.EmptyTypes).Invoke(null));
    Show("create bad", () => Activator.CreateInstance(typeof(BadConstructor)));
    Show("create<> bad", () => Activator.CreateInstance<BadConstructor>());
    Show("new() bad", () => New<BadConstructor>());
    Show("create bad args", () => Activator.CreateInstance(typeof(BadConstructor), 0));
    Show("create bad args2", () => Activator.CreateInstance(typeof(BadConstructor), "x"));
    Show("create struct", () => Activator.CreateInstance(typeof(BadStruct)));
    Show("create<> struct", () => Activator.CreateInstance<BadStruct>());
    Show("new() struct", () => New<BadStruct>());
    Show("create private", () => Activator.CreateInstance(typeof(PrivateDefault)));
    Show("create private nonpublic", () => Activator.CreateInstance(typeof(PrivateDefault), true));
    Show("create<> private", () => Activator.CreateInstance<PrivateDefault>());
    Show("create open", () => Activator.CreateInstance(typeof(List<>)));
    Show("create void", () => Activator.CreateInstance(typeof(void)));
    Show("create span", () => Activator.CreateInstance(typeof(Span<int>)));
    Show("create nullable", () => Activator.CreateInstance(typeof(int?)));
    Show("create<> nullable", () => Activator.CreateInstance<int?>());
    Show("create null", () => Activator.CreateInstance((Type)null));
    Show("create named", () => Activator.CreateInstance("Nowhere", "X"));
    Show("invoke count", () => M("Add").Invoke(new Methods(), new object[] { 1 }));
    Show("invoke count2", () => M("Add").Invoke(new Methods(), null));
    Show("invoke type", () => M("Add").Invoke(new Methods(), new object[] { 1, "x" }));
    Show("invoke widen", () => M("Add").Invoke(new Methods(), new object[] { (byte)1, 'a' }));
    Show("invoke narrow", () => M("Add").Invoke(new Methods(), new object[] { 1L, 1 }));
    Show("invoke null arg", () => M("Add").Invoke(new Methods(), new object[] { null, 4 }));
    Show("invoke missing", () => M("Optional").Invoke(new Methods(), new object[] { Type.Missing }));
    Show("invoke missing2", () => M("Add").Invoke(new Methods(), new object[] { Type.Missing, 3 }));
    Show("invoke null target", () => M("Add").Invoke(null, new object[] { 1, 2 }));
    Show("invoke target", () => M("Add").Invoke("x", new object[] { 1, 2 }));
    Show("invoke throws", () => M("Throw").Invoke(new Methods(), null));
    Show("invoke throws nowrap", () => M("Throw").Invoke(new Methods(), BindingFlags.DoNotWrapExceptions, null, null, null));
    Show("invoke abstract", () => typeof(Abstract).GetMethod("M").Invoke(null, null));
    Show("invoke open", () => M("Generic").Invoke(new Methods(), new object[] { "x" }));
    Show("invoke open type", () => typeof(List<>).GetMethod("Clear").Invoke(new List<int>(), null));
    Show("generic none", () => M("Add").MakeGenericMethod(typeof(string)));
    Show("generic null", () => M("Generic").MakeGenericMethod(new Type[] { null }));
    Show("make generic count", () => typeof(List<>).MakeGenericType(typeof(int), typeof(int)));
    Show("make generic none", () => typeof(string).MakeGenericType(typeof(int)));
    Show("make generic pointer", () => typeof(List<>).MakeGenericType(typeof(int*)));
    Show("make generic void", () => typeof(List<>).MakeGenericType(typeof(void)));
    Show("make array rank", () => typeof(int).MakeArrayType(0));
    Show("span array", () => typeof(Span<int>).MakeArrayType());
    Show("invoke span", () => M("Span").Invoke(new Methods(), null));
    Show("ambiguous", () => typeof(Methods).GetMethod("Over"));
    Show("no method", () => typeof(Methods).GetMethod("Nope"));
    Show("member ambiguous", () => typeof(Methods).InvokeMember("Over", BindingFlags.InvokeMethod | All, null, new Methods(), new object[] { 1.5 }));
    Show("member missing", () => typeof(Methods).InvokeMember("Nope", BindingFlags.InvokeMethod | All, null, new Methods(), null));
    Show("member field missing", () => typeof(Methods).InvokeMember("Nope", BindingFlags.GetField | All, null, new Methods(), null));
    Show("field type", () => { F("Value").SetValue(new Methods(), "x"); return 1; });
    Show("field null", () => { var m = new Methods { Value = 9 }; F("Value").SetValue(m, null); return m.Value; });
    Show("field null target", () => F("Value").GetValue(null));
    Show("field readonly", () => { var m = new Methods(); F("Fixed").SetValue(m, 8); return m.Fixed; });
    Show("field static readonly", () => { _ = Methods.StaticFixed; F("StaticFixed").SetValue(null, 8); return 1; });
    Show("field const", () => { F("Constant").SetValue(null, 8); return 1; });
    Show("field const get", () => F("Constant").GetValue(null));
    Show("field raw const", () => F("Value").GetRawConstantValue());
    Show("field widen", () => { var m = new Methods(); F("Value").SetValue(m, (short)8); return m.Value; });
    Show("property no set", () => { typeof(Methods).GetProperty("ReadOnly").SetValue(new Methods(), 1); return 1; });
    Show("property no get", () => typeof(Methods).GetProperty("WriteOnly").GetValue(new Methods()));
    Show("property type", () => { typeof(Methods).GetProperty("Text").SetValue(new Methods(), 1); return 1; });
    Show("property target", () => typeof(Methods).GetProperty("Text").GetValue(null));
    Show("event add", () => { typeof(Methods).GetEvent("E").AddEventHandler(new Methods(), (Action)(() => { })); return 1; });
    Show("event type", () => { typeof(Methods).GetEvent("E").AddEventHandler(new Methods(), (Func<int>)(() => 1)); return 1; });
    Show("delegate mismatch", () => Delegate.CreateDelegate(typeof(Action), new Methods(), M("Add")));
    Show("delegate name", () => Delegate.CreateDelegate(typeof(Action), new Methods(), "Nope"));
    Show("delegate null method", () => Delegate.CreateDelegate(typeof(Action), (MethodInfo)null));
    Show("delegate no delegate", () => Delegate.CreateDelegate(typeof(string), M("Throw")));
    Show("delegate create", () => M("Add").CreateDelegate<Func<int>>());
    Show("dynamic invoke", () => ((Func<int, int>)(x => 10 / x)).DynamicInvoke(0));
    Show("dynamic count", () => ((Func<int, int>)(x => 10 / x)).DynamicInvoke());
    Show("dynamic type", () => ((Func<int, int>)(x => 10 / x)).DynamicInvoke("x"));
    Show("type missing", () => Type.GetType("No.Such.Type", true));
    Show("type missing null", () => Type.GetType("No.Such.Type"));
    Show("type assembly", () => Type.GetType("No.Such, Nowhere", true));
    Show("type empty", () => Type.GetType("", true));
    Show("type null", () => Type.GetType(null));
    Show("type case", () => Type.GetType("system.STRING"));
    Show("type ignore case", () => Type.GetType("system.STRING", false, true));
    Show("type ignore case 2", () => Type.GetType("METHODS", true, true));
    Show("type ignore case 3", () => Type.GetType("system.collections.generic.LIST`1[system.int32]", true, true));
    Show("type ignore case nested", () => Type.GetType("outer+INNER", true, true));
    Show("type ignore case missing", () => Type.GetType("methodz", true, true));
    Show("type ignore case assembly", () => typeof(Methods).Assembly.GetType("methods", true, true));
    Show("type ignore case assembly2", () => typeof(Methods).Assembly.GetType("methods", false, false));
    Show("assembly get", () => typeof(Methods).Assembly.GetType("Nope", true));
    Show("module get", () => typeof(Methods).Module.GetType("methods", true, true));
    Show("assembly load", () => Assembly.Load("No.Such.Assembly"));
    Show("assembly load empty", () => Assembly.Load(""));
    Show("assembly name", () => new AssemblyName("a, Version=x"));
    Show("enum parse", () => Enum.Parse<Color>("Blue"));
    Show("enum parse2", () => Enum.Parse(typeof(int), "Blue"));
    Show("enum name", () => Enum.GetName(typeof(Color), "x"));
    Show("enum toobject", () => Enum.ToObject(typeof(Color), "x"));
    Show("enum format", () => Color.Red.ToString("Q"));
    Show("array create", () => Array.CreateInstance(typeof(void), 3));
    Show("array create2", () => Array.CreateInstance(typeof(int), -1));
    Show("array create open", () => Array.CreateInstance(typeof(List<>), 1));
    Show("array set", () => { Array a = new int[1]; a.SetValue("x", 0); return 1; });
    Show("array set null", () => { Array a = new int[] { 5 }; a.SetValue(null, 0); return a.GetValue(0); });
    Show("array get rank", () => new int[1, 1].GetValue(0));
    Show("array copy", () => { Array.Copy(new int[1], new string[1], 1); return 1; });
    Show("array copy2", () => { Array.Copy(new object[] { "x" }, new int[1], 1); return 1; });
    Show("convert", () => Convert.ChangeType("x", typeof(int)));
    Show("convert2", () => Convert.ChangeType(new object(), typeof(int)));
    Show("oom", () => new OutOfMemoryException().HResult.ToString("X8"));
    Show("get interface", () => typeof(List<int>).GetInterface("ilist", true));
    Show("get interface ambiguous", () => typeof(Both).GetInterface("IEquatable`1"));
    Show("uninitialized", () => RuntimeHelpers.GetUninitializedObject(typeof(Abstract)));
    Show("uninitialized string", () => RuntimeHelpers.GetUninitializedObject(typeof(string)));
    Show("uninitialized array", () => RuntimeHelpers.GetUninitializedObject(typeof(int[])));
    Show("uninitialized open", () => RuntimeHelpers.GetUninitializedObject(typeof(List<>)));
    Show("uninitialized null", () => RuntimeHelpers.GetUninitializedObject(null));
    Show("resolve4", () => typeof(Methods).Module.ResolveString(0x70000001) != null);
    Show("attribute ambiguous", () => typeof(Twice).GetCustomAttribute<MarkAttribute>());
    Show("attribute throws", () => typeof(Thrower).GetCustomAttributes(true));
    Show("forwarded", () => string.Join(",", Assembly.Load("System.Linq").GetForwardedTypes().Select(t => t.FullName).Take(3)));
    Show("forwarded own", () => typeof(Methods).Assembly.GetForwardedTypes().Length);
    Show("forwarded names", () => string.Join(",", Assembly.Load("System.Collections").GetForwardedTypes().Select(t => t.FullName).OrderBy(x => x, StringComparer.Ordinal).Take(5)));
    Body("Add"); Body("Throw"); Body("Bodies"); Body("Abstract"); 
    Show("body generic", () => typeof(List<>).GetMethod("Clear").GetMethodBody() != null);
    Show("body constructor", () => typeof(BadConstructor).GetConstructor(new[] { typeof(int) }).GetMethodBody().GetILAsByteArray().Length > 5);
  }
  static int Bodies(string s, int n) { try { for (int i = 0; i < n; i++) s += i; return int.Parse(s); } catch (FormatException e) when (e.Message != null) { return 1; } catch (OverflowException) { return 2; } finally { Console.Write(""); } }
  static void Body(string name) {
    MethodBase m = typeof(Methods).GetMethod(name, All) ?? typeof(Program).GetMethod(name, All) ?? typeof(Abstract).GetMethod("M");
    MethodBody b = m.GetMethodBody();
    if (b == null) { Console.WriteLine(name + " has no body"); return; }
    Console.WriteLine($"{name}: {Convert.ToHexString(b.GetILAsByteArray())[..8]} {b.GetILAsByteArray().Length} max {b.MaxStackSize} init {b.InitLocals} sig {b.LocalSignatureMetadataToken:X8}");
    foreach (var l in b.LocalVariables) Console.WriteLine("  " + l + " " + l.IsPinned + " " + l.LocalIndex + " " + l.LocalType);
    foreach (var c in b.ExceptionHandlingClauses) Console.WriteLine("  " + c.Flags + " " + c.TryOffset + " " + c.TryLength + " " + c.HandlerOffset + " " + c.HandlerLength + " " + (c.Flags == ExceptionHandlingClauseOptions.Filter ? c.FilterOffset : -1) + " " + (c.Flags == ExceptionHandlingClauseOptions.Clause ? c.CatchType : null));
  }
}
class Outer { public class Inner { } }
class Both : IEquatable<int>, IEquatable<string> { public bool Equals(int x) => false; public bool Equals(string x) => false; }
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)] class MarkAttribute : Attribute { }
[Mark, Mark] class Twice { }
class ThrowsAttribute : Attribute { public ThrowsAttribute() => throw new InvalidOperationException("attribute"); }
[Throws] class Thrower { }
