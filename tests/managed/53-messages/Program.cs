// The messages of what the runtime itself throws.
using System.Reflection;

enum Color { Red }

abstract class Shape
{
    public abstract double Area();
}

struct Size
{
    public int W, H;
}

class Empty<T>;

interface IThing
{
    void Do();
}

static class Program
{
    static int zero;
    static object? nothing;
    static string? noText;

    static void Show(string title, Func<object?> action)
    {
        try
        {
            object? result = action();
            Console.WriteLine($"{title}: no exception, {result}");
        }
        catch (Exception e)
        {
            Console.WriteLine($"{title}: {e.GetType()}: {e.Message} 0x{e.HResult:X8}");
            for (Exception? inner = e.InnerException; inner != null; inner = inner.InnerException)
                Console.WriteLine($"    <- {inner.GetType()}: {inner.Message}");
        }
    }

    static T Cast<T>(object? o) => (T)o!;

    static int Main()
    {
        Show("null call", () => nothing!.ToString());
        Show("null field", () => { Size[]? sizes = null; return sizes![0].W; });
        Show("null string", () => noText!.Length);
        Show("null array", () => ((int[]?)nothing)!.Length);
        Show("null delegate", () => { ((Action)nothing!)(); return 0; });
        Show("null unboxing", () => (int)nothing!);
        Show("null virtual", () => ((Shape)nothing!).Area());
        Show("null interface", () => { ((IThing)nothing!).Do(); return 0; });
        Show("null throw", () => throw (Exception)nothing!);
        Show("divide", () => 1 / zero);
        Show("remainder", () => 1 % zero);
        Show("long divide", () => 1L / zero);
        Show("unsigned divide", () => 1u / (uint)zero);
        Show("divide overflow", () => int.MinValue / (zero - 1));
        Show("remainder overflow", () => long.MinValue % (zero - 1L));
        Show("decimal divide", () => 1m / zero);
        Show("checked add", () => checked(int.MaxValue + (zero + 1)));
        Show("checked multiply", () => checked(long.MaxValue * (zero + 2L)));
        Show("checked conversion", () => checked((byte)(zero + 300)));
        Show("checked from double", () => checked((int)(1e10 + zero)));
        Show("checked negate", () => checked(-(int.MinValue + zero)));
        Show("index", () => (new int[2])[zero + 2]);
        Show("negative index", () => (new int[2])[zero - 1]);
        Show("store index", () => (new string[1])[zero + 1] = "");
        Show("string index", () => "abc"[zero + 3]);
        Show("span index", () => new Span<int>(new int[2])[zero + 2]);
        Show("2d index", () => (new int[2, 2])[zero, zero + 2]);
        Show("list index", () => new List<int> { 1 }[zero + 1]);
        Show("array size", () => new int[zero - 1]);
        Show("array size long", () => new byte[zero - 1L]);
        Show("array store", () => ((object[])new string[1])[zero] = 1);
        Show("array store 2d", () => ((object[,])new string[1, 1])[0, 0] = new object());
        Show("array address", () => { ref object o = ref ((object[])new string[1])[zero]; return o; });
        Show("cast", () => Cast<string>(1));
        Show("cast to array", () => Cast<int[]>(new long[1]));
        Show("cast to interface", () => Cast<IThing>("text"));
        Show("cast to generic", () => Cast<Empty<int>>(new Empty<string>()));
        Show("cast to nested generic", () => Cast<Dictionary<string, List<int>>>(new object()));
        Show("unbox", () => Cast<int>(1L));
        Show("unbox enum", () => Cast<Color>("Red"));
        Show("unbox struct", () => Cast<Size>(Color.Red));
        Show("unbox nullable", () => Cast<int?>("x"));
        Show("unbox null", () => Cast<int>(null));
        Show("enum parse", () => Enum.Parse<Color>("Blue"));
        Show("int parse", () => int.Parse("x"));
        Show("int parse overflow", () => int.Parse("99999999999"));
        Show("argument null", () => string.Join(null!, (string[])null!));
        Show("argument range", () => "abc".Substring(5));
        Show("dictionary", () => new Dictionary<string, int>()["missing"]);
        Show("duplicate key", () => { new Dictionary<string, int> { { "a", 1 }, { "a", 2 } }.Clear(); return 0; });
        Show("sequence", () => Array.Empty<int>().First());
        Show("enumeration", () => { List<int> l = [1, 2]; foreach (int i in l) l.Add(i); return 0; });
        Show("nullable", () => ((int?)nothing)!.Value);
        Show("stackalloc", () => { Span<int> s = stackalloc int[2]; return s[zero + 3]; });
        Show("missing method", () => typeof(string).InvokeMember("Nothing", BindingFlags.InvokeMethod, null, "", null));
        Show("too few arguments", () => typeof(string).GetMethod("Trim", Type.EmptyTypes)!.Invoke("", [1]));
        Show("wrong target", () => typeof(string).GetMethod("Trim", Type.EmptyTypes)!.Invoke(1, null));
        Show("wrong argument", () => typeof(string).GetMethod("Remove", [typeof(int)])!.Invoke("abc", ["x"]));
        Show("huge array", () => new long[int.MaxValue]);
        Show("disposed", () => { System.IO.MemoryStream s = new(); s.Dispose(); return s.Length; });
        Show("not supported", () => { ((IList<int>)new int[1]).Add(1); return 0; });
        Show("unhashable", () => new Dictionary<object, int>()[null!]);
        Show("comparison", () => { object[] a = [new Empty<int>(), new Empty<int>()]; Array.Sort(a); return 0; });
        Show("arguments", () => throw new ArgumentException("message", "name", new Exception("inner")));
        Show("out of range", () => throw new ArgumentOutOfRangeException("name", 5, "message"));
        foreach (Exception e in new Exception[] { new(), new SystemException(), new OutOfMemoryException(), new InsufficientExecutionStackException(), new InvalidProgramException(), new NotImplementedException(), new TimeoutException(), new OperationCanceledException(), new AggregateException(), new TypeLoadException(), new MissingFieldException("C", "F"), new MissingMethodException("C", "M"), new BadImageFormatException("m", "f"), new System.IO.FileNotFoundException("m", "f"), new StackOverflowException(), new RankException(), new AccessViolationException(), new EntryPointNotFoundException(), new DllNotFoundException() })
            Console.WriteLine($"{e.GetType().Name}: {e.Message} 0x{e.HResult:X8}");
        return 0;
    }
}
