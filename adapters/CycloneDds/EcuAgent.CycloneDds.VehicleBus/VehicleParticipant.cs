using EcuAgent.Dds.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>
/// A participant that speaks the wire contract: readers and writers by type alone, with the topic name and the QoS of the table.
/// </summary>
/// <remarks>Thread-safe. Disposing it disposes every reader and writer it made.</remarks>
public sealed class VehicleParticipant : IDisposable
{
    private readonly WarningTeller _teller;
    private readonly PairOwnership? _pair;
    private readonly Dictionary<string, object> _topics = new(StringComparer.Ordinal);

    /// <summary>Joins the bus.</summary>
    /// <param name="options">Domain and network; loopback unless set otherwise.</param>
    /// <param name="logger">Takes every warning of the bus.</param>
    /// <param name="warned">Called on a thread of the bus for each warning; must return at once.</param>
    /// <param name="pair">
    /// Where the service on this domain is a hot-standby pair: the ownership of the topics that must have one voice. A peer without it and one with it
    /// do not talk on those topics.
    /// </param>
    /// <exception cref="DdsLibraryException">libddsc is missing or of another version.</exception>
    /// <exception cref="DdsException">The domain cannot be joined.</exception>
    public VehicleParticipant(DdsParticipantOptions options, ILogger logger, Action<BusWarning>? warned = null, PairOwnership? pair = null)
    {
        _pair = pair;
        _teller = new WarningTeller(w => logger.BusWarning(w.Kind, w.Topic, w.Detail), warned);
        Participant = DdsParticipant.Create(pair?.ToParticipantOptions(options) ?? options, logger);
    }

    /// <summary>The participant of the binding.</summary>
    public DdsParticipant Participant { get; }

    /// <summary>Opens a reader of the topic that is named like the type.</summary>
    /// <param name="onDataAvailable">See <see cref="DdsParticipant.CreateReader"/>.</param>
    /// <param name="depth">Keeps so many samples of each source until they are taken; null: as the contract says.</param>
    public DdsReader<T> OpenReader<T>(Action<DdsReader<T>>? onDataAvailable = null, int? depth = null)
        where T : unmanaged, IDdsType<T>
    {
        var name = TopicName<T>();
        return Participant.CreateReader(
            Topic<T>(name),
            depth is { } kept ? new DdsQos { History = DdsHistory.KeepLast, HistoryDepth = kept } : null,
            new DdsReaderHandlers
            {
                IncompatibleQos = q => Warn(new(BusWarningKind.IncompatibleQos, name, q.Policy)),
                DeadlineMissed = _ => Warn(new(BusWarningKind.DeadlineMissed, name, "DEADLINE")),
                SampleLost = _ => Warn(new(BusWarningKind.SampleLost, name, "")),
                SampleRejected = _ => Warn(new(BusWarningKind.SampleRejected, name, "RESOURCE_LIMITS")),
            },
            onDataAvailable);
    }

    /// <summary>Opens a writer of the topic that is named like the type.</summary>
    public DdsWriter<T> OpenWriter<T>()
        where T : unmanaged, IDdsType<T>
    {
        var name = TopicName<T>();
        return Participant.CreateWriter(
            Topic<T>(name),
            _pair is { } pair && TopicTable.Qos(name, isPair: true).Ownership == DdsOwnership.Exclusive ? pair.ToWriterQos() : null,
            new DdsWriterHandlers { IncompatibleQos = q => Warn(new(BusWarningKind.IncompatibleQos, name, q.Policy)) });
    }

    /// <inheritdoc/>
    public void Dispose() => Participant.Dispose();

    private static string TopicName<T>()
        where T : unmanaged, IDdsType<T> => T.Descriptor.TypeName[(T.Descriptor.TypeName.LastIndexOf(':') + 1)..];

    private DdsTopic<T> Topic<T>(string name)
        where T : unmanaged, IDdsType<T>
    {
        lock (_topics)
        {
            if (!_topics.TryGetValue(name, out var topic))
            {
                topic = Participant.CreateTopic<T>(
                    name, TopicTable.Qos(name, _pair is not null), _ => Warn(new(BusWarningKind.InconsistentTopic, name, T.Descriptor.TypeName)));
                _topics.Add(name, topic);
            }

            return (DdsTopic<T>)topic;
        }
    }

    private void Warn(BusWarning warning) => _teller.Tell(warning);
}
