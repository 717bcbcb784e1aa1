using EcuAgent.Idl;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Conformance.Peer;

/// <summary>Says again and again that the car drives or stands, as the ECUs of a car do.</summary>
public sealed class Drive : IDisposable
{
    private static readonly TimeSpan Cycle = TimeSpan.FromMilliseconds(50);

    private readonly ICar _car;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private uint _number;
    private double _speedMps;
    private V1.GearPosition _gear;
    private bool _isOver;

    public Drive(ICar car, double speedMps, V1.GearPosition gear)
    {
        _car = car;
        (_speedMps, _gear) = (speedMps, gear);
        _timer = new Timer(_ => Say(), null, TimeSpan.Zero, Cycle);
    }

    /// <summary>Changes what is said, and says it at once.</summary>
    public void Set(double speedMps, V1.GearPosition gear)
    {
        lock (_lock)
        {
            (_speedMps, _gear) = (speedMps, gear);
        }

        Say();
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isOver = true;
        }
    }

    private void Say()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            var (now, number, source) = (Clock.NowNs(), ++_number, BoundedString32.From("ecu.brake"));
            _car.TrySend(new V1.VehicleSpeed { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = V1.Validity.Valid, SpeedMps = _speedMps });
            _car.TrySend(new V1.Gear { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = V1.Validity.Valid, Position = _gear });
        }
    }
}
