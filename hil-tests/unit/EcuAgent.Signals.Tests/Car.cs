namespace EcuAgent.Signals.Tests;

/// <summary>A state under test with senders that keep their counters right unless told otherwise.</summary>
internal sealed class Car
{
    private readonly Dictionary<(int Kind, ushort Source), uint> sequences = [];

    public Car(DrivingStateOptions? driving = null)
        : this(new VehicleStateOptions { Driving = driving ?? new DrivingStateOptions() })
    {
    }

    public Car(VehicleStateOptions options) => State = new VehicleState(Clock, options);

    public TestClock Clock { get; } = new();

    public VehicleState State { get; }

    public DrivingState Driving => State.Evaluate().Status.State;

    public DrivingReasons Reasons => State.Evaluate().Status.Reasons;

    public ApplyResult Kph(double kph, ushort source = 1, TimeSpan age = default) =>
        State.Apply(new SpeedSample(Envelope(0, source, age), Units.KilometersPerHourToMetersPerSecond(kph)));

    public ApplyResult Gear(GearPosition position, ushort source = 2, TimeSpan age = default) =>
        State.Apply(new GearSample(Envelope(1, source, age), position));

    public ApplyResult Brake(bool engaged, ushort source = 3, TimeSpan age = default) =>
        State.Apply(new ParkingBrakeSample(Envelope(2, source, age), engaged));

    public SampleEnvelope Envelope(int kind, ushort source, TimeSpan age = default)
    {
        var sequence = sequences.GetValueOrDefault((kind, source)) + 1;
        sequences[(kind, source)] = sequence;
        return new SampleEnvelope(
            new SourceId(source), Clock.UtcNanoseconds - (age.Ticks * Units.NanosecondsPerTick), Clock.GetTimestamp(), sequence, SampleValidity.Valid);
    }

    /// <summary>Sends the same values every 100 ms, first one tick from now, so that the source time is a new one, and last at the end.</summary>
    public void Hold(int milliseconds, double kph, GearPosition? gear = null, bool? brake = null)
    {
        Clock.Advance(TimeSpan.FromTicks(1));
        Send();
        for (var t = 0; t < milliseconds; t += 100)
        {
            Clock.AdvanceMs(Math.Min(100, milliseconds - t));
            Send();
        }

        void Send()
        {
            if (gear is { } g)
            {
                Gear(g);
            }

            if (brake is { } b)
            {
                Brake(b);
            }

            Kph(kph);
        }
    }

    public static Car Parked(DrivingStateOptions? options = null)
    {
        var car = new Car(options);
        car.Hold(3000, 0, GearPosition.Park, true);
        Xunit.Assert.Equal(DrivingState.Parked, car.Driving);
        return car;
    }
}
