namespace EcuAgent.Signals.Tests.Property;

/// <summary>Feeds a story into a real state that requires protection of each input, with or without calls of Evaluate in between.</summary>
internal sealed class Run
{
    private readonly TestClock clock = new();
    private readonly long start;
    private readonly VehicleState state;

    public Run(DrivingStateOptions options)
    {
        state = new VehicleState(clock, new VehicleStateOptions
        {
            Driving = options,
            RequireE2e = new E2eRequirements { Speed = true, Gear = true, ParkingBrake = true },
        });
        start = clock.UtcNanoseconds;
    }

    public DrivingStateStatus EvaluateAt(int atMs)
    {
        clock.Advance(TimeSpan.FromMilliseconds(atMs) - clock.Elapsed);
        return state.Evaluate().Status;
    }

    public VehicleSnapshot Snapshot() => state.TakeSnapshot();

    public ApplyResult Apply(Delivery d)
    {
        clock.Advance(TimeSpan.FromMilliseconds(d.AtMs) - clock.Elapsed);
        var envelope = new SampleEnvelope(
            new SourceId(d.Source),
            start + (d.SourceTimeMs * 1_000_000L),
            clock.GetTimestamp(),
            d.Sequence,
            d.Fault == Fault.Invalid ? SampleValidity.Invalid : SampleValidity.Valid,
            d.Fault switch { Fault.E2e => E2eStatus.Failed, Fault.Unprotected => E2eStatus.NotUsed, _ => E2eStatus.Ok });

        // A gear has no NaN and a brake no range: there the sender's own word stands in for those faults.
        var unusable = d.Fault is Fault.NaN or Fault.OutOfRange;
        return d.Input switch
        {
            Input.Speed => state.Apply(new SpeedSample(envelope, d.Fault switch
            {
                Fault.NaN => double.NaN,
                Fault.OutOfRange => 151,
                _ => d.Value / 3.6,
            })),
            Input.Gear => state.Apply(new GearSample(envelope, unusable ? (GearPosition)17 : (GearPosition)(int)d.Value)),
            _ => state.Apply(new ParkingBrakeSample(
                unusable ? envelope with { Validity = SampleValidity.NotAvailable } : envelope, d.Value == 1)),
        };
    }
}
