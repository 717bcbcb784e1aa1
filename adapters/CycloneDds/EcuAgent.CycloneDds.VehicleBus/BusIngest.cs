using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>
/// Takes samples from the bus into the picture of the car, on one thread. A tightened driving state is on the wire before the next
/// sample is looked at. Allocates nothing for speed, gear, brake, power, position, energy and camera samples.
/// </summary>
/// <remarks>
/// The queue before it is the readers' history, bounded by the QoS of each topic; what is lost there is counted in
/// <see cref="SamplesLost"/>. When nothing arrives, it wakes up by itself as soon as a signal gets too old.
/// </remarks>
public sealed class BusIngest
{
    private const int BatchSize = 16;
    private const int HeartbeatDepth = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // A second service that came and left takes the instance of GateStatus with it; the next repetition brings ours back.
    private static readonly TimeSpan RepeatStatusAfter = TimeSpan.FromSeconds(1);

    private readonly CockpitBus _bus;
    private readonly VehicleParticipant _participant;
    private readonly VehicleState _state;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SourceRegistry _sources = new();
    private readonly DdsWaitSet _waitSet;
    private readonly List<DdsReader> _readers = [];
    private readonly List<Action> _drains = [];
    private readonly HashSet<string> _refusedTopics = new(StringComparer.Ordinal);
    private IBusEvents? _events;
    private long _statusWrittenAt;
    private bool _mayActBefore;
    private long _received;
    private long _rejected;

    internal BusIngest(CockpitBus bus, VehicleParticipant participant, VehicleState state, TimeProvider time, ILogger logger)
    {
        _bus = bus;
        _participant = participant;
        _state = state;
        _time = time;
        _logger = logger;
        _waitSet = participant.Participant.CreateWaitSet();

        Signal((in V1.VehicleSpeed s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.VehicleSpeed s) => ref s.Source);
        Signal((in V1.Gear s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.Gear s) => ref s.Source);
        Signal((in V1.ParkingBrake s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.ParkingBrake s) => ref s.Source);
        Signal((in V1.PowerMode s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.PowerMode s) => ref s.Source);
        Signal((in V1.Location s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.Location s) => ref s.Source);
        Signal((in V1.Energy s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.Energy s) => ref s.Source);
        Signal((in V1.CabinCameraEvent s, SourceId id, long now) => _state.Apply(s.ToSignal(id, now)), static (in V1.CabinCameraEvent s) => ref s.Source);
        Signal((in V1.ClimateState s, SourceId id, long now) => ReadBack(_state.Apply(s.ToSignal(id, now))), static (in V1.ClimateState s) => ref s.Source);
        Signal((in V1.NavigationState s, SourceId id, long now) => ReadBack(_state.Apply(s.ToSignal(id, now))), static (in V1.NavigationState s) => ref s.Source);

        Message<V1.Utterance>((in V1.Utterance s) =>
        {
            if (s.ToPort(_time.GetUtcNow()) is not { } utterance)
            {
                return false;
            }

            _events!.OnUtterance(utterance);
            return true;
        });
        Message<V1.Confirmation>((in V1.Confirmation s) =>
        {
            if (s.ToPort() is not { } answer)
            {
                return false;
            }

            _events!.OnConfirmation(answer);
            return true;
        });
        Message<V1.CommandOutcome>((in V1.CommandOutcome s) =>
        {
            if (s.ToPort() is not { } outcome)
            {
                return false;
            }

            _events!.OnCommandOutcome(outcome);
            return true;
        });
        Message<V1.PlaceResults>((in V1.PlaceResults s) => _bus.PlaceRequests.Complete(s.RequestId.ToString(), s.ToPort()) || !_bus.MayAct);

        // Several services write one instance: the newest word of one must not take the place of another's before it is read.
        Message<V1.AgentHealth>(
            (in V1.AgentHealth s) =>
            {
                var other = s.InstanceId.ToString();
                if (other != _bus.InstanceId)
                {
                    _events!.OnOtherService(new OtherService(
                        other, DateTimeOffset.UnixEpoch.AddTicks(s.StartedTimeNs / Units.NanosecondsPerTick), (ServiceHealth)s.State, s.DegradedReasons.ToString()));
                }

                return true;
            },
            HeartbeatDepth);
        if (bus.IsOfPair)
        {
            Message<V1.AssistantReply>((in V1.AssistantReply s) =>
            {
                _events!.OnReplied(s.UtteranceId.ToString());
                return true;
            });
            Message<V1.Decision>((in V1.Decision s) =>
            {
                if (!s.CommandId.IsEmpty)
                {
                    _events!.OnCommanded(s.UtteranceId.ToString());
                }

                return true;
            });
        }
    }

    private delegate ApplyResult ApplySample<T>(in T sample, SourceId source, long arrivalTimestamp);

    private delegate ref readonly Idl.BoundedString32 SourceOf<T>(in T sample);

    private delegate bool TakeMessage<T>(in T sample);

    /// <summary>Samples taken since the start.</summary>
    public long SamplesReceived => Interlocked.Read(ref _received);

    /// <summary>Samples refused: by the wire format (Cyclone), by a mapping, or by the vehicle state.</summary>
    public long SamplesRejected => Interlocked.Read(ref _rejected) + _state.ReadCounters().Rejected + DdsLibrary.MalformedDropped;

    /// <summary>Samples that DDS reports as lost, and gaps in the sources' own numbering.</summary>
    public long SamplesLost => _readers.Sum(r => (long)r.SamplesLost) + _state.ReadCounters().LostSamples;

    /// <summary>Runs until cancelled. One caller only.</summary>
    public void Run(IBusEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        using var registration = cancellationToken.Register(static w => ((DdsWaitSet)w!).Wake(), _waitSet);
        Write(_state.Evaluate().Status);
        var tokens = new int[_drains.Count];
        while (!cancellationToken.IsCancellationRequested)
        {
            var turn = events.OnTurn();
            var evaluated = _state.Evaluate();
            Publish(evaluated.DrivingStateChanged, evaluated.ReasonsChanged, evaluated.Status);
            if (_time.GetElapsedTime(_statusWrittenAt) >= RepeatStatusAfter || _mayActBefore != _bus.MayAct)
            {
                Write(evaluated.Status);
            }

            var wait = evaluated.NextDeadline is { } next && next < LongestWait ? next : LongestWait;
            wait = turn < wait ? turn : wait;
            switch (_waitSet.Wait(wait, tokens, out var ready))
            {
                case DdsWaitOutcome.Ready:
                    for (var i = 0; i < ready; i++)
                    {
                        _drains[tokens[i]]();
                    }

                    break;
                case DdsWaitOutcome.Disposed:
                    return;
            }
        }
    }

    private void Signal<T>(ApplySample<T> apply, SourceOf<T> sourceOf)
        where T : unmanaged, IDdsType<T>
    {
        Drain<T>((in T sample, in DdsSampleInfo info) =>
        {
            ref readonly var name = ref sourceOf(in sample);
            if (!_sources.TryIntern(name.Utf8, out var source))
            {
                Refuse<T>(name.ToString(), "too many sources");
                return;
            }

            if (!info.ValidData)
            {
                if (info.InstanceState != DdsInstanceState.Alive)
                {
                    _logger.SourceGone(typeof(T).Name, _sources.NameOf(source));
                    var lost = _state.SourceLost(source);
                    Publish(lost.DrivingStateChanged, lost.ReasonsChanged, lost.Status);
                }

                return;
            }

            Interlocked.Increment(ref _received);
            var result = apply(in sample, source, _time.GetTimestamp());
            Publish(result.DrivingStateChanged, result.ReasonsChanged, result.Status);
        });
    }

    private void Message<T>(TakeMessage<T> take, int? depth = null)
        where T : unmanaged, IDdsType<T>
    {
        Drain<T>((in T sample, in DdsSampleInfo info) =>
        {
            if (!info.ValidData)
            {
                return;
            }

            Interlocked.Increment(ref _received);
            if (!take(in sample))
            {
                Refuse<T>("", "empty, malformed or unmatched");
            }
        }, depth);
    }

    private delegate void Handle<T>(in T sample, in DdsSampleInfo info);

    private void Drain<T>(Handle<T> handle, int? depth = null)
        where T : unmanaged, IDdsType<T>
    {
        var reader = _participant.OpenReader<T>(depth: depth);
        var samples = new T[BatchSize];
        var infos = new DdsSampleInfo[BatchSize];
        _waitSet.Attach(reader, _drains.Count);
        _readers.Add(reader);

        // One batch a turn: the wait set is level-triggered, so a flooded topic cannot starve the others.
        _drains.Add(() =>
        {
            var count = reader.Take(samples, infos);
            for (var i = 0; i < count; i++)
            {
                handle(in samples[i], in infos[i]);
            }
        });
    }

    private ApplyResult ReadBack(ApplyResult result)
    {
        if (result.Verdict == SampleVerdict.Accepted)
        {
            _events!.OnReadBackChanged();
        }

        return result;
    }

    private void Publish(bool stateChanged, bool reasonsChanged, in DrivingStateStatus status)
    {
        if (!stateChanged && !reasonsChanged)
        {
            return;
        }

        Write(status);
        if (stateChanged)
        {
            _logger.DrivingStateChanged(status.State, DrivingReasonCodes.ToCodes(status.Reasons));
            _events!.OnDrivingStateChanged(status);
        }
    }

    private void Write(in DrivingStateStatus status)
    {
        _statusWrittenAt = _time.GetTimestamp();
        _mayActBefore = _bus.MayAct;
        _bus.PublishGateStatus(status);
    }

    private void Refuse<T>(string source, string reason)
    {
        Interlocked.Increment(ref _rejected);
        if (_refusedTopics.Add(typeof(T).Name))
        {
            _logger.SampleRefused(typeof(T).Name, source, reason);
        }
    }
}
