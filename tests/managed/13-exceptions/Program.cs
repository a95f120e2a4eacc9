// try, catch, finally, filters, rethrow; exceptions raised by the runtime; order of everything.
internal sealed class AppException(string message, int code, Exception? inner = null) : Exception(message, inner) { public int Code => code; }
internal sealed class Resource(string name) : IDisposable { public void Dispose() => Console.WriteLine("dispose " + name); }
internal static class Broken { public static readonly int Value = Fail(); private static int Fail() => throw new InvalidOperationException("static"); }

internal static class Program
{
    private static void Main()
    {
        Simple();
        Finally();
        Filters();
        Nested();
        Rethrow();
        Leaving();
        Runtime();
        Using();
        Initialiser();
        Deep();
        Replaced();
        InLoops();
        Data();
    }

    private static void Simple()
    {
        try { throw new AppException("simple", 7); }
        catch (AppException e) { Console.WriteLine(e.Message + " " + e.Code); }
        try { throw new ArgumentNullException("parameter"); }
        catch (ArgumentException e) { Console.WriteLine(e.GetType().Name + " " + e.ParamName); }
        try { throw new Exception(); }
        catch (InvalidOperationException) { Console.WriteLine("wrong"); }
        catch { Console.WriteLine("any"); }
        Console.WriteLine(new AppException("outer", 1, new AppException("inner", 2)).InnerException!.Message);
        Console.WriteLine(new Exception("text").ToString());
    }

    private static int WithFinally(int n)
    {
        try
        {
            Console.WriteLine("try " + n);
            if (n == 1)
                return n * 10;
            if (n == 2)
                throw new AppException("two", 2);
            Console.WriteLine("end of try");
        }
        catch (AppException e)
        {
            Console.WriteLine("catch " + e.Code);
            return -1;
        }
        finally
        {
            Console.WriteLine("finally " + n);
        }
        return n;
    }

    private static void Finally()
    {
        for (int i = 0; i < 4; i++)
            Console.WriteLine("result " + WithFinally(i));
    }

    private static bool Say(string text, bool result)
    {
        Console.WriteLine("filter " + text);
        return result;
    }

    private static void Thrower()
    {
        try { throw new AppException("filtered", 5); }
        finally { Console.WriteLine("thrower's finally"); }
    }

    private static void Filters()
    {
        try { Thrower(); }
        catch (AppException e) when (Say("first " + e.Code, false)) { Console.WriteLine("first"); }
        catch (AppException e) when (Say("second " + e.Code, e.Code == 5)) { Console.WriteLine("second"); }
        catch (Exception) { Console.WriteLine("third"); }
        try { Thrower(); }
        catch (Exception) when (((object?)null)!.GetHashCode() == 0) { Console.WriteLine("a throwing filter is false"); }
        catch (Exception e) { Console.WriteLine("after: " + e.Message); }
    }

    private static void Nested()
    {
        try
        {
            try
            {
                try { throw new AppException("deep", 1); }
                catch (InvalidOperationException) { Console.WriteLine("not here"); }
                finally { Console.WriteLine("inner finally"); }
            }
            catch (AppException e) when (e.Code == 1)
            {
                Console.WriteLine("middle");
                throw new InvalidOperationException("from catch", e);
            }
            finally { Console.WriteLine("middle finally"); }
        }
        catch (InvalidOperationException e) { Console.WriteLine(e.Message + " <- " + e.InnerException!.Message); }
        try { throw new Exception("outer"); }
        catch (Exception outer)
        {
            try { throw new Exception("inner"); }
            catch (Exception inner) { Console.WriteLine(outer.Message + "/" + inner.Message); }
            Console.WriteLine(outer.Message);
        }
    }

    private static void Again()
    {
        try { throw new AppException("again", 3); }
        catch (AppException) { Console.WriteLine("seen"); throw; }
    }

    private static void Rethrow()
    {
        try { Again(); }
        catch (AppException e) { Console.WriteLine("rethrown " + e.Code + " " + (e.StackTrace!.Contains("Again") ? "with trace" : "without")); }
        AppException kept = new("kept", 4);
        try { try { throw kept; } catch (Exception e) { throw e; } }
        catch (Exception e) { Console.WriteLine(ReferenceEquals(e, kept)); }
    }

    private static int Jump()
    {
        int n = 0;
        while (true)
        {
            try
            {
                n++;
                if (n == 2)
                    continue;
                if (n == 4)
                    break;
            }
            finally { Console.WriteLine("leaving " + n); }
        }
        try { try { return n; } finally { n += 100; Console.WriteLine("first out"); } }
        finally { n += 1000; Console.WriteLine("second out"); }
    }

    private static void Leaving() => Console.WriteLine(Jump());

    private static void Catch(string name, Action body)
    {
        try { body(); Console.WriteLine(name + ": nothing thrown"); }
        catch (Exception e) { Console.WriteLine(name + ": " + e.GetType().Name); }
    }

    private static void Runtime()
    {
        int zero = 0;
        object text = "text";
        int[] array = new int[2];
        string? none = null;
        Catch("null field", () => Console.WriteLine(((AppException?)(object?)none)!.Code));
        Catch("null call", () => Console.WriteLine(none!.Length));
        Catch("null array", () => Console.WriteLine(((int[]?)(object?)none)![0]));
        Catch("null throw", () => throw null!);
        Catch("index", () => array[5] = 1);
        Catch("divide", () => Console.WriteLine(1 / zero));
        Catch("cast", () => Console.WriteLine((Exception)text));
        Catch("unbox", () => Console.WriteLine((int)text));
        Catch("unbox null", () => Console.WriteLine((int)(object)none!));
        Catch("overflow", () => Console.WriteLine(checked(int.MaxValue + array.Length)));
        Catch("array size", () => Console.WriteLine(new int[zero - 1]));
        Catch("mismatch", () => ((object[])new string[1])[0] = new object());
        Catch("parse", () => int.Parse("x1"));
        Catch("key", () => Console.WriteLine(new Dictionary<int, int>()[1]));
        Catch("nullable", () => Console.WriteLine(((int?)null)!.Value));
        Catch("modified", () => { List<int> list = [1, 2]; foreach (int n in list) list.Add(n); });
        Catch("fine", () => { });
    }

    private static void Using()
    {
        using Resource whole = new("whole");
        try
        {
            using (Resource a = new("a"))
            using (Resource b = new("b"))
                throw new AppException("in using", 9);
        }
        catch (AppException e) { Console.WriteLine(e.Message); }
        lock (whole) { Console.WriteLine("locked"); }
    }

    private static void Initialiser()
    {
        for (int i = 0; i < 2; i++)
        {
            try { Console.WriteLine(Broken.Value); }
            catch (TypeInitializationException e) { Console.WriteLine(e.TypeName + " <- " + e.InnerException!.Message); }
        }
    }

    private static int Down(int n)
    {
        try
        {
            if (n == 0)
                throw new AppException("bottom", 0);
            return Down(n - 1) + 1;
        }
        finally { finallies++; }
    }
    private static int finallies;

    private static void Deep()
    {
        try { Down(500); }
        catch (AppException e) { Console.WriteLine(e.Message + " through " + finallies); }
    }

    private static void Replaced()
    {
        try { try { throw new Exception("lost"); } finally { throw new Exception("found"); } }
        catch (Exception e) { Console.WriteLine(e.Message); }
        try
        {
            try { throw new Exception("lost"); }
            finally
            {
                try { throw new Exception("swallowed"); }
                catch (Exception e) { Console.WriteLine(e.Message); }
            }
        }
        catch (Exception e) { Console.WriteLine("still " + e.Message); }
    }

    private static void InLoops()
    {
        int caught = 0;
        for (int i = 0; i < 200; i++)
        {
            try { if (i % 3 == 0) throw new AppException("loop", i); }
            catch (AppException e) when (e.Code % 2 == 0) { caught += 1; }
            catch (AppException) { caught += 1000; }
        }
        Console.WriteLine(caught);
    }

    private static void Data()
    {
        Exception e = new("with data") { HelpLink = "link" };
        e.Data["key"] = 5;
        Console.WriteLine(e.Data["key"] + " " + e.HelpLink);
        Console.WriteLine(new AggregateException(new Exception("a"), new Exception("b")).InnerExceptions.Count);
        Console.WriteLine(new Exception("m", new Exception("i")).GetBaseException().Message);
        Console.WriteLine(new ArgumentException("bad", "p").Message);
        Console.WriteLine(new ArgumentOutOfRangeException("index").Message);
        Console.WriteLine(new NullReferenceException().Message);
        Console.WriteLine(new DivideByZeroException().Message);
    }
}
