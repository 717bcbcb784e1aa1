using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;
using Rti.Dds.Core;
using Rti.Dds.Core.Status;
using Rti.Dds.Domain;
using Rti.Dds.Publication;
using Rti.Dds.Subscription;
using Rti.Dds.Topics;
using Rti.Types.Dynamic;

namespace EcuAgent.Connext;

/// <summary>The service's side of the wire contract on RTI Connext.</summary>
/// <remarks>
/// The queue before the ingest thread is the readers' history, bounded by the QoS of each topic. Samples are dynamic data and are converted field by
/// field: this adapter allocates for every sample, unlike the one for Cyclone DDS. A hot-standby pair is not supported.
/// </remarks>
public sealed class ConnextLink : IAnnouncingLink
{
    private readonly DomainParticipant _participant;
    private readonly QosProvider _contract;
    private readonly Publisher _publisher;
    private readonly Subscriber _subscriber;
    private readonly ILogger _logger;
    private readonly WarningTeller _teller;
    private readonly AutoResetEvent _waiting = new(false);
    private readonly Dictionary<string, Topic<DynamicData>> _topics = [];
    private readonly List<Action> _drains = [];
    private readonly List<Func<long>> _lost = [];
    private int _isAnnounced;
    private long _rejected;
    private volatile bool _isDisposed;

    /// <summary>Joins the bus.</summary>
    /// <param name="options">Where to join.</param>
    /// <param name="logger">Log of the bus.</param>
    /// <param name="warnings">Takes every warning of the bus.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ConnextLink(ConnextOptions options, ILogger logger, BusWarnings warnings)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _logger = logger;
        _teller = new WarningTeller(w => logger.ConnextWarning(w.Topic, w.Kind), warnings.Add);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.xml");
        try
        {
            ContractXml.For(options).Save(file);
            _contract = new QosProvider(file);
        }
        finally
        {
            File.Delete(file);
        }

        _participant = DomainParticipantFactory.Instance.CreateParticipant(
            options.DomainId, _contract.GetDomainParticipantQos(ContractXml.ParticipantProfile));
        _publisher = _participant.CreatePublisher();
        _subscriber = _participant.CreateSubscriber();
    }

    /// <inheritdoc/>
    public Action? Arrived { get; set; }

    /// <inheritdoc/>
    public long SamplesRejected => Interlocked.Read(ref _rejected);

    /// <inheritdoc/>
    public long SamplesLost => _lost.Sum(count => count());

    /// <inheritdoc/>
    public ITopicWriter<T> OpenWriter<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>
    {
        var writer = _publisher.CreateDataWriter(Topic<T>(), _contract.GetDataWriterQos(Profile<T>()));
        writer.OfferedIncompatibleQos += (_, _) => Warn(BusWarningKind.IncompatibleQos, typeof(T).Name);
        return new ConnextTopicWriter<T>(writer, _logger);
    }

    /// <inheritdoc/>
    public void OpenReader<T>(IncomingTopic<T> topic)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>
    {
        ArgumentNullException.ThrowIfNull(topic);
        var map = StructMap.Of(typeof(T));
        var name = typeof(T).Name;
        var qos = _contract.GetDataReaderQos(Profile<T>());
        if (topic.Depth is { } depth)
        {
            qos = qos.WithHistory(history => history.Depth = depth);
        }

        var reader = _subscriber.CreateDataReader(Topic<T>(), qos);
        reader.RequestedIncompatibleQos += (_, _) => Warn(BusWarningKind.IncompatibleQos, name);
        reader.RequestedDeadlineMissed += (_, _) => Warn(BusWarningKind.DeadlineMissed, name);
        reader.SampleLost += (_, _) => Warn(BusWarningKind.SampleLost, name);
        reader.SampleRejected += (_, _) => Warn(BusWarningKind.SampleRejected, name);
        reader.DataAvailable += _ => Announce();
        _lost.Add(() => reader.SampleLostStatus.TotalCount.Value);
        var key = new DynamicData(_contract.GetType(T.Descriptor.TypeName));
        _drains.Add(() => Drain(reader, topic, map, key));

        // What came before the handler stood is waiting already.
        Announce();
    }

    /// <summary>Nothing to do: a reader or writer is seen as soon as it is open.</summary>
    public void Start()
    {
    }

    /// <inheritdoc/>
    public bool WaitAndTake(TimeSpan longest)
    {
        // Rounded up: a wait that ends early would only be begun anew, over and over.
        _waiting.WaitOne((int)Math.Clamp(Math.Ceiling(longest.TotalMilliseconds), 0, int.MaxValue));
        if (_isDisposed)
        {
            return false;
        }

        Interlocked.Exchange(ref _isAnnounced, 0);
        foreach (var drain in _drains)
        {
            drain();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Wake() => _waiting.Set();

    /// <summary>Nothing to do: liveliness is automatic where there is no pair.</summary>
    public void AssertLiveliness()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _participant.Dispose();
        _waiting.Set();
    }

    private static string Profile<T>() => $"{ContractXml.QosLibrary}::{typeof(T).Name}";

    // One topic of a name in a participant, whoever asks for it.
    private Topic<DynamicData> Topic<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>
    {
        if (!_topics.TryGetValue(typeof(T).Name, out var topic))
        {
            topic = _participant.CreateTopic(typeof(T).Name, _contract.GetType(T.Descriptor.TypeName));
            _topics.Add(typeof(T).Name, topic);
        }

        return topic;
    }

    private void Drain<T>(DataReader<DynamicData> reader, IncomingTopic<T> topic, StructMap map, DynamicData key)
        where T : unmanaged
    {
        using var samples = reader.Take();
        foreach (var sample in samples)
        {
            if (sample.Info.ValidData)
            {
                if (!map.TryRead(sample.Data, out var boxed))
                {
                    Interlocked.Increment(ref _rejected);
                    Warn(BusWarningKind.Malformed, typeof(T).Name);
                    continue;
                }

                topic.Take((T)boxed, E2eStatus.NotUsed);
            }
            else if (sample.Info.State.Instance != InstanceState.Alive)
            {
                reader.GetKeyValue(key, sample.Info.InstanceHandle);
                if (map.TryRead(key, out var boxed))
                {
                    topic.SourceGone((T)boxed);
                }
            }
        }
    }

    private void Announce()
    {
        if (Interlocked.Exchange(ref _isAnnounced, 1) == 0)
        {
            _waiting.Set();
            Arrived?.Invoke();
        }
    }

    private void Warn(BusWarningKind kind, string topic) => _teller.Tell(new BusWarning(kind, topic, ""));
}
