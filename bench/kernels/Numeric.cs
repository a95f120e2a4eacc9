// Kernels of arithmetic and arrays.
namespace Kernels;

/// Calls and integer arithmetic.
internal static class Fib
{
    private static int Number(int n) => n < 2 ? n : Number(n - 1) + Number(n - 2);

    public static int Run(int scale)
    {
        int sum = 0;
        for (int i = 0; i < scale; i++)
            sum += Number(27 - (i & 1));
        return sum;
    }
}

/// Byte arrays and nested loops.
internal static class Sieve
{
    private static int CountPrimes(bool[] composite)
    {
        Array.Clear(composite);
        int count = 0;
        for (int i = 2; i < composite.Length; i++)
        {
            if (composite[i])
                continue;
            count++;
            for (long j = (long)i * i; j < composite.Length; j += i)
                composite[j] = true;
        }
        return count;
    }

    public static int Run(int scale)
    {
        bool[] composite = new bool[500_000];
        int sum = 0;
        for (int i = 0; i < scale; i++)
            sum = sum * 3 + CountPrimes(composite);
        return sum;
    }
}

/// Doubles in the fields of objects.
internal static class NBody
{
    private sealed class Body
    {
        public double X, Y, Z, VX, VY, VZ, Mass;
    }

    private static Body[] System() =>
    [
        new() { Mass = 40 },
        new() { X = 5, Y = -1, Z = -0.1, VX = 0.6, VY = 2.8, VZ = -0.02, Mass = 0.04 },
        new() { X = 8, Y = 4, Z = -0.4, VX = -1, VY = 1.8, VZ = 0.01, Mass = 0.01 },
        new() { X = 12, Y = -15, Z = -0.2, VX = 1.1, VY = 0.9, VZ = -0.01, Mass = 0.002 },
        new() { X = 15, Y = -25, Z = 0.2, VX = 1, VY = 0.6, VZ = -0.03, Mass = 0.002 },
    ];

    private static void Step(Body[] bodies, double dt)
    {
        for (int i = 0; i < bodies.Length; i++)
        {
            Body a = bodies[i];
            for (int j = i + 1; j < bodies.Length; j++)
            {
                Body b = bodies[j];
                double dx = a.X - b.X, dy = a.Y - b.Y, dz = a.Z - b.Z;
                double square = dx * dx + dy * dy + dz * dz;
                double force = dt / (square * Math.Sqrt(square));
                a.VX -= dx * b.Mass * force;
                a.VY -= dy * b.Mass * force;
                a.VZ -= dz * b.Mass * force;
                b.VX += dx * a.Mass * force;
                b.VY += dy * a.Mass * force;
                b.VZ += dz * a.Mass * force;
            }
        }
        foreach (Body body in bodies)
        {
            body.X += dt * body.VX;
            body.Y += dt * body.VY;
            body.Z += dt * body.VZ;
        }
    }

    public static int Run(int scale)
    {
        Body[] bodies = System();
        for (int i = 0; i < scale * 25_000; i++)
            Step(bodies, 0.001);
        return (int)(bodies[1].X * 1e6) ^ (int)(bodies[4].VY * 1e6);
    }
}

/// Doubles in locals, a loop with an unpredictable end.
internal static class Mandelbrot
{
    private static int Steps(double cx, double cy, int limit)
    {
        double x = 0, y = 0;
        int n = 0;
        while (n < limit && x * x + y * y <= 4)
        {
            double next = x * x - y * y + cx;
            y = 2 * x * y + cy;
            x = next;
            n++;
        }
        return n;
    }

    public static int Run(int scale)
    {
        const int size = 120;
        int sum = 0;
        for (int s = 0; s < scale; s++)
            for (int row = 0; row < size; row++)
                for (int column = 0; column < size; column++)
                    sum += Steps(column * 3.0 / size - 2, row * 2.0 / size - 1, 100 + (s & 1));
        return sum;
    }
}

/// Arrays of arrays of doubles.
internal static class MatMul
{
    private static double[][] Fill(int size, int seed)
    {
        double[][] matrix = new double[size][];
        for (int i = 0; i < size; i++)
        {
            matrix[i] = new double[size];
            for (int j = 0; j < size; j++)
                matrix[i][j] = (i * seed + j * 7) % 11 - 5;
        }
        return matrix;
    }

    private static double[][] Multiply(double[][] a, double[][] b)
    {
        int size = a.Length;
        double[][] product = new double[size][];
        for (int i = 0; i < size; i++)
        {
            double[] row = product[i] = new double[size];
            double[] left = a[i];
            for (int k = 0; k < size; k++)
            {
                double factor = left[k];
                double[] right = b[k];
                for (int j = 0; j < right.Length; j++)
                    row[j] += factor * right[j];
            }
        }
        return product;
    }

    public static int Run(int scale)
    {
        double[][] a = Fill(100, 3), b = Fill(100, 5);
        double trace = 0;
        for (int s = 0; s < scale; s++)
        {
            double[][] product = Multiply(a, b);
            for (int i = 0; i < product.Length; i++)
                trace += product[i][i];
        }
        return (int)trace;
    }
}

/// Small functions of integers and doubles, called in inner loops.
internal static class Spectral
{
    private static double Element(int i, int j) => 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);

    private static void Times(double[] v, double[] result, bool transposed)
    {
        for (int i = 0; i < v.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < v.Length; j++)
                sum += (transposed ? Element(j, i) : Element(i, j)) * v[j];
            result[i] = sum;
        }
    }

    public static int Run(int scale)
    {
        double[] u = new double[100], v = new double[100], t = new double[100];
        Array.Fill(u, 1);
        for (int i = 0; i < scale * 10; i++)
        {
            Times(u, t, false);
            Times(t, v, true);
            Times(v, t, false);
            Times(t, u, true);
        }
        double uv = 0, vv = 0;
        for (int i = 0; i < u.Length; i++)
        {
            uv += u[i] * v[i];
            vv += v[i] * v[i];
        }
        return (int)(Math.Sqrt(uv / vv) * 1e8);
    }
}

/// Spans over arrays and the stack, slicing, bytes.
internal static class Spans
{
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash;
    }

    private static void Reverse(Span<byte> bytes)
    {
        for (int i = 0, j = bytes.Length - 1; i < j; i++, j--)
            (bytes[i], bytes[j]) = (bytes[j], bytes[i]);
    }

    public static int Run(int scale)
    {
        byte[] data = new byte[4096];
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)(i * 31 + (i >> 3));
        Span<byte> window = stackalloc byte[64];
        uint sum = 0;
        for (int s = 0; s < scale * 10; s++)
        {
            for (int i = 0; i + 64 <= data.Length; i += 32)
            {
                data.AsSpan(i, 64).CopyTo(window);
                Reverse(window[8..56]);
                sum += Hash(window);
            }
        }
        return (int)sum;
    }
}
