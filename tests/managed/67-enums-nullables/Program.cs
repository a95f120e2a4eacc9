// Enums of every size, their texts and parsing; nullable values boxed, unboxed, compared and lifted; records.
#nullable disable
using System.Runtime.CompilerServices;

enum B : byte { None, One, Max = 255 }
enum SB : sbyte { Min = -128, Minus = -1, Zero, Max = 127 }
enum S : short { Min = short.MinValue, A = 5 }
enum US : ushort { Top = 65535 }
enum I { Negative = -7, Zero = 0, Seven = 7 }
enum UI : uint { Big = 0xFFFFFFFF }
enum L : long { Min = long.MinValue, Big = 1L << 40 }
enum UL : ulong { Max = ulong.MaxValue, Half = 1UL << 63 }
[Flags] enum F { None, A = 1, B = 2, C = 4, AB = 3, All = 7, High = 1 << 30 }

static class P {
    static void Main() {
        Sizes(); Text(); Boxes(); Generic(); Nullables(); Lifted(); Records();
    }

    static void Sizes() {
        Console.WriteLine($"{Unsafe.SizeOf<B>()}{Unsafe.SizeOf<S>()}{Unsafe.SizeOf<I>()}{Unsafe.SizeOf<L>()} {(int)B.Max} {(int)SB.Min} {(int)US.Top} {(uint)UI.Big} {(long)L.Min} {(ulong)UL.Half}");
        B b = B.Max; b++; SB sb = SB.Max; sb++; UI ui = UI.Big; ui += 2;
        Console.WriteLine($"{b} {sb} {ui} {B.One + 3} {I.Seven - I.Negative} {~F.A} {F.All & ~F.B} {F.A ^ F.AB}");
        B[] bytes = [B.One, B.Max]; L[] longs = [L.Big, (L)5]; Dictionary<UL, SB> map = new() { [UL.Half] = SB.Minus };
        Console.WriteLine(bytes[1] + " " + longs[0] + longs[1] + map[UL.Half]);
        foreach (Type t in new[] { typeof(B), typeof(SB), typeof(S), typeof(US), typeof(I), typeof(UI), typeof(L), typeof(UL), typeof(F) })
            Console.Write(Enum.GetUnderlyingType(t).Name + ":" + string.Join(",", Enum.GetNames(t)) + "=" + string.Join(",", Enum.GetValuesAsUnderlyingType(t).Cast<object>()) + " ");
        Console.WriteLine();
        Console.WriteLine(Switch(I.Negative) + Switch(I.Seven) + Switch((I)99));
    }

    static string Switch(I value) => value switch { I.Negative => "neg", I.Zero => "zero", I.Seven => "seven", _ => "?" + value };

    static void Text() {
        Console.WriteLine($"{F.A | F.C} {F.AB} {(F)8} {(F)9} {F.None} {F.High | F.B} {(B)77} {(UL)5} {F.All:D} {F.All:X} {F.AB:G} {(F)9:F} {SB.Minus:X} {L.Big:x}");
        Console.WriteLine(Enum.Parse<F>("A, C") + " " + Enum.Parse<F>("all", true) + " " + Enum.Parse<F>("6") + " " + Enum.TryParse("Nope", out F none) + none + Enum.TryParse("-7", out I i) + i);
        Console.WriteLine(Enum.IsDefined(F.AB) + " " + Enum.IsDefined(typeof(F), 8) + Enum.IsDefined(typeof(F), "B") + Enum.GetName(B.Max) + Enum.Format(typeof(F), 5, "G") + Enum.ToObject(typeof(SB), -1) + Enum.ToObject(typeof(B), 300L));
        try { Enum.Parse<F>("Q"); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
        try { Enum.Parse<B>("300"); } catch (OverflowException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(F.AB.HasFlag(F.B) + " " + F.A.HasFlag(F.C) + UL.Max.HasFlag(UL.Half) + $"{I.Seven,8}|{I.Seven,-8}|");
        Span<char> buffer = stackalloc char[20]; Enum.TryFormat(F.AB, buffer, out int n); Console.WriteLine(buffer[..n].ToString());
    }

    static void Boxes() {
        object boxed = B.One;
        Console.WriteLine((B)boxed + " " + (byte)boxed + (boxed is byte) + (boxed is Enum) + boxed.Equals(B.One) + boxed.Equals((byte)1) + boxed.GetHashCode());
        try { _ = (int)boxed; } catch (InvalidCastException e) { Console.WriteLine(e.Message); }
        object number = 7; Console.WriteLine((I)number);
        Enum e1 = F.A; IComparable c = F.A; Console.WriteLine(e1.GetTypeCode() + " " + c.CompareTo(F.B) + e1.CompareTo(F.A) + Convert.ToInt64(e1) + ((IConvertible)e1).ToInt32(null) + e1.GetType().IsEnum + typeof(Enum).IsValueType);
        try { c.CompareTo(I.Seven); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
        Console.WriteLine(L.Big.GetHashCode() + " " + UL.Max.GetHashCode() + " " + SB.Minus.GetHashCode() + " " + I.Negative.GetHashCode());
    }

    static void Generic() {
        Console.WriteLine(Bits(F.AB | F.High) + Bits(UL.Max) + Bits(SB.Minus) + string.Join(",", Enum.GetValues<I>()) + Max(B.One, B.Max) + Same(L.Big, L.Big));
        Console.WriteLine(EqualityComparer<US>.Default.Equals(US.Top, US.Top) + " " + Comparer<S>.Default.Compare(S.Min, S.A) + new HashSet<SB> { SB.Min, SB.Min }.Count + Array.IndexOf([F.A, F.C], F.C));
    }

    static string Bits<T>(T value) where T : struct, Enum => Convert.ToString(Unsafe.SizeOf<T>() switch { 1 => Unsafe.As<T, sbyte>(ref value), 2 => Unsafe.As<T, short>(ref value), 4 => Unsafe.As<T, int>(ref value), _ => Unsafe.As<T, long>(ref value) }, 16) + " ";
    static T Max<T>(T a, T b) where T : Enum => a.CompareTo(b) > 0 ? a : b;
    static bool Same<T>(T a, T b) where T : Enum => a.Equals(b);

    static void Nullables() {
        int? none = null, five = 5; object boxed = five, nothing = none;
        Console.WriteLine((nothing == null) + boxed.GetType().Name + (int?)boxed + ((int?)nothing).HasValue + (boxed is int?) + (nothing is int?) + five.GetType());
        try { _ = none.Value; } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
        try { _ = (int)nothing; } catch (NullReferenceException) { Console.WriteLine("null unbox"); }
        try { _ = (long?)boxed; } catch (InvalidCastException e) { Console.WriteLine(e.Message); }
        try { none.GetType(); } catch (NullReferenceException) { Console.WriteLine("null type"); }
        Console.WriteLine(none.ToString() + "|" + none.GetHashCode() + none.Equals(null) + five.Equals(5) + none.GetValueOrDefault(8) + (none ?? 3) + five?.ToString() + none?.ToString());
        F? flags = F.AB; object boxedFlags = flags; Big? big = new Big { A = 1, Text = "t" }; object boxedBig = big;
        GC.Collect();
        Console.WriteLine(boxedFlags + " " + (F)boxedFlags + ((Big?)boxedBig).Value.Text + ((Big)boxedBig).A + (boxedFlags is F?) + default(Big?).HasValue);
        Console.WriteLine(Nullable.GetUnderlyingType(typeof(int?)) + " " + typeof(int?) + Nullable.Compare(none, five) + Nullable.Equals(five, 5) + typeof(int?).IsGenericType);
        Console.WriteLine(Box<int?>(null) + Box<int?>(4) + Box<Big?>(null) + IsNull<int?>(null) + IsNull(5) + Default<long?>() + "|" + Count([1, null, 3]));
        IComparable comparable = five; Console.WriteLine(comparable.CompareTo(4) + ((IFormattable)five).ToString("X3", null));
        int? changed = 1; changed++; changed += none; Console.WriteLine(changed.HasValue); Update(ref changed); Console.WriteLine(changed);
        (int?, string) tuple = (null, "x"); Console.WriteLine(tuple);
        var list = new List<DateTime?> { null, new DateTime(2020, 2, 3) }; Console.WriteLine(list.Count(d => d == null) + list.Max()?.Day);
    }

    static string Box<T>(T value) => ((object)value)?.ToString() ?? "null ";
    static bool IsNull<T>(T value) => value == null;
    static T Default<T>() => default;
    static int Count(int?[] values) => values.Count(v => v.HasValue);
    static void Update(ref int? value) => value = value.HasValue ? null : 44;

    static void Lifted() {
        int? a = 3, b = null; bool? t = true, f = false, u = null; decimal? d = 1.5m; long? l = a;
        Console.WriteLine($"{a + b}|{a * 2}|{a > b}|{a == b}|{b == null}|{a >= 3}|{t & u}|{f & u}|{t | u}|{!u}|{d * 2}|{l}|{-a}|{(double?)a / 2}|{(byte?)a}");
        Point? p = new(1, 2), q = null; Console.WriteLine($"{p + p}|{p + q}|{p == q}|{p != null}|{p?.X}|{q?.X}|{(p, q)}");
        try { _ = checked((byte?)(a + 300)); } catch (OverflowException) { Console.WriteLine("overflow"); }
    }

    static void Records() {
        Person ann = new("Ann", 30), same = new("Ann", 30); Student student = new("Ann", 30, "X");
        Console.WriteLine(ann + " " + (ann == same) + ReferenceEquals(ann, same) + (ann.GetHashCode() == same.GetHashCode()) + (ann == student) + student + (student with { Age = 31 }));
        var (name, age) = ann; Console.WriteLine(name + age + (ann with { Name = "Bob" }) + new Point(1, 2) + (new Point(1, 2) == new Point(1, 2)) + new Point(1, 2).Equals((object)new Point(1, 3)));
        Person copy = student; Console.WriteLine((copy with { Name = "Z" }).GetType().Name + new Pair<int, string>(1, "one") + (new Pair<int, string>(1, null) == new Pair<int, string>(1, null)));
        var anonymous = new { A = 1, B = "b" }; Console.WriteLine(anonymous + " " + anonymous.Equals(new { A = 1, B = "b" }) + new Empty() + new Mutable { X = 4 });
    }
}

struct Big { public long A, B; public string Text; public override string ToString() => Text; }
readonly record struct Point(int X, int Y) { public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y); }
record Person(string Name, int Age);
record Student(string Name, int Age, string School) : Person(Name, Age) { protected override bool PrintMembers(System.Text.StringBuilder b) { base.PrintMembers(b); b.Append(", at " + School); return true; } }
record Pair<A, B>(A First, B Second);
record Empty;
record struct Mutable { public int X { get; set; } public string Y; }
