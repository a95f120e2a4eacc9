// Delegates that C calls and C functions that delegates call.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

static unsafe class Callbacks
{
    const string Lib = "interop";

    public delegate int Unary(int value);
    public delegate Point PointMap(Point point, int by);
    public delegate long Fold(long sum, int index, double half, float quarter, sbyte negative);
    public delegate int Visit(string text, [MarshalAs(UnmanagedType.LPWStr)] string title, int index);
    public delegate void ByPointer(ref Point point, ref int number, ref bool flag);
    public delegate int WithArray([MarshalAs(UnmanagedType.LPArray, SizeParamIndex = 1)] int[] values, int count);
    public delegate string OfText(string text);
    public delegate object OfObject(object value);

    public struct Bound { public Unary F; public int Value; }

    [DllImport(Lib)] static extern int apply(Unary f, int value);
    [DllImport(Lib, EntryPoint = "apply")] static extern int ApplyPointer(delegate* unmanaged<int, int> f, int value);
    [DllImport(Lib, EntryPoint = "apply")] static extern int ApplyAddress(IntPtr f, int value);
    [DllImport(Lib, EntryPoint = "apply")] static extern int ApplyObject(OfObject f, int value);
    [DllImport(Lib)] static extern int apply_twice(Unary f, int value);
    [DllImport(Lib)] static extern long fold(Fold f, int count);
    [DllImport(Lib)] static extern int walk(Visit visit);
    [DllImport(Lib)] static extern Point map_point(PointMap f, Point point);
    [DllImport(Lib)] static extern int by_pointer(ByPointer f);
    [DllImport(Lib)] static extern int with_array(WithArray f);
    [DllImport(Lib)] static extern void keep_callback(Unary f);
    [DllImport(Lib)] static extern int call_kept(int value);
    [DllImport(Lib)] static extern int has_callback(Unary f);
    [DllImport(Lib)] static extern int call_bound(Bound bound);
    [DllImport(Lib)] static extern Unary function_for(int which);
    [DllImport(Lib, EntryPoint = "function_for")] static extern IntPtr AddressFor(int which);
    [DllImport(Lib)] static extern int call_text(OfText f, string text);

    static void Show(string name, Func<object> call)
    {
        string text;
        try { text = FormattableString.Invariant($"{call()}"); }
        catch (Exception e) { text = $"{e.GetType().FullName}"; }
        Console.WriteLine($"  {name} = {text}");
    }

    [UnmanagedCallersOnly] static int Square(int value) => value * value;

    sealed class Counter
    {
        int count;
        public int Add(int value) => count += value;
    }

    static Unary kept;
    static int depth;

    static int Nested(int value) => ++depth < 5 ? apply(Nested, value) + 1 : value;

    public static void Run()
    {
        int captured = 100;
        Show("static", () => apply(value => value + 1, 41));
        Show("lambda", () => apply(value => value + captured, 1));
        Show("instance", () => { var c = new Counter(); apply(c.Add, 5); return apply(c.Add, 6); });
        Show("twice", () => apply_twice(value => value * 3, 2));
        Show("fold", () => fold((sum, index, half, quarter, negative) => sum * 3 + index + (long)(half * 2 + quarter * 4) + negative, 6));
        Show("nested", () => { depth = 0; return apply(Nested, 10); });
        Show("multicast", () => { var log = new List<int>(); Unary f = v => { log.Add(v); return 1; }; f += v => { log.Add(-v); return 2; }; return $"{apply(f, 7)} {string.Join(",", log)}"; });
        Show("null", () => has_callback(null));
        Show("same pointer", () => { Unary f = v => v; return Marshal.GetFunctionPointerForDelegate(f) == Marshal.GetFunctionPointerForDelegate(f); });
        Show("address", () => { Unary f = v => v - 1; int r = ApplyAddress(Marshal.GetFunctionPointerForDelegate(f), 8); GC.KeepAlive(f); return r; });
        Show("round trip", () => { Unary f = v => v - 1; return ReferenceEquals(f, Marshal.GetDelegateForFunctionPointer<Unary>(Marshal.GetFunctionPointerForDelegate(f))); });
        Show("function pointer", () => ApplyPointer(&Square, 12));
        Show("object", () => ApplyObject(o => o, 1));
        Show("kept", () => { kept = v => v * 7; keep_callback(kept); GC.Collect(); return call_kept(6); });
        Show("many", () =>
        {
            var all = Enumerable.Range(0, 10_000).Select(i => (Unary)(v => v + i)).ToArray();
            var pointers = all.Select(Marshal.GetFunctionPointerForDelegate).ToArray();
            long sum = 0;
            for (int i = 0; i < all.Length; i += 97) sum += ApplyAddress(pointers[i], i);
            int distinct = pointers.Distinct().Count();
            GC.KeepAlive(all);
            return $"{sum} {distinct}";
        });
        Show("released", () => { for (int i = 0; i < 30; i++) Churn(i); return "done"; });
    }

    /// dotnet ends the process where an exception would have to leave through C.
    public static void Throws()
    {
        Show("throws", () => apply(value => throw new FormatException("no"), 1));
        Show("caught", () => { try { return apply_twice(_ => throw new FormatException("no"), 1); } catch (FormatException e) { return e.Message; } });
        Show("kept throws", () => { kept = v => throw new InvalidOperationException(); keep_callback(kept); return call_kept(6); });
        Show("after it", () => apply(v => v + 1, 1));
        Show("dead", () => { Forget(); GC.Collect(); return call_kept(6); });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Forget()
    {
        int captured = Environment.TickCount;
        kept = null;
        keep_callback(v => v + captured);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Churn(int round)
    {
        for (int i = 0; i < 500; i++)
            if (apply(value => value + round, i) != i + round) throw new InvalidOperationException();
        GC.Collect();
    }

    /// C functions as delegates, and what holds C pointers.
    public static void Owned()
    {
        Show("text", () => walk((text, title, index) => { Console.WriteLine($"    {text ?? "null"} {title ?? "null"} {index}"); return (text?.Length ?? 0) + (title?.Length ?? 1); }));
        Show("refs", () => by_pointer((ref Point p, ref int n, ref bool f) => { p.X += 5; p.Y += 5; n *= 2; f = !f; }));
        Show("array", () => with_array((values, count) => values.Sum() * 10 + count));
        Show("struct", () => map_point((p, by) => new() { X = p.X * by, Y = p.Y - by }, new() { X = 4, Y = 5 }));
        Show("in struct", () => $"{call_bound(new() { F = v => v + 1, Value = 5 })} {call_bound(default)}");
        Show("returned", () => { var f = function_for(0); return $"{f(14)} {function_for(1)(5)} {function_for(2) is null}"; });
        Show("for pointer", () => Marshal.GetDelegateForFunctionPointer<Unary>(AddressFor(1))(3));
        Show("back to C", () => apply(function_for(0), 5));
        Show("unmanaged", () => ((delegate* unmanaged<int, int>)AddressFor(0))(9));
        Show("text result", () => call_text(text => text + text, "grün"));
    }
}
