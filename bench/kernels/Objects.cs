// Kernels of objects: allocation, dispatch, structs, delegates, exceptions.
namespace Kernels;

/// Allocation and collection of short-lived and long-lived trees.
internal static class Trees
{
    private sealed class Node(Node? left, Node? right)
    {
        public int Count() => 1 + (left == null ? 0 : left.Count()) + (right == null ? 0 : right.Count());
    }

    private static Node Build(int depth) => depth == 0 ? new(null, null) : new(Build(depth - 1), Build(depth - 1));

    public static int Run(int scale)
    {
        Node kept = Build(12);
        int sum = 0;
        for (int i = 0; i < scale * 8; i++)
            sum += Build(6 + i % 6).Count();
        return sum + kept.Count();
    }
}

/// Virtual, interface and generic calls on a mixture of types.
internal static class Dispatch
{
    private interface IScorer { int Score(int n); }
    private abstract class Item : IScorer
    {
        public abstract int Weight { get; }
        public virtual int Score(int n) => n * Weight;
    }
    private sealed class Light : Item { public override int Weight => 1; }
    private sealed class Heavy : Item { public override int Weight => 5; public override int Score(int n) => n + 7; }
    private class Even : Item { public override int Weight => 2; }
    private sealed class Odd : Even { public override int Weight => base.Weight + 1; }
    private struct Direct : IScorer { public readonly int Score(int n) => n ^ 3; }

    private static int Apply<T>(T scorer, int n) where T : IScorer => scorer.Score(n);

    public static int Run(int scale)
    {
        Item[] items = [new Light(), new Heavy(), new Even(), new Odd(), new Heavy()];
        IScorer[] scorers = [items[1], items[3], items[0], new Direct()];
        int sum = 0;
        for (int i = 0; i < scale * 150_000; i++)
        {
            sum += items[i % 5].Score(i);
            sum ^= scorers[i & 3].Score(sum & 0xFFFF);
            sum += Apply(default(Direct), i);
        }
        return sum;
    }
}

/// Structs by value: operators, arguments, results, arrays of them.
internal static class Structs
{
    private readonly struct Vector(float x, float y, float z)
    {
        public readonly float X = x, Y = y, Z = z;
        public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
        public static Vector operator *(Vector a, float k) => new(a.X * k, a.Y * k, a.Z * k);
        public float Dot(in Vector b) => X * b.X + Y * b.Y + Z * b.Z;
    }

    private struct Particle
    {
        public Vector Position, Velocity;
        public void Move(float dt) => Position += Velocity * dt;
    }

    public static int Run(int scale)
    {
        Particle[] particles = new Particle[100];
        for (int i = 0; i < particles.Length; i++)
            particles[i].Velocity = new(i % 7 - 3, i % 5 - 2, i % 3 - 1);
        float energy = 0;
        for (int step = 0; step < scale * 1000; step++)
        {
            for (int i = 0; i < particles.Length; i++)
                particles[i].Move(0.25f);
            energy += particles[step % 100].Velocity.Dot(particles[step % 97].Position) > 0 ? 1 : -1;
        }
        return (int)energy + (int)particles[99].Position.X;
    }
}

/// Delegates: static, instance, closures, multicast.
internal static class Delegates
{
    private sealed class Accumulator
    {
        public int Total;
        public int Add(int n) => Total += n;
    }

    private static int Triple(int n) => n * 3;

    public static int Run(int scale)
    {
        Accumulator accumulator = new();
        int offset = scale & 7;
        Func<int, int>[] functions = [Triple, accumulator.Add, n => n - offset, n => ~n];
        Action<int> both = n => accumulator.Total ^= n;
        both += n => accumulator.Total++;
        int value = 1;
        for (int i = 0; i < scale * 150_000; i++)
        {
            value = functions[i & 3](value) & 0xFFFFF;
            if ((i & 7) == 0)
                both(value);
        }
        return value ^ accumulator.Total;
    }
}

/// Throwing and catching, two frames deep, with a finally on the way.
internal static class Exceptions
{
    private static void Throw(int n)
    {
        if (n % 3 != 0)
            throw new InvalidOperationException("expected");
    }

    private static int Attempt(int n)
    {
        int result = 0;
        try
        {
            try { Throw(n); result += 2; }
            finally { result += 1; }
        }
        catch (InvalidOperationException e) when (e.Message.Length == 8) { result += 10; }
        return result;
    }

    public static int Run(int scale)
    {
        int sum = 0;
        for (int i = 0; i < scale * 1000; i++)
            sum += Attempt(i);
        return sum;
    }
}
