// Handles and weak things: every kind of GCHandle, weak and long weak references, dependent handles, conditional weak
// tables, caches of them.
#nullable disable
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

class Thing(int n) { public int Number = n; public Thing Other; }
class Risen { public static Risen Last; ~Risen() => Last = this; }
[StructLayout(LayoutKind.Sequential)] class Blittable { public int A = 1, B = 2; }

static unsafe class P {
    [MethodImpl(MethodImplOptions.NoInlining)] static void Deeper(Action action, int n = 20) { if (n == 0) action(); else Deeper(action, n - 1); }
    [MethodImpl(MethodImplOptions.NoInlining)] static int Clear(int n) { Span<long> waste = stackalloc long[16]; waste.Fill(n); return n == 0 ? 0 : Clear(n - 1) + (int)waste[3]; }
    static void Collect() { Clear(40); for (int i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); } }

    static int count = 2000;
    static void Main(string[] args) { if (args.Length > 0) count = int.Parse(args[0]); GcHandles(); Weak(); LongWeak(); Dependent(); Tables(); Ephemerons(); Pinned(); Reuse(); Typed(); Errors(); }

    static void GcHandles() {
        GCHandle normal = default, weak = default, track = default;
        Deeper(() => { normal = GCHandle.Alloc(new Thing(1)); weak = GCHandle.Alloc(new Thing(2), GCHandleType.Weak); track = GCHandle.Alloc(new Thing(3), GCHandleType.WeakTrackResurrection); });
        Collect();
        Console.WriteLine(((Thing)normal.Target).Number + " " + (weak.Target == null) + (track.Target == null) + normal.IsAllocated + weak.IsAllocated);
        normal.Target = "changed"; IntPtr raw = GCHandle.ToIntPtr(normal); Collect();
        Console.WriteLine(GCHandle.FromIntPtr(raw).Target + " " + (GCHandle.FromIntPtr(raw) == normal) + normal.Equals(GCHandle.FromIntPtr(raw)));
        normal.Free(); Console.WriteLine(normal.IsAllocated); weak.Free(); track.Free();
        GCHandle nothing = GCHandle.Alloc(null); Console.WriteLine(nothing.Target == null); nothing.Free();
        GCHandle[] many = new GCHandle[1000]; for (int i = 0; i < many.Length; i++) many[i] = GCHandle.Alloc(new Thing(i), i % 2 == 0 ? GCHandleType.Normal : GCHandleType.Weak);
        Deeper(() => { }); Collect();
        Console.WriteLine(many.Where((h, i) => i % 2 == 0).All(h => h.Target is Thing) + " " + (many.Count(h => h.Target == null) >= 499));
        foreach (GCHandle h in many) h.Free();
    }

    static void Weak() {
        WeakReference plain = null; WeakReference<Thing> typed = null; Thing kept = new(5); WeakReference<Thing> alive = new(kept);
        Deeper(() => { plain = new WeakReference(new Thing(1)); typed = new WeakReference<Thing>(new Thing(2)); });
        Console.WriteLine(plain.IsAlive + " " + typed.TryGetTarget(out _)); Collect();
        Console.WriteLine(plain.IsAlive + " " + typed.TryGetTarget(out Thing gone) + (gone == null) + alive.TryGetTarget(out Thing t) + (t == kept) + (plain.Target == null));
        plain.Target = kept; typed.SetTarget(kept); Collect();
        Console.WriteLine(((Thing)plain.Target).Number + " " + typed.TryGetTarget(out _) + plain.TrackResurrection + new WeakReference(null).IsAlive);
        GC.KeepAlive(kept);
    }

    static void LongWeak() {
        WeakReference shortOne = null, longOne = null; Risen.Last = null;
        Deeper(() => { Risen r = new(); shortOne = new(r, false); longOne = new(r, true); });
        Collect();
        Deeper(() => Console.WriteLine((Risen.Last != null) + " " + shortOne.IsAlive + " " + longOne.IsAlive + ReferenceEquals(longOne.Target, Risen.Last)));
        Risen.Last = null; Collect(); Console.WriteLine(longOne.IsAlive);
    }

    static void Dependent() {
        DependentHandle handle = default; WeakReference dependent = null; Thing[] key = [null];
        Deeper(() => { Thing value = new(2); key[0] = new(1); handle = new DependentHandle(key[0], value); dependent = new WeakReference(value); });
        Collect();
        Deeper(() => Console.WriteLine(((Thing)handle.Dependent).Number + " " + dependent.IsAlive + handle.TargetAndDependent.Target.Equals(key[0]) + handle.IsAllocated));
        key[0] = null; Collect();
        Console.WriteLine((handle.Target == null) + " " + (handle.Dependent == null) + dependent.IsAlive); handle.Dispose(); Console.WriteLine(handle.IsAllocated);
    }

    static void Tables() {
        ConditionalWeakTable<Thing, string> table = []; List<Thing> keys = [];
        Deeper(() => { for (int i = 0; i < 100; i++) { Thing key = new(i); if (i % 4 == 0) keys.Add(key); table.Add(key, "value" + i); } });
        Collect();
        Console.WriteLine(keys.All(k => table.TryGetValue(k, out string v) && v == "value" + k.Number) + " " + (table.Count() < 30));
        Console.WriteLine(table.GetValue(keys[1], k => "new") + table.GetValue(new Thing(999), k => "made" + k.Number) + table.Remove(keys[2]) + table.TryGetValue(keys[2], out _) + table.GetOrCreateValue2(keys[2]));
        table.AddOrUpdate(keys[0], "updated"); Console.WriteLine(table.TryGetValue(keys[0], out string u) + u + table.TryAdd(keys[0], "no")); try { table.Add(keys[0], "x"); } catch (ArgumentException e) { Console.WriteLine(e.GetType().Name); }
        ConditionalWeakTable<object, object> attached = []; object owner = new(); attached.GetValue(owner, _ => new List<int> { 1 }); Collect(); Console.WriteLine(((List<int>)attached.GetValue(owner, _ => null)).Count);
        table.Clear(); Console.WriteLine(table.Any()); GC.KeepAlive(keys);
    }
    static string GetOrCreateValue2(this ConditionalWeakTable<Thing, string> table, Thing key) => table.GetValue(key, _ => "created");

    // A value that refers to its own key must not keep it alive; one table's value may be another entry's key.
    static void Ephemerons() {
        ConditionalWeakTable<Thing, Thing> table = []; WeakReference own = null, first = null, last = null; Thing[] root = [null];
        Deeper(() => { root[0] = new(0); Thing key = new(1); table.Add(key, new Thing(2) { Other = key }); own = new(key); Thing a = root[0]; for (int i = 1; i < 50; i++) { Thing b = new(i); table.Add(a, b); a = b; if (i == 1) first = new(b); last = new(b); } });
        Collect(); Console.WriteLine(own.IsAlive + " " + first.IsAlive + last.IsAlive);
        Deeper(() => { Thing walk = root[0]; int steps = 0; while (table.TryGetValue(walk, out Thing next)) { walk = next; steps++; } Console.WriteLine(steps); });
        root[0] = null; Collect(); Console.WriteLine(first.IsAlive + " " + last.IsAlive);
    }

    static void Pinned() {
        byte[] bytes = [1, 2, 3]; GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned); byte* p = (byte*)handle.AddrOfPinnedObject(); Collect(); p[1] = 20; Console.WriteLine(bytes[1] + p[2]); handle.Free();
        string text = "pin"; fixed (char* c = text) Console.WriteLine(c[2]); GCHandle ofString = GCHandle.Alloc(text, GCHandleType.Pinned); Console.WriteLine(*(char*)ofString.AddrOfPinnedObject()); ofString.Free();
        GCHandle layout = GCHandle.Alloc(new Blittable(), GCHandleType.Pinned); Console.WriteLine(((int*)layout.AddrOfPinnedObject())[1]); layout.Free();
        try { GCHandle.Alloc(new Thing(1), GCHandleType.Pinned); Console.WriteLine("pinned"); } catch (ArgumentException) { Console.WriteLine("not blittable"); }
        byte[] always = GC.AllocateArray<byte>(8, pinned: true); fixed (byte* q = always) { Collect(); q[7] = 9; } Console.WriteLine(always[7] + Marshal.UnsafeAddrOfPinnedArrayElement(always, 0).ToString().Length * 0);
        Memory<byte> memory = always; using (var pin = memory.Pin()) Console.WriteLine(((byte*)pin.Pointer)[7]);
    }

    static void Reuse() {
        for (int round = 0; round < 3; round++) { List<WeakReference<Thing>> list = []; Deeper(() => { for (int i = 0; i < count; i++) list.Add(new(new Thing(i))); }); Collect(); Console.Write((list.Count(w => w.TryGetTarget(out _)) < 5) + " "); }
        Console.WriteLine();
    }

    static void Typed() {
        using GCHandle<Thing> typed = new(new Thing(4)); using WeakGCHandle<Thing> weak = new(typed.Target); using PinnedGCHandle<int[]> pinned = new([5, 6]);
        Collect(); Console.WriteLine(typed.Target.Number + " " + weak.TryGetTarget(out Thing t) + t.Number + ((int*)pinned.GetAddressOfArrayData())[1]);
    }

    static void Errors() {
        Action[] actions = [() => default(GCHandle).Free(), () => _ = default(GCHandle).Target, () => { var h = GCHandle.Alloc(new Thing(1)); h.AddrOfPinnedObject(); }, () => GCHandle.FromIntPtr(0), () => GCHandle.Alloc(1, (GCHandleType)9), () => _ = default(DependentHandle).Target, () => new ConditionalWeakTable<string, string>().Add(null, "")];
        foreach (Action action in actions) try { action(); Console.WriteLine("fine"); } catch (Exception e) { Console.WriteLine(e.GetType().Name); }
    }
}
