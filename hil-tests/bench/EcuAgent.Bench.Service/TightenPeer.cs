using System.Diagnostics;
using System.Globalization;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>
/// The brake ECU of the tightening bench: makes the state Unknown with an invalid speed, then Moving with a valid one; every tenth time
/// it stands still until the state is Idling, so that tightenings from there are among them.
/// </summary>
internal sealed class TightenPeer : IDisposable
{
    private const int WarmUp = 50;
    private const int Tightenings = 560;
    private const int StandstillEvery = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly DdsWriter<V1.VehicleSpeed> _speed;
    private readonly DdsWriter<V1.Gear> _gear;
    private readonly DdsReader<V1.GateStatus> _gate;
    private readonly DdsWaitSet _waitSet;
    private readonly Distribution _roundTrips = new();
    private readonly V1.GateStatus[] _statuses = new V1.GateStatus[1];
    private readonly DdsSampleInfo[] _infos = new DdsSampleInfo[1];
    private uint _number;
    private uint _gearNumber;

    internal TightenPeer(VehicleParticipant participant)
    {
        _speed = participant.OpenWriter<V1.VehicleSpeed>();
        _gear = participant.OpenWriter<V1.Gear>();
        _gate = participant.OpenReader<V1.GateStatus>();
        _waitSet = participant.Participant.CreateWaitSet();
        _waitSet.Attach(_gate, 0);
    }

    /// <returns>Count, median and 99th percentile in ms of the round trips.</returns>
    internal string Run()
    {
        Task.WhenAll(_speed.WaitForMatchAsync(), _gate.WaitForMatchAsync()).Wait();
        for (var i = 0; i < WarmUp + Tightenings; i++)
        {
            if (i % StandstillEvery == 0)
            {
                StandUntilIdling();
            }
            else
            {
                Write(double.NaN);
                WaitFor(V1.DrivingState.Unknown, Longest);
            }

            var begin = Stopwatch.GetTimestamp();
            Write(12);
            WaitFor(V1.DrivingState.Moving, Longest);
            if (i >= WarmUp)
            {
                _roundTrips.AddSince(begin);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_roundTrips.Count} {_roundTrips.At(0.5)} {_roundTrips.At(0.99)}");
    }

    public void Dispose() => _waitSet.Dispose();

    private void StandUntilIdling()
    {
        var begin = Stopwatch.GetTimestamp();
        do
        {
            if (Stopwatch.GetElapsedTime(begin) > Longest)
            {
                throw new InvalidOperationException($"no GateStatus Idling within {Longest}");
            }

            _gear.TryWrite(new V1.Gear
            {
                Source = Idl.BoundedString32.From("ecu.lever"), SourceTimeNs = Bus.Now(), SequenceNumber = ++_gearNumber,
                Validity = V1.Validity.Valid, Position = V1.GearPosition.Drive,
            });
            Write(0);
        }
        while (!TryWaitFor(V1.DrivingState.Idling, TimeSpan.FromMilliseconds(10)));
    }

    private void WaitFor(V1.DrivingState state, TimeSpan longest)
    {
        if (!TryWaitFor(state, longest))
        {
            throw new InvalidOperationException($"no GateStatus {state} within {longest}");
        }
    }

    private bool TryWaitFor(V1.DrivingState state, TimeSpan longest)
    {
        Span<int> tokens = stackalloc int[1];
        var begin = Stopwatch.GetTimestamp();
        for (var left = longest; left > TimeSpan.Zero; left = longest - Stopwatch.GetElapsedTime(begin))
        {
            _waitSet.Wait(left, tokens, out _);
            if (_gate.Take(_statuses, _infos) == 1 && _infos[0].ValidData && _statuses[0].DrivingState == state)
            {
                return true;
            }
        }

        return false;
    }

    private void Write(double metersPerSecond) => _speed.TryWrite(new V1.VehicleSpeed
    {
        Source = Idl.BoundedString32.From("ecu.brake"),
        SourceTimeNs = Bus.Now(),
        SequenceNumber = ++_number,
        Validity = double.IsNaN(metersPerSecond) ? V1.Validity.Invalid : V1.Validity.Valid,
        SpeedMps = double.IsNaN(metersPerSecond) ? 0 : metersPerSecond,
    });
}
