using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using EcuAgent.SomeIp.TypeSupport;
using Microsoft.Extensions.Logging;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.VehicleBus;

/// <summary>
/// Takes samples from the buses into the picture of the car, on one thread. A tightened driving state is on the wire before the next
/// sample is looked at. Allocates nothing for speed, gear, brake, power, position, energy and camera samples.
/// </summary>
/// <remarks>
/// The queues before it are those of the buses, bounded for each topic; what is lost there is counted in <see cref="SamplesLost"/>. When
/// nothing arrives, it wakes up by itself as soon as a signal gets too old.
/// </remarks>
public sealed class BusIngest
{
    private const int HeartbeatDepth = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // A second service that came and left takes the instance of GateStatus with it; the next repetition brings ours back.
    private static readonly TimeSpan RepeatStatusAfter = TimeSpan.FromSeconds(1);

    private readonly CockpitBus _bus;
    private readonly IBusLink[] _links;
    private readonly VehicleState _state;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SourceRegistry _sources = new();
    private readonly HashSet<string> _refusedTopics = new(StringComparer.Ordinal);
    private IBusEvents? _events;
    private long _statusWrittenAt;
    private bool _mayActBefore;
    private long _received;
    private long _rejected;
    private long _repeated;

    internal BusIngest(CockpitBus bus, IBusLink[] links, VehicleState state, TimeProvider time, ILogger logger)
    {
        _bus = bus;
        _links = links;
        _state = state;
        _time = time;
        _logger = logger;

        Signal((in V1.VehicleSpeed s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.VehicleSpeed s) => ref s.Source);
        Signal((in V1.Gear s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.Gear s) => ref s.Source);
        Signal((in V1.ParkingBrake s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.ParkingBrake s) => ref s.Source);
        Signal((in V1.PowerMode s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.PowerMode s) => ref s.Source);
        Signal((in V1.Location s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.Location s) => ref s.Source);
        Signal((in V1.Energy s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.Energy s) => ref s.Source);
        Signal((in V1.CabinCameraEvent s, SourceId id, long now, E2eStatus e2e) => _state.Apply(s.ToSignal(id, now, e2e)), static (in V1.CabinCameraEvent s) => ref s.Source);
        Signal((in V1.ClimateState s, SourceId id, long now, E2eStatus e2e) => ReadBack(_state.Apply(s.ToSignal(id, now, e2e))), static (in V1.ClimateState s) => ref s.Source);
        Signal((in V1.NavigationState s, SourceId id, long now, E2eStatus e2e) => ReadBack(_state.Apply(s.ToSignal(id, now, e2e))), static (in V1.NavigationState s) => ref s.Source);

        Message(static (in V1.Utterance s) => ref s.Source, static (in V1.Utterance s) => new(s.SourceTimeNs, s.SequenceNumber), (in V1.Utterance s) =>
        {
            if (s.ToPort(_time.GetUtcNow()) is not { } utterance)
            {
                return false;
            }

            _events!.OnUtterance(utterance);
            return true;
        });
        Message(static (in V1.Confirmation s) => ref s.Source, static (in V1.Confirmation s) => new(s.SourceTimeNs, s.SequenceNumber), (in V1.Confirmation s) =>
        {
            if (s.ToPort() is not { } answer)
            {
                return false;
            }

            _events!.OnConfirmation(answer);
            return true;
        });
        Message(static (in V1.CommandOutcome s) => ref s.Source, static (in V1.CommandOutcome s) => new(s.SourceTimeNs, s.SequenceNumber), (in V1.CommandOutcome s) =>
        {
            if (s.ToPort() is not { } outcome)
            {
                return false;
            }

            _events!.OnCommandOutcome(outcome);
            return true;
        });
        Message(
            static (in V1.PlaceResults s) => ref s.Source,
            static (in V1.PlaceResults s) => new(s.SourceTimeNs, s.SequenceNumber),
            (in V1.PlaceResults s) => _bus.PlaceRequests.Complete(s.RequestId.ToString(), s.ToPort()) || !_bus.MayAct);

        // Several services write one instance: the newest word of one must not take the place of another's before it is read.
        Message(
            static (in V1.AgentHealth s) => ref s.Source,
            static (in V1.AgentHealth s) => new(s.SourceTimeNs, s.SequenceNumber),
            (in V1.AgentHealth s) =>
            {
                var other = s.InstanceId.ToString();
                if (other != _bus.InstanceId)
                {
                    _events!.OnOtherService(new OtherService(
                        other, s.SequenceNumber, DateTimeOffset.UnixEpoch.AddTicks(s.StartedTimeNs / Units.NanosecondsPerTick), (ServiceHealth)s.State, s.DegradedReasons.ToString()));
                }

                return true;
            },
            HeartbeatDepth);
        if (bus.IsOfPair)
        {
            Message(static (in V1.AssistantReply s) => ref s.Source, static (in V1.AssistantReply s) => new(s.SourceTimeNs, s.SequenceNumber), (in V1.AssistantReply s) =>
            {
                _events!.OnReplied(s.UtteranceId.ToString());
                return true;
            });
            Message(static (in V1.Decision s) => ref s.Source, static (in V1.Decision s) => new(s.SourceTimeNs, s.SequenceNumber), (in V1.Decision s) =>
            {
                if (!s.CommandId.IsEmpty)
                {
                    _events!.OnCommanded(s.UtteranceId.ToString());
                }

                return true;
            });
        }
    }

    private delegate ApplyResult ApplySample<T>(in T sample, SourceId source, long arrivalTimestamp, E2eStatus e2e);

    private delegate SampleNumber NumberOf<T>(in T sample);

    private delegate bool TakeMessage<T>(in T sample);

    /// <summary>Samples taken since the start.</summary>
    public long SamplesReceived => Interlocked.Read(ref _received);

    /// <summary>Samples refused: by a bus, by a mapping, or by the vehicle state.</summary>
    public long SamplesRejected => Interlocked.Read(ref _rejected) + _state.ReadCounters().Rejected + _links.Sum(l => l.SamplesRejected);

    /// <summary>Samples that a bus reports as lost, and gaps in the sources' own numbering.</summary>
    public long SamplesLost => _links.Sum(l => l.SamplesLost) + _state.ReadCounters().LostSamples;

    /// <summary>Messages that came by a second bus as well and were taken once.</summary>
    public long MessagesRepeated => Interlocked.Read(ref _repeated);

    /// <summary>Runs until cancelled. One caller only.</summary>
    public void Run(IBusEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        using var registration = cancellationToken.Register(static l => ((IBusLink)l!).Wake(), _links[0]);
        Write(_state.Evaluate().Status);
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
            if (!_links[0].WaitAndTake(wait))
            {
                return;
            }

            for (var i = 1; i < _links.Length; i++)
            {
                _links[i].WaitAndTake(TimeSpan.Zero);
            }
        }
    }

    private void Signal<T>(ApplySample<T> apply, SourceOf<T> sourceOf)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => Open(new SignalTopic<T>(this, apply, sourceOf));

    private void Message<T>(SourceOf<T> sourceOf, NumberOf<T> numberOf, TakeMessage<T> take, int? depth = null)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => Open(new MessageTopic<T>(this, sourceOf, numberOf, take, depth));

    private void Open<T>(IncomingTopic<T> topic)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>
    {
        foreach (var link in _links)
        {
            link.OpenReader(topic);
        }
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

    /// <summary>What tells the messages of one source apart.</summary>
    private readonly record struct SampleNumber(long SourceTimeNs, uint Sequence);

    private sealed class SignalTopic<T>(BusIngest ingest, ApplySample<T> apply, SourceOf<T> sourceOf) : IncomingTopic<T>(sourceOf, depth: null)
        where T : unmanaged
    {
        public override void Take(in T sample, E2eStatus e2e)
        {
            if (!TryFind(in sample, out var source))
            {
                return;
            }

            Interlocked.Increment(ref ingest._received);
            var result = apply(in sample, source, ingest._time.GetTimestamp(), e2e);
            ingest.Publish(result.DrivingStateChanged, result.ReasonsChanged, result.Status);
        }

        public override void SourceGone(in T key)
        {
            if (!TryFind(in key, out var source))
            {
                return;
            }

            ingest._logger.SourceGone(typeof(T).Name, ingest._sources.NameOf(source));
            var lost = ingest._state.SourceLost(source);
            ingest.Publish(lost.DrivingStateChanged, lost.ReasonsChanged, lost.Status);
        }

        private bool TryFind(in T sample, out SourceId source)
        {
            ref readonly var name = ref SourceOf(in sample);
            if (ingest._sources.TryIntern(name.Utf8, out source))
            {
                return true;
            }

            ingest.Refuse<T>(name.ToString(), "no name, or too many sources");
            return false;
        }
    }

    private sealed class MessageTopic<T>(BusIngest ingest, SourceOf<T> sourceOf, NumberOf<T> numberOf, TakeMessage<T> take, int? depth)
        : IncomingTopic<T>(sourceOf, depth)
        where T : unmanaged
    {
        private readonly RecentMessages? _recent = ingest._links.Length > 1 ? new RecentMessages() : null;

        public override void Take(in T sample, E2eStatus e2e)
        {
            Interlocked.Increment(ref ingest._received);
            var number = numberOf(in sample);
            if (_recent?.IsNew(in SourceOf(in sample), number.SourceTimeNs, number.Sequence) == false)
            {
                Interlocked.Increment(ref ingest._repeated);
            }
            else if (e2e == E2eStatus.Failed || !take(in sample))
            {
                ingest.Refuse<T>("", e2e == E2eStatus.Failed ? "end-to-end check failed" : "empty, malformed or unmatched");
            }
        }

        public override void SourceGone(in T key)
        {
            // A message stands for itself, whoever is still there.
        }
    }
}
