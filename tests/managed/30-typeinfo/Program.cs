// What typeof and GetType tell without looking into members.
internal class Outer { internal class Inner { } internal class Generic<T> { } }
internal interface IThing { }
internal abstract class Base : IThing { }
internal sealed class Leaf : Base { }
internal struct Value { }
internal enum Kind { A }
internal delegate void Act();

internal static class Program
{
    private static string Name<T>() => typeof(T).ToString();

    private static void Main()
    {
        foreach (Type type in new[] { typeof(int), typeof(string), typeof(Outer), typeof(Outer.Inner), typeof(Outer.Generic<int>), typeof(Outer.Generic<>), typeof(int[]), typeof(int[,]), typeof(Leaf[][]), typeof(int*), typeof(void), typeof(List<string>), typeof(Dictionary<int, Value>), typeof(int?), typeof(Act) })
            Console.WriteLine($"{type} | {type.Name} | {type.Namespace ?? "-"}");
        Console.WriteLine(typeof(Leaf).BaseType + " " + typeof(Base).BaseType + " " + typeof(IThing).BaseType);
        foreach (Type type in new[] { typeof(Leaf), typeof(Base), typeof(IThing), typeof(Value), typeof(Kind), typeof(Act), typeof(int[]), typeof(int) })
            Console.WriteLine($"{type.Name} {type.IsClass} {type.IsValueType} {type.IsInterface} {type.IsEnum} {type.IsArray} {type.IsAbstract} {type.IsSealed} {type.IsPrimitive} {type.IsGenericType}");
        Console.WriteLine(typeof(IThing).IsAssignableFrom(typeof(Leaf)));
        Console.WriteLine(typeof(Leaf).IsAssignableFrom(typeof(IThing)));
        Console.WriteLine(typeof(Leaf).IsSubclassOf(typeof(Base)));
        Console.WriteLine(typeof(object).IsAssignableFrom(typeof(int)));
        Console.WriteLine(typeof(IEnumerable<object>).IsAssignableFrom(typeof(List<string>)));
        Console.WriteLine(typeof(Base).IsInstanceOfType(new Leaf()));
        Console.WriteLine(new Leaf().GetType() == typeof(Leaf));
        Console.WriteLine(new Leaf[1].GetType().GetElementType());
        Console.WriteLine(typeof(int[,]).GetArrayRank());
        Console.WriteLine(typeof(Dictionary<int, Value>).GetGenericArguments()[1]);
        Console.WriteLine(typeof(List<string>).GetGenericTypeDefinition() == typeof(List<>));
        Console.WriteLine(Nullable.GetUnderlyingType(typeof(int?)));
        Console.WriteLine(Name<string[]>() + Name<KeyValuePair<int, Kind>>());
        Console.WriteLine(Type.GetTypeCode(typeof(double)) + " " + Type.GetTypeCode(typeof(Kind)));
        Console.WriteLine(typeof(Leaf).TypeHandle.Equals(new Leaf().GetType().TypeHandle));
        Console.WriteLine(typeof(Leaf).GetHashCode() == new Leaf().GetType().GetHashCode());
        Console.WriteLine(typeof(int).FullName + " " + typeof(Outer.Inner).FullName);
        Console.WriteLine(typeof(Program).Assembly == typeof(Leaf).Assembly);
        Console.WriteLine(nameof(Outer.Generic<int>) + nameof(Main));
    }
}
