// Where fields lie: explicit offsets and overlap, packing, sizes, fixed buffers, inline arrays, empty structs, nested
// structs, what Marshal says of them.
#nullable disable
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

static unsafe class P {
    static void Main() {
        Union u = default;
        u.Double = 1.0;
        Console.WriteLine($"{u.Low:x} {u.High:x} {u.Byte7:x}");
        u.High = 0x40080000;
        Console.WriteLine(u.Double + " " + sizeof(Union));
        Console.WriteLine($"{sizeof(Packed1)} {sizeof(Packed2)} {sizeof(Packed8)} {sizeof(Sized)} {sizeof(Empty)} {sizeof(Mixed)} {sizeof(Nested)} {sizeof(Gap)}");
        Packed1 p = new() { A = 1, B = 0x0102030405060708, C = 3 };
        byte* bytes = (byte*)&p;
        for (int i = 0; i < sizeof(Packed1); i++) Console.Write(bytes[i].ToString("x2"));
        Console.WriteLine();
        Console.WriteLine($"{Offset(ref p, ref p.B)} {Offset(ref p, ref p.C)}");
        Packed2 q = default; Console.WriteLine($"{Offset(ref q, ref q.B)} {Offset(ref q, ref q.C)}");
        Mixed m = default; Console.WriteLine($"{Offset(ref m, ref m.B)} {Offset(ref m, ref m.C)} {Offset(ref m, ref m.D)}");
        Gap g = default; Console.WriteLine($"{Offset(ref g, ref g.A)} {Offset(ref g, ref g.B)}");
        References();
        Buffers();
        Inline();
        Marshalled();
        Copies();
        Console.WriteLine(new Derived { A = 1, B = 2, C = 3, D = 4, E = 5 }.Sum());
        Console.WriteLine($"{sizeof(Int128)} {sizeof(decimal)} {sizeof(Guid)} {sizeof(DateTime)} {Unsafe.SizeOf<(byte, long)>()} {Unsafe.SizeOf<int?>()} {Unsafe.SizeOf<long?>()}");
    }

    static long Offset<T, F>(ref T owner, ref F field) => Unsafe.ByteOffset(ref Unsafe.As<T, byte>(ref owner), ref Unsafe.As<F, byte>(ref field));

    static void References() {
        WithReference r = new() { Number = 5, Text = "text", Other = [1, 2] };
        r.Bits = 0x7f00000000000000;
        Console.WriteLine(r.Number + r.Text + r.Other.Length + " " + r.Top);
        Overlapping o = new() { A = "shared" };
        Console.WriteLine(ReferenceEquals(o.A, o.B) + " " + o.B);
        object[] boxes = [r, o, new Packed1 { C = 9 }];
        GC.Collect();
        Console.WriteLine(((WithReference)boxes[0]).Text + ((Overlapping)boxes[1]).A + ((Packed1)boxes[2]).C);
    }

    static void Buffers() {
        Fixed f = default;
        for (int i = 0; i < 8; i++) f.Bytes[i] = (byte)(i * i);
        f.Shorts[1] = -3;
        Fixed copy = f;
        copy.Bytes[3] = 77;
        Console.WriteLine($"{sizeof(Fixed)} {f.Bytes[3]} {copy.Bytes[3]} {copy.Shorts[1]} {f.After}");
        Holder holder = new();
        fixed (byte* pinned = holder.Field.Bytes) { pinned[2] = 5; Console.WriteLine(holder.Field.Bytes[2]); }
        object boxed = f;
        Fixed unboxed = (Fixed)boxed;
        Console.WriteLine(unboxed.Bytes[7]);
    }

    static void Inline() {
        Four<int> ints = default;
        for (int i = 0; i < 4; i++) ints[i] = i + 1;
        Span<int> span = ints;
        span[2] = 30;
        int sum = 0;
        foreach (int i in ints) sum += i;
        Console.WriteLine(sum + " " + sizeof(Four<int>) + " " + sizeof(Four<byte>) + " " + ints[^1]);
        Four<string> strings = default;
        strings[0] = "a"; strings[3] = new string('d', 3);
        GC.Collect();
        ReadOnlySpan<string> view = strings;
        Console.WriteLine(string.Join(",", view.ToArray()) + view.Length);
        try { int n = 4; span[n] = 1; } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
        Four<(string, int)> pairs = default;
        pairs[1] = ("p", 3);
        Four<(string, int)> copied = pairs;
        pairs[1].Item2 = 4;
        Console.WriteLine(copied[1] + " " + pairs[1]);
        object boxed = pairs;
        GC.Collect();
        Console.WriteLine(((Four<(string, int)>)boxed)[1].Item1);
    }

    static void Marshalled() {
        Console.WriteLine($"{Marshal.SizeOf<Packed1>()} {Marshal.SizeOf<Union>()} {Marshal.SizeOf<Sized>()} {Marshal.OffsetOf<Packed2>("C")} {Marshal.OffsetOf<Union>("Byte7")} {Marshal.SizeOf<Mixed>()}");
        Console.WriteLine(typeof(Union).IsExplicitLayout + " " + typeof(Packed1).StructLayoutAttribute!.Pack + " " + typeof(Sized).StructLayoutAttribute!.Size + " " + typeof(Mixed).IsLayoutSequential);
        nint memory = Marshal.AllocHGlobal(64);
        Marshal.StructureToPtr(new Packed2 { A = 1, B = 2, C = 3 }, memory, false);
        Console.WriteLine(Marshal.ReadInt32(memory, 2) + Marshal.PtrToStructure<Packed2>(memory).C);
        Marshal.FreeHGlobal(memory);
    }

    static void Copies() {
        Big big = default;
        for (int i = 0; i < 10; i++) (&big.A)[i] = i;
        Big other = Change(big);
        Console.WriteLine(big.J + " " + other.J + " " + Sum(in big) + " " + Sum(in other));
        Big[] array = [big, other, default];
        array[2] = array[0];
        array[0].A = 1000;
        Console.WriteLine(array[2].A + array[0].A + Sum(in array[1]));
        Console.WriteLine(big.Equals(array[2]) + " " + big.Equals(other));
    }

    static Big Change(Big b) { b.J = 90; return b; }
    static long Sum(in Big b) { long total = 0; fixed (long* p = &b.A) for (int i = 0; i < 10; i++) total += p[i]; return total; }
}

[StructLayout(LayoutKind.Explicit)] struct Union { [FieldOffset(0)] public double Double; [FieldOffset(0)] public uint Low; [FieldOffset(4)] public uint High; [FieldOffset(7)] public byte Byte7; }
[StructLayout(LayoutKind.Sequential, Pack = 1)] struct Packed1 { public byte A; public long B; public short C; }
[StructLayout(LayoutKind.Sequential, Pack = 2)] struct Packed2 { public byte A; public int B; public double C; }
[StructLayout(LayoutKind.Sequential, Pack = 8)] struct Packed8 { public byte A; public short B; public int C; }
[StructLayout(LayoutKind.Sequential, Size = 40)] struct Sized { public int A; }
[StructLayout(LayoutKind.Explicit, Size = 24)] struct Gap { [FieldOffset(3)] public byte A; [FieldOffset(16)] public int B; }
struct Empty;
struct Mixed { public byte A; public short B; public byte C; public int D; public byte E; }
struct Nested { public byte A; public Mixed B; public Empty C; public byte D; }
[StructLayout(LayoutKind.Explicit)] struct WithReference { [FieldOffset(0)] public string Text; [FieldOffset(8)] public int[] Other; [FieldOffset(16)] public int Number; [FieldOffset(24)] public long Bits; [FieldOffset(31)] public byte Top; }
[StructLayout(LayoutKind.Explicit)] struct Overlapping { [FieldOffset(0)] public string A; [FieldOffset(0)] public object B; }
unsafe struct Fixed { public fixed byte Bytes[8]; public fixed short Shorts[3]; public int After; }
class Holder { public Fixed Field; }
[InlineArray(4)] struct Four<T> { T first; }
struct Big { public long A, B, C, D, E, F, G, H, I, J; }
class Base { public byte A; public int B; }
class Middle : Base { public byte C; public long D; }
class Derived : Middle { public byte E; public long Sum() => A + B + C + D + E; }
