namespace EcuAgent.E2E;

/// <summary>
/// Whether counters come in order. A rejected counter moves nothing: neither the baseline nor how far it may step. It only
/// starts a second line, which becomes the baseline when enough counters follow on it.
/// </summary>
internal struct CounterRule(E2eOptions options)
{
    private readonly ulong values = options.CounterValues;
    private readonly ulong maxDelta = options.MaxDeltaCounter;
    private readonly int syncCount = options.SyncCount;
    private readonly E2eCheckStatus first =
        options.FirstMessage == E2eFirstMessage.Ok ? E2eCheckStatus.Ok : E2eCheckStatus.Initial;

    // Null: the counter is wide enough that silence says nothing about it.
    private readonly int? maxSilent = (options as SmallCounterOptions)?.MaxNoNewOrRepeatedData;

    private uint? baseline;
    private uint? secondLine;
    private int followers;
    private ulong widened;
    private int silent;
    private int syncLeft;

    /// <summary>Messages missing before the last one that was accepted.</summary>
    internal uint Lost { get; private set; }

    internal void Reset()
    {
        baseline = null;
        secondLine = null;
        followers = 0;
        widened = 0;
        silent = 0;
        syncLeft = 0;
        Lost = 0;
    }

    /// <summary>A time to check at which no message had come.</summary>
    internal void Silence()
    {
        silent += silent < int.MaxValue ? 1 : 0;
        Widen();
    }

    /// <summary>A message whose counter cannot be read took the place of one.</summary>
    internal void Widen()
    {
        if (maxSilent is not null && baseline is not null && maxDelta + widened < values - 1)
        {
            widened++;
        }
    }

    internal E2eCheckStatus Judge(uint counter)
    {
        if (counter >= values)
        {
            return E2eCheckStatus.WrongSequence;
        }

        if (baseline is not { } last)
        {
            baseline = counter;
            silent = 0;
            return first;
        }

        var delta = Delta(last, counter);
        if (delta == 0)
        {
            silent += silent < int.MaxValue ? 1 : 0;
            return E2eCheckStatus.Repeated;
        }

        return delta <= maxDelta + widened ? Accept(counter, delta) : Reject(counter);
    }

    private E2eCheckStatus Accept(uint counter, ulong delta)
    {
        var wasSilent = maxSilent is { } most && silent > most;
        baseline = counter;
        secondLine = null;
        followers = 0;
        widened = 0;
        silent = 0;
        Lost = (uint)(delta - 1);
        if (wasSilent)
        {
            syncLeft = syncCount;
            return E2eCheckStatus.Sync;
        }

        if (syncLeft > 0)
        {
            syncLeft--;
            return E2eCheckStatus.Sync;
        }

        return delta == 1 ? E2eCheckStatus.Ok : E2eCheckStatus.OkSomeLost;
    }

    private E2eCheckStatus Reject(uint counter)
    {
        var delta = secondLine is { } last ? Delta(last, counter) : ulong.MaxValue;
        if (syncCount == 0 || delta == 0)
        {
            return E2eCheckStatus.WrongSequence;
        }

        secondLine = counter;
        if (delta > maxDelta)
        {
            followers = 0;
            return E2eCheckStatus.WrongSequence;
        }

        if (followers < syncCount)
        {
            followers++;
            return E2eCheckStatus.Sync;
        }

        syncLeft = 0;
        silent = 0;
        return Accept(counter, delta);
    }

    private readonly ulong Delta(uint from, uint to) => (to + values - from) % values;
}
