// Reflection over every kind of member: names, flags, tokens of parameters, attributes and their data, hierarchy of types.
#nullable disable
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
class InfoAttribute : Attribute {
    public InfoAttribute(string name, params object[] rest) { Name = name; Rest = rest; }
    public InfoAttribute(Type type, DayOfWeek day, int[] numbers) { Name = type.FullName + day + string.Join('.', numbers); Rest = []; }
    public string Name; public object[] Rest;
    public long Number { get; set; }
    public Type[] Types;
    public override string ToString() => Name + "(" + string.Join(",", Rest) + ")" + Number + (Types == null ? "" : string.Join("|", Types.Select(t => t.Name)));
}
[AttributeUsage(AttributeTargets.Class, Inherited = false)] class OwnAttribute : Attribute;
class GenericAttribute<T> : Attribute { public T Value; public override string ToString() => typeof(T).Name + Value; }

interface IThing { int Do(int a); event Action Changed; string Title { get; init; } }
[Info("base", 1, "two", 3.5, typeof(string), DayOfWeek.Monday, Number = 7), Info("types", Types = new[] { typeof(int), typeof(List<string>) }), Own]
[Info(typeof(Dictionary<string, List<int[]>>), DayOfWeek.Friday, new[] { 1, 2, 3 })]
abstract class Base : IThing {
    protected int hidden = 3; public static readonly string S = "static"; public const int C = 42; [ThreadStatic] static int t; internal volatile int Vol;
    public virtual int Do(int a) => a + hidden;
    public event Action Changed { add { } remove { } }
    public string Title { get; init; }
    private void Secret() { }
    public abstract void Abstract();
    public int? Maybe; public DayOfWeek Day = DayOfWeek.Tuesday; public unsafe int* Pointer; public int[][,] Jagged;
    protected internal virtual ref readonly int Ref() => ref hidden;
    static Base() { }
}
[Generic<int>(Value = 4), Serializable]
sealed class Derived<T> : Base where T : class, new() {
    public T Value;
    [Info("method"), EditorBrowsable(EditorBrowsableState.Never), MethodImpl(MethodImplOptions.NoInlining)] public override int Do([Info("parameter")] int a) => a * 2;
    public override void Abstract() { }
    public int Many(int a, long b, string c, double d, object e, DayOfWeek f, ref int g, T h) { g = a; return (int)(a + b + d) + c.Length + (int)f + (h == null ? 0 : 1); }
    public U Generic<U>(U u, T t2) => u;
    public static T Make() => new T();
    public int this[int i, string s] { get => i + s.Length; set { } }
    public class Nested<V> { }
    public int WithDefaults(int a = 5, string s = "x", DayOfWeek d = DayOfWeek.Sunday, decimal m = 1.5m, int? n = null, object o = null, params int[] rest) => a;
    public static Derived<T> operator +(Derived<T> a, int b) => a; public static explicit operator int(Derived<T> d) => 1;
}
[StructLayout(LayoutKind.Sequential, Pack = 2)] struct Pt { public int X; public int Y; public Pt(int x) { X = x; Y = -x; } public readonly int Sum() => X + Y; public override string ToString() => $"<{X},{Y}>"; }
delegate int Callback<in T>(T value, out string text);
enum Color : short { Red = 1, [Description("deep")] Blue = 5 }
[Flags] enum Bits { None, One, Two }

static class P {
    static string Show(object o) => o switch { null => "null", Array a => "[" + string.Join(",", a.Cast<object>().Select(Show)) + "]", _ => o.ToString() };
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static void Main() {
        Names(); Members(); Attributes(); Parameters(); Flags(); Lookup(); Generics(); Assemblies(); Nullability();
    }

    static void Names() {
        foreach (Type t in new[] { typeof(Derived<object>), typeof(Derived<>), typeof(Derived<object>.Nested<int>), typeof(Derived<>.Nested<>), typeof(int[,][]), typeof(int*), typeof(Pt).MakeByRefType(), typeof(int?), typeof((int, string)), typeof(Dictionary<string, List<int>>), typeof(void), typeof(Callback<int>), typeof(Dictionary<,>.KeyCollection), typeof(Span<byte>), typeof(Derived<>).GetGenericArguments()[0], typeof(List<>).MakeArrayType(), typeof(Color[]), typeof(nint), typeof(dynamicish) })
            Console.WriteLine($"{t.Name} | {t.FullName?.Split(", System.Private")[0]} | {t} | {t.Namespace} | {t.IsGenericType} {t.IsGenericTypeDefinition} {t.ContainsGenericParameters} {t.IsNested} {t.HasElementType} {t.IsPrimitive} {t.IsByRefLike}");
        foreach (string name in new[] { "System.Int32", "P", "Derived`1+Nested`1[System.Object,System.Int32]", "System.Collections.Generic.Dictionary`2[[System.String, System.Private.CoreLib],[System.Int32[]]]", "System.Int32[,]&", "System.Int32*", "Nope", "System.Collections.Generic.List`1" })
            Console.WriteLine(name + " -> " + (Type.GetType(name)?.ToString() ?? "null"));
        Console.WriteLine("" + typeof(P).Assembly.GetType("Pt") + " " + typeof(object).Assembly.GetType("System.String"));
        foreach (string bad in new[] { "Nope" })
            try { Type.GetType(bad, true); Console.WriteLine("fine"); } catch (Exception e) { Console.WriteLine(e.GetType().Name + " " + e.Message.Split(" from ")[0]); }
    }
    struct dynamicish;

    static void Members() {
        foreach (Type type in new[] { typeof(Derived<object>), typeof(Base), typeof(IThing), typeof(Pt), typeof(Color), typeof(Callback<string>) }) {
            Console.WriteLine("-- " + type + " : " + type.BaseType + " " + (int)type.Attributes + " " + Show(type.GetInterfaces().OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => i.Name).ToArray()));
            foreach (var m in type.GetMembers(All).OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.ToString(), StringComparer.Ordinal))
                Console.WriteLine(m.MemberType + " " + m + " " + m switch { MethodBase b => (int)b.Attributes + " " + b.CallingConvention + " " + b.MethodImplementationFlags, FieldInfo f => f.Attributes + "", PropertyInfo p => p.CanRead + "" + p.CanWrite + p.GetMethod?.Name + p.SetMethod?.Name, EventInfo e => e.AddMethod.Name + e.EventHandlerType.Name, _ => "" });
        }
        Console.WriteLine(string.Join(" ", typeof(Derived<List<int>>).GetMembers().Where(m => m.DeclaringType != typeof(object)).Select(m => m.Name).Order(StringComparer.Ordinal)));
        Console.WriteLine(typeof(Base).TypeInitializer + " " + typeof(Derived<object>).GetConstructors().Length + typeof(Base).GetProperty("Title").SetMethod.ReturnParameter.GetRequiredCustomModifiers()[0].Name + typeof(Base).GetField("Vol", All).GetRequiredCustomModifiers()[0].Name);
    }

    static void Attributes() {
        foreach (var a in typeof(Derived<object>).GetCustomAttributes(true).Select(a => a.ToString()).Order(StringComparer.Ordinal)) Console.WriteLine(a);
        foreach (var a in typeof(Base).GetCustomAttributesData().Select(a => a.ToString()).Order(StringComparer.Ordinal)) Console.WriteLine(a);
        Console.WriteLine(typeof(Derived<object>).IsDefined(typeof(OwnAttribute), true) + " " + typeof(Base).IsDefined(typeof(OwnAttribute)) + typeof(Derived<object>).GetCustomAttributes<InfoAttribute>(true).Count());
        var method = typeof(Derived<object>).GetMethod("Do");
        Console.WriteLine(method.GetCustomAttribute<EditorBrowsableAttribute>().State + "" + method.GetCustomAttribute<InfoAttribute>() + method.GetParameters()[0].GetCustomAttribute<InfoAttribute>() + typeof(Color).GetField("Blue").GetCustomAttribute<DescriptionAttribute>().Description);
        Console.WriteLine(typeof(Bits).IsDefined(typeof(FlagsAttribute), false) + " " + method.GetCustomAttributesData().Select(d => d.AttributeType.Name).Order().First() + typeof(Base).GetCustomAttributesData().First(d => d.ConstructorArguments.Count == 2).NamedArguments[0] + typeof(Pt).StructLayoutAttribute.Pack);
    }

    static void Parameters() {
        foreach (var p in typeof(Derived<object>).GetMethod("Many").GetParameters()) Console.Write(p + " " + p.Position + p.IsOut + p.ParameterType.IsByRef + "; ");
        Console.WriteLine();
        foreach (var p in typeof(Derived<object>).GetMethod("WithDefaults").GetParameters()) Console.Write(p + " = " + (p.HasDefaultValue ? Show(p.DefaultValue) : "none") + " " + p.HasDefaultValue + p.IsOptional + p.IsDefined(typeof(ParamArrayAttribute)) + "; ");
        Console.WriteLine();
        var invoke = typeof(Callback<int>).GetMethod("Invoke");
        Console.WriteLine(invoke + " " + invoke.GetParameters()[1].IsOut + invoke.ReturnParameter + invoke.ReturnParameter.Position + typeof(Base).GetMethod("Ref", All).ReturnType);
        Console.WriteLine(typeof(Derived<object>).GetProperty("Item").GetIndexParameters().Length + " " + typeof(Derived<>).GetMethod("Generic").GetParameters()[1].ParameterType + typeof(Derived<>).GetMethod("Generic").ReturnType.IsGenericMethodParameter);
    }

    static void Flags() {
        foreach (Type t in new[] { typeof(Base), typeof(Derived<>), typeof(IThing), typeof(Pt), typeof(Color), typeof(Callback<>), typeof(P), typeof(int[]), typeof(string), typeof(Derived<object>.Nested<int>), typeof(int?) })
            Console.Write($"{t.Name}:{(t.IsClass ? "c" : "")}{(t.IsInterface ? "i" : "")}{(t.IsValueType ? "v" : "")}{(t.IsEnum ? "e" : "")}{(t.IsAbstract ? "a" : "")}{(t.IsSealed ? "s" : "")}{(t.IsPublic ? "p" : "")}{(t.IsVisible ? "V" : "")}{(t.IsNestedPublic ? "n" : "")}{(t.IsAutoLayout ? "A" : "")}{(t.IsLayoutSequential ? "S" : "")}{(t.IsArray ? "[]" : "")}{(t.IsSubclassOf(typeof(Delegate)) ? "d" : "")} {Type.GetTypeCode(t)} ");
        Console.WriteLine();
    }

    static void Lookup() {
        Type t = typeof(Derived<object>);
        Console.WriteLine(t.GetMethod("Do").GetBaseDefinition().DeclaringType + " " + t.GetMethod("do") + t.GetMethod("DO", BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance) + t.GetMethod("Secret", All) + typeof(Base).GetMethod("Secret", All) + t.GetField("hidden", BindingFlags.NonPublic | BindingFlags.Instance));
        try { typeof(Console).GetMethod("WriteLine"); } catch (AmbiguousMatchException e) { Console.WriteLine(e.Message.Split('.')[0]); }
        Console.WriteLine(typeof(Console).GetMethod("WriteLine", [typeof(int)]) + " " + typeof(Math).GetMethod("Max", [typeof(byte), typeof(byte)]) + typeof(string).GetConstructor([typeof(char), typeof(int)]) + typeof(List<>).GetMethod("Add") + typeof(Pt).GetConstructors().Length);
        var map = t.GetInterfaceMap(typeof(IThing)); Console.WriteLine(map.InterfaceMethods.Length + map.TargetMethods.Single(m => m.Name == "Do").DeclaringType.Name + map.TargetMethods.Single(m => m.Name == "get_Title").DeclaringType.Name);
        Console.WriteLine(t.GetMember("Do").Length + " " + t.FindMembers(MemberTypes.Method, BindingFlags.Public | BindingFlags.Instance, Type.FilterName, "Ab*").Length + t.GetNestedTypes().Length + t.GetEvents().Length + typeof(Base).GetRuntimeFields().Count() + t.GetDefaultMembers().Length);
        Console.WriteLine(t.GetMethod("Do") == t.GetMethod("Do") ? "same" : "other");
        Console.WriteLine((t.GetMethod("get_Title").DeclaringType == typeof(Base)) + " " + t.GetMethod("get_Title").ReflectedType + t.GetMethod("op_Addition") + t.GetMethod("op_Explicit").IsSpecialName);
        Console.WriteLine(Show(typeof(List<int>).GetInterfaces().OrderBy(i => i.ToString(), StringComparer.Ordinal).ToArray()));
        Console.WriteLine(typeof(IThing).IsAssignableFrom(t) + " " + typeof(int?).IsAssignableFrom(typeof(int)) + typeof(object).IsInstanceOfType(3) + t.IsSubclassOf(typeof(Base)) + typeof(IComparable<int>).IsAssignableTo(typeof(object)) + typeof(Enum).IsAssignableFrom(typeof(Color)));
    }

    static void Generics() {
        Console.WriteLine(typeof(List<>).MakeGenericType(typeof(Pt)) == typeof(List<Pt>)); Console.WriteLine(typeof(List<int>).GetGenericTypeDefinition() == typeof(List<>));
        Console.WriteLine(Show(typeof(Derived<>).GetGenericArguments()[0].GetGenericParameterConstraints()) + typeof(Derived<>).GetGenericArguments()[0].GenericParameterAttributes + typeof(Derived<>).GetGenericArguments()[0].DeclaringType + typeof(Derived<>).GetMethod("Generic").GetGenericArguments()[0].DeclaringMethod);
        var generic = typeof(Derived<object>).GetMethod("Generic");
        Console.WriteLine(generic + " " + generic.MakeGenericMethod(typeof(int)) + generic.IsGenericMethodDefinition + generic.MakeGenericMethod(typeof(int)).GetGenericMethodDefinition().Equals(generic) + typeof(Derived<>).MakeGenericType(typeof(Derived<>).GetGenericArguments()));
        Console.WriteLine(typeof(Derived<>).BaseType + " " + typeof(Dictionary<,>).GetInterfaces().Count(i => i.IsGenericType) + typeof(IEnumerable<>).MakeGenericType(typeof(List<>).GetGenericArguments()[0]) + Type.MakeGenericMethodParameter(1));
        Console.WriteLine(typeof(Derived<object>).GetMethod("Many").MetadataToken == typeof(Derived<>).GetMethod("Many").MetadataToken);
        Console.WriteLine(MethodBase.GetMethodFromHandle(generic.MethodHandle, typeof(Derived<object>).TypeHandle) + " " + Type.GetTypeFromHandle(typeof(Pt).TypeHandle) + FieldInfo.GetFieldFromHandle(typeof(Pt).GetField("X").FieldHandle));
    }

    static void Assemblies() {
        Assembly assembly = typeof(P).Assembly;
        Console.WriteLine(assembly.FullName + " " + typeof(P).Module.Name + " " + assembly.GetTypes().Count(t => t.Name == "Pt") + assembly.EntryPoint.Name + " " + assembly.GetReferencedAssemblies().Any(a => a.Name == "System.Runtime") + assembly.GetName().Version + assembly.ManifestModule.ScopeName);
        Console.WriteLine(Assembly.GetExecutingAssembly().GetName().Name + Assembly.GetEntryAssembly().GetName().Version + Assembly.Load("System.Collections").GetName().Name + typeof(object).Assembly.GetName().Name + assembly.IsDynamic + assembly.DefinedTypes.Count(t => t.IsEnum) + assembly.GetManifestResourceNames().Length);
        Console.WriteLine(assembly.GetCustomAttributes<RuntimeCompatibilityAttribute>().Single().WrapNonExceptionThrows + " " + typeof(P).Module.ResolveType(typeof(Pt).MetadataToken) + typeof(P).Module.ResolveMethod(assembly.EntryPoint.MetadataToken).Name);
        try { Assembly.Load("Not.There"); } catch (System.IO.FileNotFoundException e) { Console.WriteLine(e.GetType().Name); }
        Console.WriteLine(MethodBase.GetCurrentMethod().Name + typeof(Base).GetField("C").GetRawConstantValue() + typeof(Color).GetField("Blue").GetRawConstantValue() + typeof(Base).GetField("S").GetValue(null));
    }

    static void Nullability() {
        Console.WriteLine(new NullabilityInfoContext().Create(typeof(Base).GetProperty("Title")).ReadState + " " + typeof(Base).GetProperty("Title").PropertyType.Name);
        foreach (string name in new[] { "Names", "Pairs", "Later" }) {
            var info = new NullabilityInfoContext().Create(typeof(Annotated).GetProperty(name));
            Console.WriteLine(name + " " + info.ReadState + " " + string.Join(",", info.GenericTypeArguments.Select(a => a.ReadState)));
        }
        foreach (var a in typeof(Annotated).GetProperty("Pairs").GetCustomAttributesData().Where(a => a.AttributeType.Name == "NullableAttribute"))
            Console.WriteLine(a.ConstructorArguments[0].Value is System.Collections.ObjectModel.ReadOnlyCollection<CustomAttributeTypedArgument>);
    }
}
#nullable enable
class Annotated {
    public List<string?>? Names { get; set; }
    public Dictionary<string, object?> Pairs { get; } = new();
    public Task<string?> Later => Task.FromResult<string?>(null);
}
