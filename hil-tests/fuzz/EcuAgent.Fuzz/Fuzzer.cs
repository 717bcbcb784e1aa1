namespace EcuAgent.Fuzz;

/// <summary>The loop: spoil an input that is known to reach something, run it, keep it where it reaches something new.</summary>
internal sealed class Fuzzer(IFuzzTarget target, CoverageMap map, FuzzOptions options, TimeProvider time)
{
    // Those kept last have been tried least.
    private const int Fresh = 64;

    private readonly List<byte[]> _kept = [];
    private byte[] _current = [];
    private long _executions;

    /// <summary>Called with each input that is kept.</summary>
    public Action<byte[]> OnKept { get; init; } = static _ => { };

    /// <summary>Called from another thread with an input that does not end.</summary>
    public Action<byte[]> OnHang { get; init; } = static _ => { };

    /// <summary>Runs until something breaks or the time is over.</summary>
    /// <param name="known">Inputs to begin with, beside the target's own.</param>
    public FuzzResult Run(IEnumerable<byte[]> known)
    {
        using var watch = Watch();
        var random = new Random(options.Seed);
        var mutator = new Mutator(random);
        foreach (var seed in target.Seeds.Concat(known))
        {
            if (Try(seed, keep: true) is { } error)
            {
                return Result(map.Branches, seed, error);
            }
        }

        var seedBranches = map.Branches;
        var start = time.GetTimestamp();
        while (_executions < options.Executions && (options.Duration < TimeSpan.Zero || time.GetElapsedTime(start) < options.Duration))
        {
            var newest = random.Next(2) == 0 ? Math.Min(Fresh, _kept.Count) : _kept.Count;
            var input = mutator.Mutate(_kept[^(1 + random.Next(newest))], _kept);
            if (Try(input, keep: false) is { } error)
            {
                return Result(seedBranches, input, error);
            }
        }

        return Result(seedBranches, null, null);
    }

    private Exception? Try(byte[] input, bool keep)
    {
        Volatile.Write(ref _current, input);
        map.Clear();
        try
        {
            target.Run(input);
        }
        catch (Exception error)
        {
            return error;
        }
        finally
        {
            Interlocked.Increment(ref _executions);
        }

        if ((map.Add() && !options.IsBlind) || keep)
        {
            _kept.Add(input);
            OnKept(input);
        }

        return null;
    }

    private FuzzResult Result(int seedBranches, byte[]? input, Exception? error) => new(_executions, _kept.Count, seedBranches, map.Branches, input, error);

    // The same input at two looks is one that does not end.
    private ITimer Watch()
    {
        var before = -1L;
        return time.CreateTimer(
            _ =>
            {
                var now = Interlocked.Read(ref _executions);
                if (now == before)
                {
                    OnHang(Volatile.Read(ref _current));
                }

                before = now;
            },
            null,
            options.Hang,
            options.Hang);
    }
}
