using EcuAgent.Signals;
using EcuAgent.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>Managed bytes per call on the way from a sample in memory to a snapshot, signal by signal.</summary>
internal static class Allocations
{
    private const int Calls = 1000;

    internal static object Run()
    {
        var state = new VehicleState(TimeProvider.System, new VehicleStateOptions());
        var source = new SourceId(1);
        var name = Idl.BoundedString32.From("ecu.bench");
        uint number = 0;
        return new
        {
            vehicle_speed = PerCall(() => state.Apply(new V1.VehicleSpeed { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid }.ToSignal(source, 0))),
            gear = PerCall(() => state.Apply(new V1.Gear { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid }.ToSignal(source, 0))),
            parking_brake = PerCall(() => state.Apply(new V1.ParkingBrake { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid }.ToSignal(source, 0))),
            power_mode = PerCall(() => state.Apply(new V1.PowerMode { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid }.ToSignal(source, 0))),
            location = PerCall(() => state.Apply(new V1.Location { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid }.ToSignal(source, 0))),
            energy = PerCall(() => state.Apply(new V1.Energy { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid }.ToSignal(source, 0))),
            cabin_camera = PerCall(() => state.Apply(new V1.CabinCameraEvent { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid, SeatCount = 5 }.ToSignal(source, 0))),
            climate_state = PerCall(() => state.Apply(new V1.ClimateState { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid, LastCommandId = Id }.ToSignal(source, 0))),
            navigation_state = PerCall(() => state.Apply(new V1.NavigationState { Source = name, SourceTimeNs = Bus.Now(), SequenceNumber = ++number, Validity = V1.Validity.Valid, LastCommandId = Id }.ToSignal(source, 0))),
            snapshot = PerCall(() => state.TakeSnapshot()),
        };
    }

    private static Idl.BoundedString36 Id { get; } = Idl.BoundedString36.From(Guid.NewGuid().ToString());

    private static double PerCall(Action call)
    {
        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
