using System.Diagnostics;

namespace EcuAgent.Bench.E2E;

/// <summary>Runs some actions in turns, so that all meet the same machine, and keeps each one's median time and its allocations.</summary>
internal static class Turns
{
    private const int Rounds = 25;
    private static readonly TimeSpan LeastRound = TimeSpan.FromMilliseconds(4);

    internal readonly record struct Result(double Nanoseconds, double Least, double Greatest, long AllocatedBytes);

    /// <summary>Nanoseconds of one call, median of the rounds. Warm: each action has run for a round before.</summary>
    internal static Result[] Measure(IReadOnlyList<Action<int>> actions)
    {
        var calls = actions.Select(CallsPerRound).ToArray();
        var times = actions.Select(_ => new double[Rounds]).ToArray();
        var allocated = new long[actions.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < actions.Count; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                actions[i](calls[i]);
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls[i];
                allocated[i] += GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        return [.. times.Select((t, i) => Summarise(t, allocated[i]))];
    }

    private static Result Summarise(double[] times, long allocated)
    {
        Array.Sort(times);
        return new Result(Rounded(times[Rounds / 2]), Rounded(times[0]), Rounded(times[^1]), allocated);

        static double Rounded(double value) => Math.Round(value, 1);
    }

    private static int CallsPerRound(Action<int> action)
    {
        for (var calls = 1000; ; calls *= 2)
        {
            var start = Stopwatch.GetTimestamp();
            action(calls);
            if (Stopwatch.GetElapsedTime(start) >= LeastRound)
            {
                return calls;
            }
        }
    }
}
