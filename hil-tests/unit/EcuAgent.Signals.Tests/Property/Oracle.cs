namespace EcuAgent.Signals.Tests.Property;

/// <summary>
/// The driving state by brute force: looks at the whole history at every instant of the grid, and asks backwards when the
/// last strict instant was and whether an unbroken dwell lies after it. Shares no code with the product.
/// </summary>
internal sealed class Oracle(Limits limits, IReadOnlyList<Delivery> history)
{
    private readonly List<Instant> instants = [];

    /// <summary>What the evidence of one instant allows.</summary>
    private readonly record struct Instant(int AtMs, int Taken, DrivingState Allowed, bool AllFresh);

    private sealed record Evidence(bool Good, double Value, int SourceTimeMs, int HeardAtMs);

    /// <summary>The state at <paramref name="atMs"/> once the first <paramref name="taken"/> deliveries are in.</summary>
    public DrivingState At(int atMs, int taken)
    {
        Extend(atMs, taken);
        var n = instants.FindLastIndex(i => i.AtMs == atMs && i.Taken == taken);
        var strict = instants.FindLastIndex(n, i => i.Allowed is DrivingState.Unknown or DrivingState.Moving);
        var idling = EndOfUnbroken(strict + 1, n, limits.ToIdlingMs, i => i.AllFresh);
        if (idling < 0)
        {
            return instants[strict].Allowed;
        }

        var lastFree = instants.FindLastIndex(n, i => i.Allowed == DrivingState.Idling);
        var from = Math.Max(idling, lastFree + 1);
        return EndOfUnbroken(from, n, limits.ToParkedMs, i => i.AllFresh && i.Allowed == DrivingState.Parked) < 0
            ? DrivingState.Idling
            : DrivingState.Parked;
    }

    private int EndOfUnbroken(int from, int to, int lengthMs, Func<Instant, bool> holds)
    {
        int? since = null;
        for (var i = from; i <= to; i++)
        {
            since = holds(instants[i]) ? since ?? instants[i].AtMs : null;
            if (instants[i].AtMs - since >= lengthMs)
            {
                return i;
            }
        }

        return -1;
    }

    private void Extend(int atMs, int taken)
    {
        var at = instants.Count == 0 ? -Story.GridMs : instants[^1].AtMs;
        var done = instants.Count == 0 ? 0 : instants[^1].Taken;
        while (at < atMs)
        {
            at += Story.GridMs;
            Add(at, done);
        }

        while (done < taken)
        {
            Add(at, ++done);
        }
    }

    private void Add(int at, int taken)
    {
        var speeds = Sources(Input.Speed, at, taken);
        var gears = Sources(Input.Gear, at, taken);
        var brakes = Sources(Input.Brake, at, taken);
        var holders = limits.HasPark ? gears : brakes;
        instants.Add(new Instant(
            at,
            taken,
            Allowed(speeds.Where(s => s.Good), holders.Where(s => s.Good)),
            speeds.Concat(holders).All(s => s.Good || at - s.HeardAtMs >= limits.ForgetMs)));
    }

    private DrivingState Allowed(IEnumerable<Evidence> speeds, IEnumerable<Evidence> holders)
    {
        if (!speeds.Any())
        {
            return DrivingState.Unknown;
        }

        if (speeds.Any(s => Math.Abs(s.Value) >= limits.StandstillKph))
        {
            return DrivingState.Moving;
        }

        if (!holders.Any())
        {
            return DrivingState.Unknown;
        }

        return holders.All(h => h.Value == 1) ? DrivingState.Parked : DrivingState.Idling;
    }

    private List<Evidence> Sources(Input input, int at, int taken)
    {
        var maxAge = input == Input.Speed ? limits.SpeedMaxAgeMs : limits.SlowMaxAgeMs;
        var found = new List<Evidence>();
        foreach (var group in history.Take(taken).Where(d => d.Input == input).GroupBy(d => d.Source))
        {
            Evidence? evidence = null;
            var newest = int.MinValue;
            foreach (var d in group)
            {
                if (d.Fault is Fault.E2e or Fault.Unprotected or Fault.Future)
                {
                    evidence = new Evidence(false, 0, d.AtMs, d.AtMs);
                }
                else if (d.SourceTimeMs > newest)
                {
                    newest = d.SourceTimeMs;
                    var saysNothing = input == Input.Gear && d.Value == (double)GearPosition.Unknown;
                    var isGood = !saysNothing && d.Fault is not (Fault.NaN or Fault.OutOfRange or Fault.Invalid);

                    // A sender's clock may be ahead, within the tolerance; nothing is fresher than its arrival.
                    evidence = new Evidence(isGood, d.Value, Math.Min(d.SourceTimeMs, d.AtMs), d.AtMs);
                }
            }

            if (evidence is not null)
            {
                found.Add(evidence with { Good = evidence.Good && at - evidence.SourceTimeMs <= maxAge });
            }
        }

        return found;
    }
}

/// <summary>The limits that the oracle believes in.</summary>
internal sealed record Limits(
    bool HasPark, double StandstillKph = 0.5, int SpeedMaxAgeMs = 1000, int SlowMaxAgeMs = 3000, int ToIdlingMs = 2000, int ToParkedMs = 1000, int ForgetMs = 4000)
{
    public DrivingStateOptions ToOptions() => new()
    {
        HasParkPosition = HasPark,
        StandstillSpeedMetersPerSecond = StandstillKph / 3.6,
        SpeedMaxAge = TimeSpan.FromMilliseconds(SpeedMaxAgeMs),
        GearMaxAge = TimeSpan.FromMilliseconds(SlowMaxAgeMs),
        ParkingBrakeMaxAge = TimeSpan.FromMilliseconds(SlowMaxAgeMs),
        MovingToIdlingDwell = TimeSpan.FromMilliseconds(ToIdlingMs),
        IdlingToParkedDwell = TimeSpan.FromMilliseconds(ToParkedMs),
        SourceForgetAfter = TimeSpan.FromMilliseconds(ForgetMs),
    };
}
