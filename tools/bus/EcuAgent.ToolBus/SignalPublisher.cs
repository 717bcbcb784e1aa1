using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.Drives;
using EcuAgent.Idl;
using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.ToolBus;

/// <summary>
/// Sends vehicle signals as the car's ECUs would: a value goes out at once when it is set and is repeated each cycle (speed
/// 10 Hz, the others 1 Hz by default) until it is silenced or the publisher is disposed.
/// </summary>
/// <remarks>
/// Sequence numbers start at 1 for each signal, source times are UTC and always advance. A signal that was never set is never
/// sent. Thread-safe. Disposing closes the writers: readers see the sources leave, and a service falls back to Unknown.
/// Run one publisher per domain: a second one with the same source names looks like an ECU that contradicts itself.
/// </remarks>
public sealed class SignalPublisher : IAsyncDisposable
{
    private readonly CyclicSignal<V1.VehicleSpeed> _speed;
    private readonly CyclicSignal<V1.Gear> _gear;
    private readonly CyclicSignal<V1.ParkingBrake> _brake;
    private readonly CyclicSignal<V1.PowerMode> _power;
    private readonly CyclicSignal<V1.Location> _location;
    private readonly CyclicSignal<V1.Energy> _energy;
    private readonly ICyclicSignal[] _all;
    private readonly BoundedString32 _brakeSource;
    private readonly BoundedString32 _gearSource;
    private readonly BoundedString32 _powerSource;
    private readonly BoundedString32 _locationSource;
    private readonly BoundedString32 _energySource;

    /// <summary>Opens the writers. Nothing is sent before a value is set.</summary>
    /// <param name="participant">Stays the caller's; dispose it after this.</param>
    /// <param name="time">Clock of the cycles and of the source times.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">A source name is longer than 32 bytes.</exception>
    /// <exception cref="EcuAgent.CycloneDds.DdsException">A writer cannot be opened.</exception>
    public SignalPublisher(VehicleParticipant participant, TimeProvider time, SignalPublisherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(participant);
        ArgumentNullException.ThrowIfNull(time);
        options ??= new SignalPublisherOptions();
        _brakeSource = BoundedString32.From(options.BrakeSource);
        _gearSource = BoundedString32.From(options.GearSource);
        _powerSource = BoundedString32.From(options.PowerModeSource);
        _locationSource = BoundedString32.From(options.LocationSource);
        _energySource = BoundedString32.From(options.EnergySource);
        _speed = Open<V1.VehicleSpeed>(options.SpeedCycle, static (ref s, t, n) => (s.SourceTimeNs, s.SequenceNumber) = (t, n));
        _gear = Open<V1.Gear>(options.OtherCycle, static (ref s, t, n) => (s.SourceTimeNs, s.SequenceNumber) = (t, n));
        _brake = Open<V1.ParkingBrake>(options.OtherCycle, static (ref s, t, n) => (s.SourceTimeNs, s.SequenceNumber) = (t, n));
        _power = Open<V1.PowerMode>(options.OtherCycle, static (ref s, t, n) => (s.SourceTimeNs, s.SequenceNumber) = (t, n));
        _location = Open<V1.Location>(options.OtherCycle, static (ref s, t, n) => (s.SourceTimeNs, s.SequenceNumber) = (t, n));
        _energy = Open<V1.Energy>(options.OtherCycle, static (ref s, t, n) => (s.SourceTimeNs, s.SequenceNumber) = (t, n));
        _all = [_speed, _gear, _brake, _power, _location, _energy];

        CyclicSignal<T> Open<T>(TimeSpan cycle, CyclicSignal<T>.Stamp stamp)
            where T : unmanaged, IDdsType<T> => new(participant.OpenWriter<T>(), time, cycle, stamp);
    }

    /// <summary>Samples written since the start, repetitions included.</summary>
    public long SamplesWritten => _all.Sum(s => s.Written);

    /// <summary>Samples that DDS refused to write.</summary>
    public long WriteFailures => _all.Sum(s => s.Failed);

    /// <summary>True when somebody reads the speed.</summary>
    public bool HasReader => _speed.Writer.MatchedCount > 0;

    /// <summary>Completes when somebody reads the speed.</summary>
    public Task WaitForReaderAsync(CancellationToken cancellationToken) => _speed.Writer.WaitForMatchAsync(1, cancellationToken);

    /// <summary>Sets the speed in m/s, negative backwards. Not checked here: a wrong value is the receiver's to refuse.</summary>
    public void SetSpeed(double metersPerSecond) =>
        _speed.Set(new() { Source = _brakeSource, Validity = V1.Validity.Valid, SpeedMps = metersPerSecond });

    /// <summary>Sets the gear.</summary>
    public void SetGear(GearPosition position) =>
        _gear.Set(new() { Source = _gearSource, Validity = V1.Validity.Valid, Position = (V1.GearPosition)position });

    /// <summary>Sets the parking brake.</summary>
    public void SetParkingBrake(bool engaged) =>
        _brake.Set(new() { Source = _brakeSource, Validity = V1.Validity.Valid, Engaged = engaged });

    /// <summary>Sets the power mode.</summary>
    public void SetPowerMode(PowerModeKind mode) =>
        _power.Set(new() { Source = _powerSource, Validity = V1.Validity.Valid, Mode = (V1.PowerModeKind)mode });

    /// <summary>Sets the position in WGS 84; NaN for what is not known.</summary>
    public void SetLocation(
        double latitudeDegrees,
        double longitudeDegrees,
        double altitudeMeters = double.NaN,
        double headingDegrees = double.NaN,
        double horizontalAccuracyMeters = double.NaN) => _location.Set(new()
        {
            Source = _locationSource,
            Validity = V1.Validity.Valid,
            LatitudeDeg = latitudeDegrees,
            LongitudeDeg = longitudeDegrees,
            AltitudeM = altitudeMeters,
            HeadingDeg = headingDegrees,
            HorizontalAccuracyM = horizontalAccuracyMeters,
        });

    /// <summary>Sets the energy store; NaN for a level that the car does not have.</summary>
    public void SetEnergy(
        double stateOfChargePercent = double.NaN, double fuelLevelPercent = double.NaN, double rangeMeters = double.NaN) => _energy.Set(new()
        {
            Source = _energySource,
            Validity = V1.Validity.Valid,
            StateOfChargePercent = stateOfChargePercent,
            FuelLevelPercent = fuelLevelPercent,
            RangeM = rangeMeters,
        });

    /// <summary>Sets the signal of a drive's event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An event of a kind that has no topic.</exception>
    public void Apply(DriveEvent value)
    {
        switch (value)
        {
            case SpeedEvent e:
                SetSpeed(e.SpeedMetersPerSecond);
                break;
            case GearEvent e:
                SetGear(e.Position);
                break;
            case ParkingBrakeEvent e:
                SetParkingBrake(e.Engaged);
                break;
            case LocationEvent e:
                SetLocation(e.LatitudeDegrees, e.LongitudeDegrees, e.AltitudeMeters, e.HeadingDegrees);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "No topic carries this event.");
        }
    }

    /// <summary>Stops repeating a signal, as a sensor that went dumb; its next value starts it again.</summary>
    public void Silence(VehicleSignal signal) => _all[(int)signal].Silence();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var signal in _all)
        {
            await signal.DisposeAsync().ConfigureAwait(false);
        }
    }
}
