// Finalizers: when they run, resurrection, suppression and registering again, exceptions in constructors, chains of them,
// safe handles.
#nullable disable
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

class Noisy(string name) { ~Noisy() => P.Log.Add(name); }
class Derived(string name) : Noisy(name + " base") { ~Derived() => P.Log.Add("derived"); }
class Phoenix { public static Phoenix Risen; public int Deaths; ~Phoenix() { Deaths++; Risen = this; } }
class Stubborn { public static int Deaths; ~Stubborn() { if (++Deaths < 3) GC.ReRegisterForFinalize(this); } }
class Half { int field; public Half(bool fail) { if (fail) throw new InvalidOperationException("half"); field = 1; } ~Half() => P.Log.Add("half" + field); }
class Chain { public Chain Next; public int Number; ~Chain() => P.Log.Add("chain" + Number + (Next == null ? "" : ">" + Next.Number)); }
class Allocating { ~Allocating() { var list = new List<string>(); for (int i = 0; i < 1000; i++) list.Add(new string('x', i % 50)); P.Log.Add("allocated" + list.Count + list[^1].Length); GC.Collect(); } }
class Disposing : IDisposable { public void Dispose() { P.Log.Add("disposed"); GC.SuppressFinalize(this); } ~Disposing() => P.Log.Add("not disposed"); }
class Deep { ~Deep() => P.Log.Add("deep" + Sum(500)); static int Sum(int n) => n == 0 ? 0 : n + Sum(n - 1); }
class Spawner { readonly int depth; public Spawner(int depth) => this.depth = depth; ~Spawner() { P.Log.Add("spawn" + depth); if (depth > 0) new Spawner(depth - 1); } }
class Holder { public string Text = new('h', 5); public int[] Numbers = [1, 2, 3]; ~Holder() => P.Log.Add(Text + Numbers.Sum()); }
class Ticket : SafeHandle { public Ticket(int n) : base(-1, true) => SetHandle(n); public override bool IsInvalid => handle == -1; protected override bool ReleaseHandle() { P.Log.Add("released" + handle); return true; } }
class Critical : System.Runtime.ConstrainedExecution.CriticalFinalizerObject { ~Critical() => P.Log.Add("critical"); }
static class Lock { public static readonly object Gate = new(); }
class Locking { ~Locking() { lock (Lock.Gate) P.Log.Add("locked"); } }

static class P {
    public static readonly List<string> Log = [];

    static void Run(string title, Action action) {
        Deeper(action, 20);
        Clear(40);
        for (int i = 0; i < 6; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }
        Log.Sort(StringComparer.Ordinal);
        Console.WriteLine(title + ": " + string.Join(" ", Log));
        Log.Clear();
    }

    // Objects are made far down the stack, so that nothing left over in a register or slot keeps one alive.
    [MethodImpl(MethodImplOptions.NoInlining)] static void Deeper(Action action, int n) { if (n == 0) action(); else Deeper(action, n - 1); }
    [MethodImpl(MethodImplOptions.NoInlining)] static int Clear(int n) { Span<long> waste = stackalloc long[16]; waste.Fill(n); return n == 0 ? 0 : Clear(n - 1) + (int)waste[3]; }

    // The argument divides the number of objects.
    static void Main(string[] args) {
        int scale = args.Length > 0 ? int.Parse(args[0]) : 1;
        Run("plain", () => { new Noisy("a"); new Noisy("b"); });
        Run("derived", () => new Derived("d"));
        Run("phoenix", () => new Phoenix());
        Console.WriteLine(Phoenix.Risen.Deaths);
        Run("dead again", () => Phoenix.Risen = null);
        Console.WriteLine(Phoenix.Risen == null);
        Run("registered again", () => { var p = new Phoenix(); GC.SuppressFinalize(p); });
        Console.WriteLine(Phoenix.Risen == null);
        Run("twice", () => { var p = new Phoenix(); GC.SuppressFinalize(p); GC.ReRegisterForFinalize(p); });
        Console.WriteLine(Phoenix.Risen.Deaths);
        Run("stubborn", () => new Stubborn());
        Console.WriteLine(Stubborn.Deaths);
        Run("half", () => { try { new Half(true); } catch (InvalidOperationException e) { Log.Add(e.Message); } new Half(false); });
        Run("chain", () => { Chain last = null; for (int i = 0; i < 4; i++) last = new Chain { Next = last, Number = i }; });
        Run("cycle", () => { var a = new Chain { Number = 1 }; var b = new Chain { Number = 2, Next = a }; a.Next = b; });
        Run("allocating", () => new Allocating());
        Run("disposed", () => { using (new Disposing()) { } new Disposing(); });
        Run("deep", () => new Deep());
        Run("spawner", () => new Spawner(3));
        Run("holder", () => { for (int i = 0; i < 3; i++) new Holder(); });
        Run("uninitialized", () => RuntimeHelpers.GetUninitializedObject(typeof(Half)));
        Run("boxed in array", () => { object[] array = [new Noisy("x"), new Noisy("y")]; array[0] = null; });
        Run("locking", () => { lock (Lock.Gate) new Locking(); });
        Run("critical", () => { new Critical(); new Noisy("normal"); });
        Handles();
        Many(20000 / scale);
        Noisy kept = new("kept"); GC.Collect(); GC.WaitForPendingFinalizers(); Console.WriteLine("kept alive " + Log.Count); GC.KeepAlive(kept); GC.SuppressFinalize(kept);
        try { GC.SuppressFinalize(null); } catch (ArgumentNullException e) { Console.WriteLine(e.ParamName); }
        GC.SuppressFinalize(new object()); GC.ReRegisterForFinalize("no finalizer");
    }

    static void Handles() {
        Run("safe handle", () => new Ticket(1));
        Run("disposed handle", () => new Ticket(2).Dispose());
        Run("twice disposed", () => { var t = new Ticket(3); t.Dispose(); t.Dispose(); Log.Add(t.IsClosed.ToString()); });
        Run("references", () => { var t = new Ticket(4); bool added = false; t.DangerousAddRef(ref added); t.Dispose(); Log.Add("still " + t.IsClosed); t.DangerousRelease(); });
        Run("invalid", () => new Ticket(-1));
        Run("given up", () => new Ticket(5).SetHandleAsInvalid());
        Run("use after", () => { var t = new Ticket(6); t.Dispose(); try { bool b = false; t.DangerousAddRef(ref b); } catch (ObjectDisposedException) { Log.Add("gone"); } });
    }

    static int made, ended;
    class Counted { readonly int[] ballast = new int[10]; public Counted() => made++; ~Counted() => ended += ballast.Length / 10; }
    static void Many(int count) {
        Deeper(() => { for (int i = 0; i < count; i++) new Counted(); }, 5); Clear(40);
        for (int i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }
        Console.WriteLine(made + " " + (ended >= count - 10));
    }
}
