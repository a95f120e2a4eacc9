using System.Runtime.InteropServices;

namespace NativeTests;

// tests/js/native/side.c, and what it does with function pointers.
public static unsafe class Side
{
    [DllImport("side")] static extern int add(int a, int b);
    [DllImport("side")] static extern long wide(long a, float b, double c);
    public static nint PointerOfAdd() => NativeLibrary.GetExport(NativeLibrary.Load("side", typeof(Side).Assembly, null), "add");
    [DllImport("side")] static extern int count();
    struct Triple { public int A; public long B; public double C; }
    struct Triples { public Triple First, Second; }
    [DllImport("side")] static extern double sum_of(int count, in Triples rest);
    public static double Variadic() => sum_of(2, new() { First = new() { A = 1, B = 1L << 40, C = 0.5 }, Second = new() { A = -3, B = 4, C = 0.25 } });
    [DllImport("side.dll", EntryPoint = "second")] static extern int SecondNumber();
    [DllImport("side")] static extern void sort(int* values, int n, delegate* unmanaged<int*, int*, int> compare);
    [DllImport("side")] static extern int apply(delegate* unmanaged<int, int> function, int value);
    [DllImport("side")] static extern double apply_all(delegate* unmanaged<sbyte, ushort, long, float, double, double> function);
    [DllImport("side")] static extern byte* duplicate(byte* text);
    [DllImport("side")] static extern int length(byte* text);
    [DllImport("side")] static extern double power(double a, double b);
    [DllImport("side")] static extern delegate* unmanaged<int*, int*, int> get_compare();
    [DllImport("side")] static extern byte small(int value);
    [DllImport("side")] static extern sbyte small_signed(int value);
    [DllImport("side")] static extern bool is_even(int value);
    [DllImport("side")] static extern void say(byte* name, int number);
    [DllImport("side")] static extern int twenty(int a, double b, int c, double d, int e, double f, int g, double h, int i, double j,
        int k, double l, int m, double n, int o, double p, int q, double r, float s, long t);
    [DllImport("side", EntryPoint = "add")] static extern long add_wrongly(long a, long b);
    [DllImport("side", EntryPoint = "add")] static extern int add_three(int a, int b, int c);
    [DllImport("side")] static extern int nowhere();

    public static int Add(int a, int b) => add(a, b);
    public static long Wide(long a, float b, double c) => wide(a, b, c);
    public static int Count() => count();
    public static int Second() => SecondNumber();
    public static double Power(double a, double b) => power(a, b);
    public static int Small(int value) => small(value) * 1000 + small_signed(value);
    public static bool IsEven(int value) => is_even(value);
    public static int Twenty() => twenty(0, 1.5, 2, 3.5, 4, 5.5, 6, 7.5, 8, 9.5, 10, 11.5, 12, 13.5, 14, 15.5, 16, 17.5, 18.5f, 19);
    public static void Wrong() => add_wrongly(1, 2);
    public static void TooMany() => add_three(1, 2, 3);
    public static void Missing() => nowhere();

    public static string Duplicated()
    {
        fixed (byte* text = "Grüße\0"u8)
        {
            byte* copy = duplicate(text);
            string result = Marshal.PtrToStringUTF8((nint)copy) + " " + length(copy) + " " + (copy != text);
            Marshal.FreeHGlobal((nint)copy);
            return result;
        }
    }

    public static void Say(int number)
    {
        fixed (byte* name = "side"u8) say(name, number);
    }

    // --- by the marshalling plan

    [StructLayout(LayoutKind.Sequential)] struct Point { public int X, Y; }
    [StructLayout(LayoutKind.Sequential)] struct Mixed { public sbyte Small; public double Large; public Point Where; }
    [StructLayout(LayoutKind.Sequential)] struct Single { public float Only; }

    [DllImport("side")] static extern Point mirror(Point p);
    [DllImport("side")] static extern Mixed grow(Mixed m, int by);
    [DllImport("side")] static extern Single half(Single s);
    [DllImport("side")] static extern void move(ref Point p, int by);
    [DllImport("side")] static extern int sum(int[] values, int n);
    [DllImport("side")] static extern void fill([Out] int[] values, int n);
    [DllImport("side", EntryPoint = "length")] static extern int LengthOf(string text);
    [DllImport("side", EntryPoint = "duplicate")] static extern string DuplicateOf(string text);

    struct Eight
    {
        public int A, B, C, D, E, F, G, H;
        public override readonly string ToString() => $"{A}{B}{C}{D}{E}{F}{G}{H}";
    }
    static readonly Eight OneToEight = new() { A = 1, B = 2, C = 3, D = 4, E = 5, F = 6, G = 7, H = 8 };

    [DllImport("side")] static extern Eight reversed(Eight given);
    [DllImport("side")] static extern Eight apply_to_struct(delegate* unmanaged<Eight, Single, int, Eight> function, Eight given);
    [DllImport("side")] static extern float apply_single(delegate* unmanaged<Single, Single> function);
    [DllImport("side")] static extern delegate* unmanaged<Eight, Eight> get_reverser();
    [DllImport("side")] static extern delegate* unmanaged<Single, Single> get_halver();

    [UnmanagedCallersOnly] static Eight Changed(Eight given, Single single, int n)
    {
        given.A = (int)(single.Only * 10);
        given.H = n;
        return given;
    }
    [UnmanagedCallersOnly] static Single Doubled(Single given) => new() { Only = given.Only * 2 };

    public static string StructsBothWays() => string.Join(" ",
        reversed(OneToEight), apply_to_struct(&Changed, OneToEight), apply_single(&Doubled) == 3, get_reverser()(OneToEight), get_halver()(new Single { Only = 3 }).Only == 1.5f);

    public static string Structs()
    {
        Point p = mirror(new Point { X = 1, Y = 2 });
        Mixed m = grow(new Mixed { Small = 3, Large = 1.5, Where = p }, 2);
        move(ref p, 10);
        return FormattableString.Invariant($"{p.X} {p.Y} {m.Small} {m.Large} {m.Where.X} {m.Where.Y} {half(new Single { Only = 5 }).Only}");
    }

    public static string Arrays()
    {
        int[] squares = new int[4];
        fill(squares, 4);
        return sum([1, 2, 3], 3) + ": " + string.Join(" ", squares);
    }

    public static string Texts() => LengthOf("Grüße") + DuplicateOf("Grüße");

    // --- callbacks

    [UnmanagedCallersOnly] static int Descending(int* a, int* b) => *b - *a;
    [UnmanagedCallersOnly] static int Twice(int value) => 2 * value;
    [UnmanagedCallersOnly] static double AllKinds(sbyte a, ushort b, long c, float d, double e) => a + b + (double)c + d + e;
    [UnmanagedCallersOnly] static int Throws(int value) => throw new InvalidOperationException("thrown at " + value);
    [UnmanagedCallersOnly] static int Nested(int value) => value == 0 ? 0 : 1 + apply(&Nested, value - 1);
    [UnmanagedCallersOnly] static int Collects(int value)
    {
        for (int i = 0; i < 100; i++) GC.KeepAlive(new byte[1000]);
        GC.Collect();
        return value + 1;
    }

    static string Sorted(delegate* unmanaged<int*, int*, int> compare)
    {
        int[] numbers = [5, 1, 4, 2, 3];
        fixed (int* start = numbers) sort(start, numbers.Length, compare);
        return string.Join(" ", numbers);
    }

    public static string SortedByC() => Sorted(null);
    public static string SortedByTheirPointer() => Sorted(get_compare());
    public static string SortedByCSharp() => Sorted(&Descending);
    public static int ApplyTwice(int value) => apply(&Twice, value);
    public static double ApplyAll() => apply_all(&AllKinds);
    public static int ApplyNested(int depth) => apply(&Nested, depth);
    public static int ApplyCollecting(int value) => apply(&Collects, value);

    public static string ApplyThrowing(int value)
    {
        try
        {
            apply(&Throws, value);
            return "nothing";
        }
        catch (InvalidOperationException e)
        {
            return e.Message + (e.StackTrace!.Contains(nameof(Throws)) ? ", with its trace" : "");
        }
    }

    // --- delegates

    delegate int Function(int value);
    [DllImport("side", EntryPoint = "apply")] static extern int ApplyDelegate(Function function, int value);
    [DllImport("side", EntryPoint = "apply")] static extern int ApplyPointer(nint function, int value);

    public static int ApplyLambda(int value)
    {
        int captured = value * 100;
        return ApplyDelegate(given => given + captured, value);
    }

    /// <summary>How many of so many delegates, all alive at once, C does not call rightly.</summary>
    public static int ApplyMany(int count)
    {
        var functions = new Function[count];
        var pointers = new nint[count];
        for (int i = 0; i < count; i++)
        {
            int number = i;
            functions[i] = value => value + number;
            pointers[i] = Marshal.GetFunctionPointerForDelegate(functions[i]);
        }
        int wrong = 0;
        for (int i = 0; i < count; i++) if (ApplyPointer(pointers[i], 5) != 5 + i) wrong++;
        GC.KeepAlive(functions);
        return wrong + count - new HashSet<nint>(pointers).Count;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    static nint PointerOfNobody(int number)
    {
        Function function = value => value + number;
        return Marshal.GetFunctionPointerForDelegate(function);
    }

    public static string ApplyDead()
    {
        nint[] pointers = new nint[300];
        for (int i = 0; i < pointers.Length; i++) pointers[i] = PointerOfNobody(i);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        int dead = 0;
        string message = "";
        foreach (nint pointer in pointers)
        {
            try { ApplyPointer(pointer, 1); }
            catch (Exception e) { dead++; message = e.Message; }
        }
        return (dead > 250) + ": " + message;
    }

    public static string CallThroughDelegate()
    {
        var compare = Marshal.GetDelegateForFunctionPointer<Compare>((nint)get_compare());
        int a = 7, b = 3;
        return compare(&a, &b) + " " + compare(&b, &a);
    }
    delegate int Compare(int* a, int* b);

    // --- unmanaged calls

    public static int CallTheirs()
    {
        delegate* unmanaged<int*, int*, int> compare = get_compare();
        int a = 7, b = 3, sum = 0;
        for (int i = 0; i < 3; i++) sum += compare(&a, &b);
        return sum;
    }

    public static int CallOurs(int value)
    {
        delegate* unmanaged<int, int> twice = &Twice;
        void* again = (delegate* unmanaged<int, int>)&Twice;
        return twice == again ? twice(value) : -1;
    }

    public static bool HandleIsThePointer() => typeof(Side).GetMethod(nameof(Twice), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .MethodHandle.GetFunctionPointer() == (nint)(delegate* unmanaged<int, int>)&Twice;

    public static int CallOfAnotherType()
    {
        var wrong = (delegate* unmanaged<double, double>)get_compare();
        return (int)wrong(1);
    }

    public static int CallNowhere() => ((delegate* unmanaged<int, int>)123456)(1);
    public static int CallNull() => ((delegate* unmanaged<int, int>)0)(1);
}
