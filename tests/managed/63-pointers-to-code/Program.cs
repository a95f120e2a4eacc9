// Function pointers, ref structs, ref fields and returns, typed references.
#nullable disable
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Diagnostics.CodeAnalysis;

static unsafe class P {
    static void Main() {
        FunctionPointers();
        RefReturns();
        RefStructs();
        TypedReferences();
        Unscoped();
    }

    static int Add(int a, int b) => a + b;
    static double Mix(byte a, long b, float c, double d, string e) => a + b + c + d + e.Length;
    static Big Make(int n, Big other) { other.A += n; other.D = n; return other; }
    static string Name<T>(T value) => typeof(T).Name + value;
    static void Fill<T>(ref T target, T value) => target = value;
    static void Split(int n, out int high, out int low) { high = n / 10; low = n % 10; }
    static ref int Pick(int[] array, int i) => ref array[i];
    [UnmanagedCallersOnly] static int Native(int n) => n * 2;

    static void FunctionPointers() {
        delegate*<int, int, int> add = &Add;
        delegate*<byte, long, float, double, string, double> mix = &Mix;
        delegate*<int, Big, Big> make = &Make;
        Console.WriteLine(add(2, 3) + mix(1, 2, 3.5f, 4.25, "five"));
        Big made = make(7, new Big { A = 1, B = 2, C = "three" });
        Console.WriteLine(made.A + made.B + made.C + made.D);
        delegate*<string, string> name = &Name<string>;
        delegate*<DateTime?, string> name2 = &Name<DateTime?>;
        Console.WriteLine(name("x") + name2(null));
        delegate*<ref int, int, void> fill = &Fill<int>;
        int target = 1;
        fill(ref target, 42);
        delegate*<int, out int, out int, void> split = &Split;
        split(57, out int high, out int low);
        delegate*<int[], int, ref int> pick = &Pick;
        int[] array = [1, 2, 3];
        pick(array, 1) = 20;
        Console.WriteLine($"{target} {high} {low} {array[1]}");
        delegate*<int, int, int>[] table = [&Add, &Sub, &Mul];
        int total = 0;
        foreach (var entry in table) total = total * 100 + entry(9, 4);
        Console.WriteLine(total);
        void* erased = add;
        Console.WriteLine(((delegate*<int, int, int>)erased)(5, 6) + " " + (erased == (void*)table[0]));
        delegate* unmanaged<int, int> native = &Native;
        Console.WriteLine(native(21));
        Console.WriteLine(Apply(&Square, 5) + Apply(&Name<int>, 6) + Fold([1, 2, 3, 4], &Add));
        Operations operations = new() { Run = &Mul };
        Console.WriteLine(operations.Run(6, 7));
        delegate*<int, int> recursive = &Factorial;
        Console.WriteLine(recursive(6));
        try { ((delegate*<int, int>)&Throws)(1); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(typeof(delegate*<int, string, void>).IsFunctionPointer + " " + typeof(Operations).GetField("Run")!.FieldType.IsFunctionPointer);
    }

    static int Sub(int a, int b) => a - b;
    static int Mul(int a, int b) => a * b;
    static string Square(int n) => (n * n).ToString() + ";";
    static int Factorial(int n) { delegate*<int, int> self = &Factorial; return n < 2 ? 1 : n * self(n - 1); }
    static int Throws(int n) => throw new InvalidOperationException("through a pointer");
    static R Apply<T, R>(delegate*<T, R> f, T value) => f(value);
    static T Fold<T>(T[] values, delegate*<T, T, T> f) { T total = values[0]; for (int i = 1; i < values.Length; i++) total = f(total, values[i]); return total; }

    static void RefReturns() {
        int[] numbers = [5, 3, 8];
        ref int max = ref Max(numbers);
        max = 0;
        Max(numbers) = 1;
        Console.WriteLine(string.Join(",", numbers));
        Matrix matrix = new();
        matrix[1, 2] = 4.5;
        matrix[1, 2] *= 2;
        ref readonly double cell = ref matrix.Read(1, 2);
        Console.WriteLine(cell + matrix[0, 0]);
        string[] strings = ["a", "b"];
        ref string first = ref strings[0];
        first = new string('z', 4);
        GC.Collect();
        Console.WriteLine(strings[0] + Unsafe.AreSame(ref first, ref strings[0]));
        ref int chosen = ref numbers[0] > 2 ? ref numbers[0] : ref numbers[2];
        chosen += 100;
        Console.WriteLine(string.Join(",", numbers));
        try { object[] covariant = strings; ref object bad = ref covariant[0]; } catch (ArrayTypeMismatchException) { Console.WriteLine("mismatch"); }
        Span<int> span = numbers;
        foreach (ref int n in span) n = -n;
        Console.WriteLine(numbers.Sum());
        Pair pair = new() { Left = 1, Right = 2 };
        Swap(ref pair.Left, ref pair.Right);
        Console.WriteLine(pair.Left + " " + pair.Right);
        ref int none = ref Unsafe.NullRef<int>();
        Console.WriteLine(Unsafe.IsNullRef(ref none));
        try { none = 1; } catch (NullReferenceException) { Console.WriteLine("null ref"); }
    }

    static ref int Max(int[] a) { int best = 0; for (int i = 1; i < a.Length; i++) if (a[i] > a[best]) best = i; return ref a[best]; }
    static void Swap<T>(ref T a, ref T b) => (a, b) = (b, a);

    static void RefStructs() {
        int number = 5;
        Cursor<int> cursor = new(ref number);
        cursor.Value += 10;
        cursor.Touch();
        Console.WriteLine(number + " " + cursor.Touched);
        string[] texts = ["p", "q", "r"];
        Cursor<string> over = new(ref texts[1]);
        over.Value = new string('w', 3);
        GC.Collect();
        over = new(ref texts[2]);
        over.Value += "!";
        Console.WriteLine(string.Join(",", texts));
        Splitter splitter = new("one,two,,three".AsSpan());
        foreach (var part in splitter) Console.Write("[" + part.ToString() + "]");
        Console.WriteLine();
        using (Scope scope = new("scope")) Console.Write(scope.Name + " ");
        Console.WriteLine(Generic(new Measured { Length = 3 }) + Generic(new Plain2()));
        Holder holder = new(stackalloc int[3] { 1, 2, 3 });
        Console.WriteLine(holder.Sum());
        ref int element = ref new Cursor<int>(ref number).Ref();
        element = 1;
        Console.WriteLine(number);
    }

    static int Generic<T>(T value) where T : IMeasured, allows ref struct => value.Measure();

    static void TypedReferences() {
        int number = 3;
        TypedReference reference = __makeref(number);
        Console.WriteLine(__refvalue(reference, int) + " " + __reftype(reference).Name);
        __refvalue(reference, int) = 11;
        Console.WriteLine(number + " " + TypedReference.ToObject(reference) + " " + TypedReference.GetTargetType(reference));
        string text = "typed";
        TypedReference second = __makeref(text);
        __refvalue(second, string) += "!";
        Console.WriteLine(text + __reftype(second));
        Big big = new() { A = 4, C = "c" };
        TypedReference third = __makeref(big);
        GC.Collect();
        Console.WriteLine(__refvalue(third, Big).A + __refvalue(third, Big).C + Through(third));
        try { Console.WriteLine(__refvalue(reference, long)); } catch (InvalidCastException) { Console.WriteLine("cast"); }
        var field = typeof(Pair).GetField("Right")!;
        Pair pair = new() { Left = 1, Right = 2 };
        field.SetValueDirect(__makeref(pair), 9);
        Console.WriteLine(pair.Right + " " + field.GetValueDirect(__makeref(pair)));
    }

    static string Through(TypedReference reference) => __reftype(reference).Name;

    static void Unscoped() {
        Buffer2 buffer = default;
        buffer.At(1) = 5;
        buffer.At(0) = 6;
        Console.WriteLine(buffer.First + buffer.Second * 10);
        Func<int, int> closure = n => { Span<int> local = [n, n + 1]; ref int r = ref local[1]; r *= 2; return local[0] + local[1]; };
        Console.WriteLine(closure(4));
    }
}

unsafe struct Operations { public delegate*<int, int, int> Run; }
struct Big { public long A; public int B; public string C; public double D; }
struct Pair { public int Left, Right; }
class Matrix { readonly double[,] cells = new double[3, 3]; public ref double this[int r, int c] => ref cells[r, c]; public ref readonly double Read(int r, int c) => ref cells[r, c]; }
ref struct Cursor<T>(ref T target) {
    ref T target = ref target;
    public int Touched;
    public T Value { get => target; set => target = value; }
    public void Touch() => Touched++;
    public ref T Ref() => ref target;
}
ref struct Splitter(ReadOnlySpan<char> text) {
    ReadOnlySpan<char> rest = text; bool done;
    public ReadOnlySpan<char> Current { get; private set; }
    public Splitter GetEnumerator() => this;
    public bool MoveNext() {
        if (done) return false;
        int comma = rest.IndexOf(',');
        Current = comma < 0 ? rest : rest[..comma];
        if (comma < 0) done = true; else rest = rest[(comma + 1)..];
        return true;
    }
}
ref struct Scope(string name) { public string Name => name; public void Dispose() => Console.WriteLine("left " + name); }
interface IMeasured { int Measure(); }
ref struct Measured : IMeasured { public int Length; public int Measure() => Length; }
struct Plain2 : IMeasured { public int Measure() => 100; }
readonly ref struct Holder(Span<int> items) { readonly Span<int> items = items; public int Sum() { int total = 0; foreach (int i in items) total += i; return total; } }
struct Buffer2 { public int First, Second; [UnscopedRef] public ref int At(int i) => ref i == 0 ? ref First : ref Second; }
