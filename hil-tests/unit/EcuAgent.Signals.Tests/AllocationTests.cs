using Xunit;

namespace EcuAgent.Signals.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void Apply_TenThousandSamplesOfEachKind_NoManagedBytes()
    {
        const int Count = 10_000;
        var car = new Car();
        Feed(car, 1, 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(car, 11, Count);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((Count + 10) * 9, car.State.ReadCounters()[SampleVerdict.Accepted]);
    }

    private static void Feed(Car car, uint firstSequence, int count)
    {
        for (var i = 0; i < count; i++)
        {
            car.Clock.AdvanceMs(1);
            var envelope = new SampleEnvelope(
                new SourceId(1), car.Clock.UtcNanoseconds, car.Clock.GetTimestamp(), firstSequence + (uint)i, SampleValidity.Valid, E2eStatus.Ok);

            // Stop and go, so that the state changes too.
            car.State.Apply(new SpeedSample(envelope, i / 5000 % 2 == 0 ? 0 : 10));
            car.State.Apply(new GearSample(envelope, GearPosition.Park));
            car.State.Apply(new ParkingBrakeSample(envelope, true));
            car.State.Apply(new PowerModeSample(envelope, PowerModeKind.On));
            car.State.Apply(new LocationSample(envelope, 48, 11, 500, 90, 3));
            car.State.Apply(new EnergySample(envelope, 50, double.NaN, 200_000));
            car.State.Apply(new CabinCameraSample(envelope, 2, false, 0.9, 0.9, default));
            car.State.Apply(new ClimateSample { Envelope = envelope, LastCommandId = "c" });
            car.State.Apply(new NavigationSample { Envelope = envelope });
        }
    }
}
