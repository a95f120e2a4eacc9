// Pointers, fixed, function pointers, explicit layouts, fixed buffers, and System.Runtime.CompilerServices.Unsafe.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[StructLayout(LayoutKind.Explicit)]
internal struct Union
{
    [FieldOffset(0)] public int Int;
    [FieldOffset(0)] public float Float;
    [FieldOffset(0)] public byte First;
    [FieldOffset(3)] public byte Last;
    [FieldOffset(4)] public short Next;
    [FieldOffset(8)] public string? Text;
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Packed { public byte A; public int B; public short C; public long D; }

[StructLayout(LayoutKind.Sequential)]
internal struct Natural { public byte A; public int B; public short C; public long D; }

[StructLayout(LayoutKind.Sequential, Size = 40)]
internal struct Sized { public int A; }

internal unsafe struct Buffer { public int Length; public fixed byte Bytes[12]; public fixed int Ints[3]; }

[InlineArray(4)]
internal struct Four { private int first; }

internal unsafe class Program
{
    private static int Add(int a, int b) => a + b;
    private static void Double(int* n) => *n *= 2;
    private static T Same<T>(T value) => value;
    private static string Text(string s, double d) => s + d;

    private static void Main()
    {
        Layouts();
        Pointers();
        FunctionPointers();
        Buffers();
        UnsafeClass();
        Native();
    }

    private static void Layouts()
    {
        Union u = default;
        u.Float = 1.0f;
        u.Next = -2;
        u.Text = "beside";
        Console.WriteLine(u.Int.ToString("X") + " " + u.First + " " + u.Last + " " + u.Next + " " + u.Text);
        u.Last = 0x40;
        Console.WriteLine(u.Float);
        Console.WriteLine(sizeof(Packed) + " " + sizeof(Natural) + " " + sizeof(Sized) + " " + sizeof(Buffer) + " " + sizeof(Four));
        Packed p = new() { A = 1, B = -2, C = 3, D = long.MaxValue };
        Packed q = p;
        Console.WriteLine(q.A + q.B + q.C + " " + q.D);
        Console.WriteLine((byte*)&q.D - (byte*)&q);
        Natural n = default;
        Console.WriteLine((byte*)&n.C - (byte*)&n + " " + ((byte*)&n.D - (byte*)&n));
        Console.WriteLine(sizeof(bool) + sizeof(char) + sizeof(decimal) + sizeof(DayOfWeek) + sizeof(Guid));
    }

    private static void Pointers()
    {
        int local = 5;
        int* p = &local;
        *p += 10;
        Double(p);
        Console.WriteLine(local);
        int[] array = { 1, 2, 3, 4, 5 };
        fixed (int* start = array)
        {
            int sum = 0;
            for (int* q = start; q < start + array.Length; q++)
                sum += *q;
            start[2] = 100;
            *(start + 3) = 200;
            Console.WriteLine(sum + " " + (&start[4] - start));
        }
        Console.WriteLine(array[2] + array[3]);
        fixed (char* c = "fixed")
            Console.WriteLine(c[1] + " " + *(c + 4) + ((int)c[5]).ToString());
        long value = 0x0102030405060708;
        byte* bytes = (byte*)&value;
        Console.WriteLine(bytes[0] + " " + bytes[7]);
        *(short*)(bytes + 2) = -1;
        Console.WriteLine(value.ToString("X"));
        Natural n = new() { B = 4 };
        Natural* np = &n;
        np->B++;
        (*np).D = 9;
        Console.WriteLine(n.B + n.D);
        int** pp = &p;
        **pp = 3;
        Console.WriteLine(local);
        double* doubles = stackalloc double[4];
        for (int i = 0; i < 4; i++)
            doubles[i] = i / 2.0;
        Console.WriteLine(doubles[1] + doubles[3]);
        void* nothing = null;
        Console.WriteLine(nothing == null);
    }

    private static void FunctionPointers()
    {
        delegate*<int, int, int> add = &Add;
        Console.WriteLine(add(20, 22));
        delegate*<string, string> same = &Same<string>;
        Console.WriteLine(same("generic"));
        delegate*<string, double, string> text = &Text;
        Console.WriteLine(text("d", 0.5));
        delegate*<int*, void>[] table = { &Double, &Double };
        int n = 3;
        foreach (var f in table)
            f(&n);
        Console.WriteLine(n);
        delegate*<int, int, int>* pointer = &add;
        Console.WriteLine((*pointer)(1, 2));
        Console.WriteLine(Apply(&Same<long>, 1L << 35));
    }

    private static T Apply<T>(delegate*<T, T> f, T value) => f(value);

    private static void Buffers()
    {
        Buffer buffer = default;
        for (int i = 0; i < 12; i++)
            buffer.Bytes[i] = (byte)(i * i);
        buffer.Ints[2] = -1;
        buffer.Length = 12;
        Buffer copy = buffer;
        copy.Bytes[11] = 0;
        Console.WriteLine(buffer.Bytes[11] + " " + copy.Bytes[11] + " " + copy.Ints[2]);
        Four four = default;
        for (int i = 0; i < 4; i++)
            four[i] = i + 1;
        Span<int> span = four;
        span[1] *= 10;
        int sum = 0;
        foreach (int n in four)
            sum += n;
        Console.WriteLine(sum);
    }

    private static void UnsafeClass()
    {
        float f = -1.5f;
        Console.WriteLine(Unsafe.As<float, uint>(ref f).ToString("X"));
        int[] array = { 1, 2, 3 };
        ref int first = ref MemoryMarshal.GetArrayDataReference(array);
        Unsafe.Add(ref first, 2) = 30;
        Console.WriteLine(array[2]);
        Console.WriteLine(Unsafe.SizeOf<Natural>() + " " + Unsafe.SizeOf<(byte, byte)>());
        Console.WriteLine(Unsafe.AreSame(ref array[0], ref first));
        object o = "string";
        Console.WriteLine(Unsafe.As<string>(o).Length);
        byte* bytes = stackalloc byte[8];
        Unsafe.InitBlock(bytes, 0xAB, 8);
        Console.WriteLine(Unsafe.ReadUnaligned<ushort>(bytes + 1).ToString("X"));
        Unsafe.WriteUnaligned(bytes + 3, 0x11223344);
        Console.WriteLine(bytes[3] + " " + bytes[6] + " " + bytes[7]);
        Console.WriteLine(Unsafe.ByteOffset(ref array[0], ref array[2]));
        Unsafe.SkipInit(out int skipped);
        skipped = 4;
        Console.WriteLine(skipped);
        Console.WriteLine(RuntimeHelpers.IsReferenceOrContainsReferences<string>() + " " + RuntimeHelpers.IsReferenceOrContainsReferences<Natural>() + " " + RuntimeHelpers.IsReferenceOrContainsReferences<Union>());
    }

    private static void Native()
    {
        nint memory = Marshal.AllocHGlobal(16);
        Marshal.WriteInt32(memory, 4, 77);
        Console.WriteLine(Marshal.ReadInt32(memory + 4));
        new Span<byte>((void*)memory, 16).Fill(1);
        Console.WriteLine(((int*)memory)[3]);
        Marshal.FreeHGlobal(memory);
        int* block = (int*)NativeMemory.AllocZeroed(4, sizeof(int));
        block[3] = block[0] + 9;
        Console.WriteLine(block[3]);
        NativeMemory.Free(block);
        GCHandle handle = GCHandle.Alloc("kept");
        GC.Collect();
        Console.WriteLine((string)GCHandle.FromIntPtr(GCHandle.ToIntPtr(handle)).Target!);
        handle.Free();
    }
}
