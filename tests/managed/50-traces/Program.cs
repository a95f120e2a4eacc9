// What stack traces show: names of every kind of method, files, lines and columns.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace Traces
{
    public class Fail(string why) : Exception(why);

    public class Outer<T>
    {
        public class Inner<U>
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void Generic<V>(T t, U u, V v, List<V> list, Outer<int>.Inner<string> nested) => throw new Fail("generic");
        }

        public T this[int index]
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            get => throw new Fail("indexer");
        }

        public T Property
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            get => throw new Fail("getter");
            [MethodImpl(MethodImplOptions.NoInlining)]
            set => throw new Fail("setter");
        }
    }

    public struct Pair
    {
        public int A;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static Pair operator +(Pair left, in Pair right) => throw new Fail("operator");

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static implicit operator int(Pair pair)
        {
            throw new Fail("conversion");
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public override string ToString() => throw new Fail("struct method");
    }

    public class Constructed
    {
        private readonly int value = Throw("field initialiser");

        public Constructed() { }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public Constructed(string text) : this(text.Length)
        {
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private Constructed(int number)
        {
            Console.WriteLine(number + value);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static int Throw(string what) => what.Length > 0 ? throw new Fail(what) : 1;
    }

    public interface IDefault
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        void Hello(int times = 3)
        {
            throw new Fail("default method");
        }
    }

    public class Explicit : IDefault, IComparable<Explicit>
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        int IComparable<Explicit>.CompareTo(Explicit? other) => throw new Fail("explicit");
    }

    public static class Program
    {
        private unsafe delegate void ByRef(ref int a, out string b, in long c, int[] d, int[,] e, int?[][] f, int* g, void** h);

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static unsafe void Parameters(ref int a, out string b, in long c, int[] d, int[,] e, int?[][] f, int* g, void** h)
        {
            throw new Fail("parameters");
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static unsafe void More(dynamic a, (int X, string Y) b, nint c, delegate*<int, void> d, Span<byte> e, TypedReference f, params object?[] g)
            => throw new Fail("more parameters");

        private static void Try(Action action, [CallerLineNumber] int line = 0)
        {
            try
            {
                action();
                Console.WriteLine($"{line}: nothing");
            }
            catch (Exception e)
            {
                Console.WriteLine($"{line}: {e.Message}");
                foreach (string text in e.StackTrace!.Split('\n'))
                    Console.WriteLine(text);
                if (e is Fail)
                    Console.WriteLine($"  {e.Source} {e.TargetSite}");
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static IEnumerable<int> Iterate(int count)
        {
            for (int i = 0; i < count; i++)
                yield return i;
            throw new Fail("iterator");
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static async Task<int> Async(int depth)
        {
            if (depth == 0)
                throw new Fail("async");
            return 1 + await Async(depth - 1);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static async Task Later()
        {
            await Task.Yield();
            throw new Fail("after a yield");
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void ManyLines(int which)
        {
            int[] none = [];
            object? nothing = null;
            switch (which)
            {
                case 0:
                    Console.WriteLine(((string?)nothing)!.Length);
                    break;
                case 1:
                    Console.WriteLine(
                        none.Length
                        / none.Length);
                    break;
                case 2:
                    object o = "text"; Console.WriteLine((int)o);
                    break;
                case 3:
                    try
                    {
                        nothing!.ToString();
                    }
                    finally
                    {
                        which = 7;
                    }
                    break;
#line 1000 "another.cs"
                case 4:
                    throw new Fail("line directive");
#line hidden
                case 5:
                    throw new Fail("hidden line");
#line default
                case 6:
                    throw null!;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Frames()
        {
            StackTrace trace = new(true);
            for (int i = 0; i < 2; i++)
            {
                StackFrame frame = trace.GetFrame(i)!;
                Console.WriteLine($"{frame.GetMethod()!.Name} {System.IO.Path.GetFileName(frame.GetFileName())} {frame.GetFileLineNumber()} {frame.GetFileColumnNumber()} {frame.HasSource()} {frame.HasILOffset()}");
            }
            StackFrame own = new(true);
            Console.WriteLine($"{own.GetMethod()!.Name} {own.GetFileLineNumber()} {own.GetFileColumnNumber()}");
            StackFrame bare = new(0, false);
            Console.WriteLine($"{bare.GetMethod()!.Name} {bare.GetFileName() ?? "no file"} {bare.GetFileLineNumber()}");
            Console.WriteLine(new StackTrace(0, true).ToString().Split('\n')[0]);
            Console.WriteLine(Environment.StackTrace.Split('\n')[1]);
        }

        public static int Main()
        {
            Try(() => Outer<int>.Inner<string>.Generic(1, "2", 3.0, [], new()));
            Try(() => Outer<string>.Inner<object>.Generic("1", "2", "3", [], new()));
            Try(() => Console.WriteLine(new Outer<string>()[3]));
            Try(() => Console.WriteLine(new Outer<int>().Property));
            Try(() => new Outer<int>().Property = 4);
            Try(() => Console.WriteLine(new Pair() + new Pair()));
            Try(() => Console.WriteLine((int)new Pair()));
            Try(() => Console.WriteLine(new Pair().ToString()));
            Try(() => new Constructed());
            Try(() => new Constructed("four"));
            Try(() => ((IDefault)new Explicit()).Hello());
            Try(() => ((IComparable<Explicit>)new Explicit()).CompareTo(null));
            Try(() => { unsafe { int a = 1; Parameters(ref a, out _, 2, [], new int[1, 1], [], null, null); } });
            Try(() => { unsafe { More(1, (2, "3"), 4, null, default, default, 5, 6); } });
            int captured = 5;
            Try(() =>
            {
                Local("x");
                [MethodImpl(MethodImplOptions.NoInlining)]
                void Local(string text) => throw new Fail(text + captured);
            });
            Try(static () => Static(1, 2));
            Try(() => { foreach (int i in Iterate(3)) Console.Write(i); });
            Try(() => Async(2).GetAwaiter().GetResult());
            Try(() => Later().GetAwaiter().GetResult());
            for (int i = 0; i < 7; i++)
            {
                int which = i;
                Try(() => ManyLines(which));
            }
            Try(() => typeof(Program).GetMethod("Static", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.Invoke(null, null));
            Func<int, int> recursive = null!;
            recursive = n => n == 0 ? throw new Fail("recursive lambda") : recursive(n - 1);
            Try(() => recursive(3));
            Frames();
            Console.WriteLine(new Fail("never thrown").StackTrace ?? "no trace");
            Console.WriteLine(new Fail("never thrown"));
            return 0;

            [MethodImpl(MethodImplOptions.NoInlining)]
            static T Static<T>(T a, in T b) => throw new Fail("static local");
        }
    }
}
