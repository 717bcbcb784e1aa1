using System.Diagnostics;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>
/// The car's cyclic signals at 1000 samples a second in all: in every 10 ms 5 positions, 2 energy levels, 1 gear, 1 power mode and
/// 1 camera event, spread evenly; no speed, so that a bench can send its own. Runs on a thread of its own until disposed.
/// </summary>
internal sealed class KilohertzSignals : IDisposable
{
    private const double PerSecond = 1000;

    private readonly DdsWriter<V1.Location> _location;
    private readonly DdsWriter<V1.Energy> _energy;
    private readonly DdsWriter<V1.Gear> _gear;
    private readonly DdsWriter<V1.PowerMode> _power;
    private readonly DdsWriter<V1.CabinCameraEvent> _camera;
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private readonly uint[] _numbers = new uint[10];
    private long _written;

    internal KilohertzSignals(VehicleParticipant participant)
    {
        _location = participant.OpenWriter<V1.Location>();
        _energy = participant.OpenWriter<V1.Energy>();
        _gear = participant.OpenWriter<V1.Gear>();
        _power = participant.OpenWriter<V1.PowerMode>();
        _camera = participant.OpenWriter<V1.CabinCameraEvent>();
        _thread = new Thread(Run) { IsBackground = true, Name = "1 kHz" };
        _thread.Start();
    }

    internal long Written => Interlocked.Read(ref _written);

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var begin = Stopwatch.GetTimestamp();
        do
        {
            while (_written < Stopwatch.GetElapsedTime(begin).TotalSeconds * PerSecond)
            {
                Write((int)(_written % 10));
                Interlocked.Increment(ref _written);
            }
        }
        while (!_stop.WaitOne(1));
    }

    private void Write(int slot)
    {
        var time = Bus.Now();
        switch (slot)
        {
            case 0 or 2 or 4 or 6 or 8:
                _location.TryWrite(new V1.Location
                {
                    Source = Idl.BoundedString32.From("ecu.gnss"), SourceTimeNs = time, SequenceNumber = ++_numbers[0], Validity = V1.Validity.Valid,
                    LatitudeDeg = 48.1, LongitudeDeg = 11.5, AltitudeM = 520, HeadingDeg = 90, HorizontalAccuracyM = 3,
                });
                break;
            case 1 or 5:
                _energy.TryWrite(new V1.Energy
                {
                    Source = Idl.BoundedString32.From("ecu.energy"), SourceTimeNs = time, SequenceNumber = ++_numbers[1], Validity = V1.Validity.Valid,
                    StateOfChargePercent = 70, FuelLevelPercent = double.NaN, RangeM = 280_000,
                });
                break;
            case 3:
                _gear.TryWrite(new V1.Gear
                {
                    Source = Idl.BoundedString32.From("ecu.gear"), SourceTimeNs = time, SequenceNumber = ++_numbers[2], Validity = V1.Validity.Valid,
                    Position = V1.GearPosition.Drive,
                });
                break;
            case 7:
                _power.TryWrite(new V1.PowerMode
                {
                    Source = Idl.BoundedString32.From("ecu.body"), SourceTimeNs = time, SequenceNumber = ++_numbers[3], Validity = V1.Validity.Valid,
                    Mode = V1.PowerModeKind.On,
                });
                break;
            default:
                _camera.TryWrite(new V1.CabinCameraEvent
                {
                    Source = Idl.BoundedString32.From("ecu.camera"), SourceTimeNs = time, SequenceNumber = ++_numbers[4], Validity = V1.Validity.Valid,
                    DrowsinessKss = 2, AttentionProbability = 0.9, Confidence = 0.9,
                });
                break;
        }
    }
}
