using System.Globalization;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Idl.V1;

namespace EcuAgent.EcuSim;

/// <summary>Connects the two units to the bus. Everything happens on the thread that calls <see cref="Run"/>.</summary>
internal sealed class Simulation : IDisposable
{
    private static readonly TimeSpan ReadBackPeriod = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly TextWriter _output;
    private readonly DdsWaitSet _waitSet;
    private readonly List<Action> _drains = [];
    private readonly List<Action> _readBacks = [];

    public Simulation(VehicleParticipant bus, NavigationEcu? navigation, HvacEcu? hvac, TimeProvider time, TextWriter output)
    {
        _time = time;
        _output = output;
        _waitSet = bus.Participant.CreateWaitSet();
        if (hvac is not null)
        {
            Connect(bus, hvac);
        }

        if (navigation is not null)
        {
            Connect(bus, navigation);
        }
    }

    /// <summary>Serves the bus until cancelled.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(static w => ((DdsWaitSet)w!).Wake(), _waitSet);
        var tokens = new int[_drains.Count];
        var next = _time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_time.GetElapsedTime(next) >= ReadBackPeriod)
            {
                next = _time.GetTimestamp();
                _readBacks.ForEach(publish => publish());
            }

            var wait = ReadBackPeriod - _time.GetElapsedTime(next);
            if (_waitSet.Wait(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, tokens, out var ready) == DdsWaitOutcome.Disposed)
            {
                return;
            }

            for (var i = 0; i < ready; i++)
            {
                _drains[tokens[i]]();
            }
        }
    }

    public void Dispose() => _waitSet.Dispose();

    private void Connect(VehicleParticipant bus, HvacEcu hvac)
    {
        var ecu = new SimulatedEcu(bus, "ecu.hvac", _time);
        var state = bus.OpenWriter<ClimateState>();
        var sequence = 0u;
        Attach(bus.OpenReader<HvacCommand>(), command =>
        {
            var id = command.CommandId.ToString();
            var isCarriedOut = false;
            var outcome = ecu.Answer(id, command.ExpiresTimeNs, () =>
            {
                isCarriedOut = true;
                return hvac.Apply(command);
            });
            PublishState();
            Tell("hvac", id, command.UtteranceId.ToString(), command.Action.ToString(), isCarriedOut, outcome);
        });
        _readBacks.Add(() =>
        {
            hvac.Advance(ReadBackPeriod);
            PublishState();
        });
        PublishState();

        void PublishState()
        {
            var sample = hvac.ReadBack();
            sample.Source = ecu.Source;
            sample.SourceTimeNs = ecu.NowNs;
            sample.SequenceNumber = ++sequence;
            state.Write(sample);
        }
    }

    private void Connect(VehicleParticipant bus, NavigationEcu navigation)
    {
        var ecu = new SimulatedEcu(bus, "ecu.navigation", _time);
        var state = bus.OpenWriter<NavigationState>();
        var results = bus.OpenWriter<PlaceResults>();
        var sequence = 0u;
        var resultSequence = 0u;
        Attach(bus.OpenReader<Location>(), location =>
        {
            if (location.Validity == Validity.Valid && Math.Abs(location.LatitudeDeg) <= 90 && Math.Abs(location.LongitudeDeg) <= 180)
            {
                navigation.MoveTo(new GeoPoint(location.LatitudeDeg, location.LongitudeDeg));
            }
        });
        Attach(bus.OpenReader<PlaceQuery>(), query =>
        {
            if (query.ExpiresTimeNs <= ecu.NowNs)
            {
                return;
            }

            var answer = navigation.Answer(query);
            answer.Source = ecu.Source;
            answer.SourceTimeNs = ecu.NowNs;
            answer.SequenceNumber = ++resultSequence;
            answer.RequestId = query.RequestId;
            results.Write(answer);
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"navigation: place query answered with {answer.PlaceCount}"));
        });
        Attach(bus.OpenReader<NavigationCommand>(), command =>
        {
            var id = command.CommandId.ToString();
            var isCarriedOut = false;
            var outcome = ecu.Answer(id, command.ExpiresTimeNs, () =>
            {
                isCarriedOut = true;
                return navigation.Apply(command);
            });
            PublishState();
            Tell("navigation", id, command.UtteranceId.ToString(), command.Action.ToString(), isCarriedOut, outcome);
        });
        _readBacks.Add(PublishState);
        PublishState();

        void PublishState()
        {
            var sample = navigation.ReadBack();
            sample.Source = ecu.Source;
            sample.SourceTimeNs = ecu.NowNs;
            sample.SequenceNumber = ++sequence;
            state.Write(sample);
        }
    }

    private void Attach<T>(DdsReader<T> reader, Action<T> handle)
        where T : unmanaged, Dds.TypeSupport.IDdsType<T>
    {
        _waitSet.Attach(reader, _drains.Count);
        _drains.Add(() =>
        {
            foreach (var sample in SimulatedEcu.TakeAll(reader))
            {
                handle(sample);
            }
        });
    }

    private void Tell(string unit, string commandId, string utteranceId, string action, bool isCarriedOut, Outcome outcome) =>
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{unit}: {(isCarriedOut ? "carried out" : "answered only")} {action} {commandId} for {utteranceId}: {outcome.Kind} {outcome.Reason} {outcome.Applied}").TrimEnd());
}
