using EcuAgent.Drives;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Recording;

/// <summary>
/// Turns samples into the rows of a drive file. Time is the time of arrival. Speed and position are written as they come,
/// gear and parking brake when they change. Of several sources of one signal the first one is recorded.
/// </summary>
internal sealed class DriveRecorder(TextWriter writer)
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private DateTimeOffset? _start;
    private DriveEvent? _pending;
    private GearEvent? _gear;
    private ParkingBrakeEvent? _brake;

    /// <summary>Events written or about to be.</summary>
    public int Recorded { get; private set; }

    /// <summary>Samples without a usable value: not valid, not finite, out of range, gear unknown.</summary>
    public int Unusable { get; private set; }

    /// <summary>Samples of a second source.</summary>
    public int OtherSource { get; private set; }

    public void Add(BusEvent value)
    {
        if (value.IsGone)
        {
            return;
        }

        var at = Max(value.ReceivedAt - (_start ?? value.ReceivedAt), _pending?.At ?? TimeSpan.Zero);
        switch (value)
        {
            case BusSample<V1.VehicleSpeed> { Sample: var s }:
                Take(value, s.Source.ToString(), s.Validity, double.IsFinite(s.SpeedMps), new SpeedEvent(at, s.SpeedMps));
                break;
            case BusSample<V1.Gear> { Sample: var s }:
                var gear = new GearEvent(at, (GearPosition)s.Position);
                if (Take(value, s.Source.ToString(), s.Validity, gear.Position is > GearPosition.Unknown and <= GearPosition.Drive, gear, _gear?.Position == gear.Position))
                {
                    _gear = gear;
                }

                break;
            case BusSample<V1.ParkingBrake> { Sample: var s }:
                var brake = new ParkingBrakeEvent(at, s.Engaged);
                if (Take(value, s.Source.ToString(), s.Validity, usable: true, brake, _brake?.Engaged == brake.Engaged))
                {
                    _brake = brake;
                }

                break;
            case BusSample<V1.Location> { Sample: var s }:
                Take(
                    value,
                    s.Source.ToString(),
                    s.Validity,
                    Math.Abs(s.LatitudeDeg) <= 90 && Math.Abs(s.LongitudeDeg) <= 180,
                    new LocationEvent(at, s.LatitudeDeg, s.LongitudeDeg, s.AltitudeM, s.HeadingDeg));
                break;
        }
    }

    /// <summary>Writes the last event.</summary>
    public void Finish()
    {
        if (_pending is { } last)
        {
            FleetCsv.WriteRows(writer, last, TimeSpan.Zero);
            _pending = null;
        }
    }

    private bool Take(BusEvent value, string source, V1.Validity validity, bool usable, DriveEvent next, bool unchanged = false)
    {
        if (!_sources.TryAdd(value.Topic, source) && _sources[value.Topic] != source)
        {
            OtherSource++;
            return false;
        }

        if (validity != V1.Validity.Valid || !usable)
        {
            Unusable++;
            return false;
        }

        if (unchanged)
        {
            return false;
        }

        // The delay of a row is known only when the next event is there.
        if (_pending is { } before)
        {
            FleetCsv.WriteRows(writer, before, next.At - before.At);
        }
        else if (_start is null)
        {
            writer.WriteLine(FleetCsv.Header);
            _start = value.ReceivedAt;
        }

        _pending = next;
        Recorded++;
        return true;
    }

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
