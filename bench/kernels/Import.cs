// Importing by itself. `Kernels.dll import` prints "assembly,methods,microseconds" for each assembly: PrepareMethod of
// every method that has IL and no type parameters. `Kernels.dll il FILE...` counts the same methods' IL instructions in
// assembly files, "assembly,methods,instructions"; it wants a runtime with System.Reflection.Metadata.
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Kernels;

internal static class Import
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// The first one also compiles the importer, where the engine does so when a function is first called.
    public static void Run()
    {
        Prepare(typeof(SortedSet<>).Assembly);
        Prepare(typeof(Enumerable).Assembly);
        Prepare(typeof(System.Text.RegularExpressions.Regex).Assembly);
    }

    private static void Prepare(Assembly assembly)
    {
        List<RuntimeMethodHandle> methods = [];
        foreach (Type type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
                if (HasIL(method.GetMethodImplementationFlags(), method.Attributes) && !method.ContainsGenericParameters)
                    methods.Add(method.MethodHandle);
            if (type.TypeInitializer is { } initializer)
                methods.Add(initializer.MethodHandle);
        }
        methods = methods.Distinct().ToList();
        Stopwatch watch = Stopwatch.StartNew();
        foreach (RuntimeMethodHandle method in methods)
            RuntimeHelpers.PrepareMethod(method);
        Console.WriteLine($"{assembly.GetName().Name},{methods.Count},{(long)watch.Elapsed.TotalMicroseconds}");
    }

    private static bool HasIL(MethodImplAttributes implementation, MethodAttributes attributes) =>
        (implementation & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.InternalCall)) == MethodImplAttributes.IL &&
        (attributes & (MethodAttributes.Abstract | MethodAttributes.PinvokeImpl)) == 0;

    public static void Count(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            using PEReader image = new(File.OpenRead(file));
            MetadataReader metadata = image.GetMetadataReader();
            int methods = 0, instructions = 0;
            foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(type => type.GetGenericParameters().Count == 0))
                foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
                {
                    if (!HasIL(method.ImplAttributes, method.Attributes) || method.GetGenericParameters().Count != 0)
                        continue;
                    methods++;
                    instructions += Instructions(image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!);
                }
            Console.WriteLine($"{Path.GetFileNameWithoutExtension(file)},{methods},{instructions}");
        }
    }

    private static readonly Dictionary<int, OpCode> opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private static int Instructions(byte[] il)
    {
        int count = 0;
        for (int at = 0; at < il.Length; count++)
        {
            int number = il[at++];
            if (number == 0xFE)
                number = 0xFE00 | il[at++];
            at += opCodes[number].OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
        return count;
    }
}
