using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.Idl;
using EcuAgent.Idl.V1;

namespace EcuAgent.EcuSim;

/// <summary>What both ECUs do with the bus: answer a command once, refuse expired ones, and repeat the read-back.</summary>
internal sealed class SimulatedEcu : IDisposable
{
    private const int RememberedOutcomes = 256;

    private readonly DdsWriter<CommandOutcome> _outcomes;
    private readonly TimeProvider _time;
    private readonly BoundedString32 _source;
    private readonly Dictionary<string, Outcome> _answered = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private uint _outcomeSequence;

    public SimulatedEcu(VehicleParticipant bus, string source, TimeProvider time)
    {
        _outcomes = bus.OpenWriter<CommandOutcome>();
        _source = BoundedString32.From(source);
        _time = time;
    }

    public BoundedString32 Source => _source;

    public long NowNs => Signals.Units.ToUnixNanoseconds(_time.GetUtcNow());

    /// <summary>Carries a command out unless it is expired or was answered before, and writes the outcome.</summary>
    public Outcome Answer(string commandId, long expiresTimeNs, Func<Outcome> carryOut)
    {
        if (!_answered.TryGetValue(commandId, out var outcome))
        {
            outcome = expiresTimeNs <= NowNs ? Outcome.Rejected("expired", "the command came after its expiry") : carryOut();
            Remember(commandId, outcome);
        }

        var sample = new CommandOutcome
        {
            Source = _source,
            SourceTimeNs = NowNs,
            SequenceNumber = ++_outcomeSequence,
            CommandId = BoundedString36.Truncated(commandId),
            Kind = outcome.Kind,
            Reason = BoundedString48.Truncated(outcome.Reason),
            Detail = BoundedString128.Truncated(outcome.Detail),
            HasAppliedValue = outcome.Applied is not null,
            AppliedValue = outcome.Applied ?? 0,
        };
        _outcomes.Write(sample);
        return outcome;
    }

    /// <summary>All valid samples that wait in a reader.</summary>
    public static IEnumerable<T> TakeAll<T>(DdsReader<T> reader)
        where T : unmanaged, IDdsType<T>
    {
        while (reader.TryTake(out var sample, out var info))
        {
            if (info.ValidData)
            {
                yield return sample;
            }
        }
    }

    public void Dispose() => _outcomes.Dispose();

    private void Remember(string commandId, Outcome outcome)
    {
        _answered.Add(commandId, outcome);
        _order.Enqueue(commandId);
        if (_order.Count > RememberedOutcomes)
        {
            _answered.Remove(_order.Dequeue());
        }
    }
}
