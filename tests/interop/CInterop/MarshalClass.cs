// System.Runtime.InteropServices.Marshal without a C function: structures and texts in native memory.
using System;
using System.Runtime.InteropServices;

static unsafe class MarshalClass
{
    static void Show(string name, object value) => Console.WriteLine($"  {name} = {value}");

    static string Try(Func<object> call)
    {
        try { return $"{call()}"; }
        catch (Exception e) { return e.GetType().FullName; }
    }

    static T RoundTrip<T>(T value)
    {
        IntPtr memory = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        try
        {
            Marshal.StructureToPtr(value, memory, false);
            T back = Marshal.PtrToStructure<T>(memory);
            Marshal.DestroyStructure<T>(memory);
            return back;
        }
        finally { Marshal.FreeHGlobal(memory); }
    }

    internal static void Run()
    {
        Show("sizes", string.Join(" ", Marshal.SizeOf<Point>(), Marshal.SizeOf<Mixed>(), Marshal.SizeOf<Packed1>(), Marshal.SizeOf<Packed2>(), Marshal.SizeOf<Union>(),
            Marshal.SizeOf<Nested>(), Marshal.SizeOf<Flags>(), Marshal.SizeOf<Named>(), Marshal.SizeOf<FixedArrays>(), Marshal.SizeOf<FixedBuffers>(), Marshal.SizeOf<PointClass>(),
            Marshal.SizeOf<FlagsClass>(), Marshal.SizeOf<Guid>(), Marshal.SizeOf<decimal>()));
        Show("offsets", string.Join(" ", Marshal.OffsetOf<Mixed>("D"), Marshal.OffsetOf<Packed2>("C"), Marshal.OffsetOf<Flags>("Small"), Marshal.OffsetOf<Flags>("Signed"),
            Marshal.OffsetOf<Flags>("Letter"), Marshal.OffsetOf<Flags>("Unit"), Marshal.OffsetOf<Named>("Title"), Marshal.OffsetOf<FixedArrays>("Points"), Marshal.OffsetOf<PointClass>("Y")));
        Show("no field", Try(() => Marshal.OffsetOf<Point>("Z")));
        Show("no layout", Try(() => Marshal.SizeOf<Plain>()));
        Show("generic", Try(() => Marshal.SizeOf<Nullable<int>>()));
        Show("mixed", RoundTrip(new Mixed { A = 1, B = 2, C = 3, D = 4 }));
        Show("flags", RoundTrip(new Flags { Flag = true, Signed = true, Letter = 'q', Unit = 'ж' }));
        Show("named", RoundTrip(new Named { Number = 5, Name = "too long a name", Title = [1, 2, 3, 4, 5, 6] }));
        Show("arrays", RoundTrip(new FixedArrays { Count = 1, Values = [1, 2, 3, 4], Points = [new() { X = 1 }, new() { Y = 2 }] }));
        var texts = RoundTrip(new Texts { Name = "näme", Title = "títle", Number = 3 });
        Show("texts", $"{texts.Name} {texts.Title} {texts.Number}");
        Show("class", RoundTrip(new PointClass { X = 8, Y = 9 }));
        Show("strings", string.Join(" ", Texts()));
    }

    static string[] Texts()
    {
        IntPtr utf8 = Marshal.StringToCoTaskMemUTF8("Grüße"), utf16 = Marshal.StringToHGlobalUni("wíde"), ansi = Marshal.StringToHGlobalAnsi("plain"), bstr = Marshal.StringToBSTR("b\0c");
        string[] back = [Marshal.PtrToStringUTF8(utf8), Marshal.PtrToStringUni(utf16), Marshal.PtrToStringAnsi(ansi), Marshal.PtrToStringBSTR(bstr).Length.ToString(), Marshal.PtrToStringUni(utf16, 2)];
        Marshal.FreeCoTaskMem(utf8);
        Marshal.FreeHGlobal(utf16);
        Marshal.FreeHGlobal(ansi);
        Marshal.FreeBSTR(bstr);
        return back;
    }
}
