using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace EcuAgent.Bench.Qwen;

/// <summary>Memory bandwidth as STREAM's triad has it: a = b + s * c over arrays far larger than the caches.</summary>
internal static unsafe class MemoryTriad
{
    private const int Elements = 16 << 20;
    private const int Passes = 5;

    /// <summary>
    /// The fastest of a few passes, in GB/s (10^9 bytes). Triad: two arrays read and one written; that memory about to be overwritten is read
    /// too is not counted, as in STREAM. Read: the sum of one array.
    /// </summary>
    public static (double Triad, double Read) GigabytesPerSecond(int threads)
    {
        var block = (float*)NativeMemory.AlignedAlloc((nuint)threads * 3 * Elements * sizeof(float), 64);
        try
        {
            new Span<float>(block, threads * 3 * Elements).Fill(1);
            return (
                Fastest(threads, 12.0 * Elements, part => TensorPrimitives.MultiplyAdd(Array(part, 2), 3f, Array(part, 1), Array(part, 0))),
                Fastest(threads, 4.0 * Elements, part => GC.KeepAlive(TensorPrimitives.Sum<float>(Array(part, 1)))));
        }
        finally
        {
            NativeMemory.AlignedFree(block);
        }

        Span<float> Array(int part, int which) => new(block + (((long)(3 * part) + which) * Elements), Elements);
    }

    private static double Fastest(int threads, double bytesOfPart, Action<int> pass)
    {
        var best = 0.0;
        using var barrier = new Barrier(threads);
        var times = new (long Start, long End)[threads];
        for (var round = 0; round <= Passes; round++)
        {
            var workers = Enumerable.Range(0, threads).Select(part => new Thread(() =>
            {
                barrier.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                pass(part);
                times[part] = (start, Stopwatch.GetTimestamp());
            })).ToList();
            workers.ForEach(static w => w.Start());
            workers.ForEach(static w => w.Join());
            var seconds = Stopwatch.GetElapsedTime(times.Min(static t => t.Start), times.Max(static t => t.End)).TotalSeconds;
            best = round == 0 ? 0 : Math.Max(best, threads * bytesOfPart / seconds / 1e9);
        }

        return Math.Round(best, 1);
    }
}
