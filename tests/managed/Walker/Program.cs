// Looks at everything that an assembly declares, by reflection, and has every method's code read. Without arguments it
// walks itself; with an assembly's name (tests/mutants gives one) it walks that, whatever is wrong with it.
using System.Reflection;
using System.Runtime.CompilerServices;

static class Program
{
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    static int types, members, prepared, failures;

    static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            failures++;
        }
    }

    static T[] List<T>(Func<T[]> get)
    {
        T[] found = [];
        Try(() => found = get());
        return found;
    }

    static void Attributes(Func<IList<CustomAttributeData>> get) => Try(() =>
    {
        foreach (CustomAttributeData data in get())
            Try(() => _ = data.ToString().Length + data.ConstructorArguments.Count + data.NamedArguments.Count);
    });

    static void Walk(Assembly assembly)
    {
        Try(() => _ = assembly.FullName);
        Try(() => _ = assembly.EntryPoint?.Name);
        Attributes(assembly.GetCustomAttributesData);
        Try(() => _ = assembly.GetReferencedAssemblies());
        foreach (string name in List(assembly.GetManifestResourceNames))
            Try(() => _ = assembly.GetManifestResourceStream(name)?.Length);
        Type?[] all = [];
        try
        {
            all = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            all = e.Types;
            failures++;
        }
        catch (Exception)
        {
            failures++;
        }
        foreach (Type? type in all)
            if (type != null)
                Walk(type);
    }

    static void Walk(Type type)
    {
        types++;
        Try(() => _ = type.ToString() + type.AssemblyQualifiedName + type.Attributes + type.MetadataToken);
        Try(() => _ = type.BaseType?.FullName);
        Try(() => _ = type.DeclaringType?.Name);
        foreach (Type contract in List(type.GetInterfaces))
            Try(() => _ = type.GetInterfaceMap(contract).TargetMethods.Length);
        foreach (Type parameter in List(type.GetGenericArguments))
            Try(() => _ = parameter.GetGenericParameterConstraints().Length + parameter.GenericParameterPosition);
        Attributes(type.GetCustomAttributesData);
        Try(() => _ = type.IsEnum ? Enum.GetNames(type).Length : 0);
        Try(() => _ = type.StructLayoutAttribute?.Size);
        foreach (MemberInfo member in List(() => type.GetMembers(All)))
            Walk(member);
        Prepare(type);
        if (type.IsGenericTypeDefinition)
            foreach (Type argument in (Type[])[typeof(int), typeof(string)])
                Try(() => Prepare(type.MakeGenericType([.. type.GetGenericArguments().Select(_ => argument)])));
    }

    static void Walk(MemberInfo member)
    {
        members++;
        Try(() => _ = member.ToString() + member.MetadataToken + member.Module.Name);
        Attributes(member.GetCustomAttributesData);
        switch (member)
        {
            case MethodBase method:
                Walk(method);
                break;
            case FieldInfo field:
                Try(() => _ = field.FieldType.ToString() + field.Attributes);
                Try(() => _ = field.IsLiteral ? field.GetRawConstantValue() : null);
                break;
            case PropertyInfo property:
                Try(() => _ = property.PropertyType.ToString() + property.GetIndexParameters().Length + property.GetAccessors(true).Length);
                break;
            case EventInfo @event:
                Try(() => _ = @event.EventHandlerType?.ToString() + @event.GetAddMethod(true));
                break;
        }
    }

    static void Walk(MethodBase method)
    {
        Try(() => _ = method.GetMethodImplementationFlags());
        foreach (ParameterInfo parameter in List(method.GetParameters))
        {
            Try(() => _ = parameter.ToString() + parameter.Attributes + (parameter.HasDefaultValue ? parameter.RawDefaultValue : null));
            Attributes(parameter.GetCustomAttributesData);
        }
        Try(() => _ = (method as MethodInfo)?.ReturnType.ToString());
        foreach (Type parameter in List(() => method.IsGenericMethodDefinition ? method.GetGenericArguments() : []))
            Try(() => _ = parameter.GetGenericParameterConstraints().Length);
    }

    /// Has the code of a closed type's methods read, generic ones for int and string.
    static void Prepare(Type type)
    {
        if (type.ContainsGenericParameters)
            return;
        foreach (MethodBase method in List(() => type.GetMembers(All).OfType<MethodBase>().ToArray()))
        {
            if (method is MethodInfo { IsGenericMethodDefinition: true } generic)
                foreach (Type argument in (Type[])[typeof(int), typeof(string)])
                    Try(() => Prepare(generic.MakeGenericMethod([.. generic.GetGenericArguments().Select(_ => argument)])));
            else
                Prepare(method);
        }
    }

    static void Prepare(MethodBase method)
    {
        if (method.IsAbstract || (method.Attributes & MethodAttributes.PinvokeImpl) != 0)
            return;
        prepared++;
        Try(() => RuntimeHelpers.PrepareMethod(method.MethodHandle));
    }

    static int Main(string[] args)
    {
        Try(() => Walk(args.Length > 0 ? Assembly.Load(args[0]) : typeof(Program).Assembly));
        if (args.Length == 0)
            Console.WriteLine($"{types} types, {members} members, {prepared} methods prepared, {failures} failures");
        return failures == 0 ? 0 : 1;
    }
}
