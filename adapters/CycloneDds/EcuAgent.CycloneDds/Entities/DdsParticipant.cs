using EcuAgent.Dds.TypeSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.CycloneDds;

/// <summary>A DDS participant: makes topics, readers, writers and wait sets, and disposes them with itself.</summary>
public sealed unsafe class DdsParticipant : DdsEntity
{
    private readonly Lock _childrenLock = new();
    private readonly HashSet<DdsEntity> _children = [];
    private readonly EndpointDirectory? _directory;

    private DdsParticipant(DdsParticipantOptions options, ILogger logger)
        : base(options.Name, logger)
    {
        Options = options;
        var domainId = options.DomainId;
        DomainRegistry.Acquire(options, logger);
        var entity = Interop.dds_create_participant(domainId, 0, 0);
        if (entity < 0)
        {
            DomainRegistry.Release(domainId);
            DdsException.Throw(entity, nameof(Interop.dds_create_participant), $"{options.Name}, domain {domainId}, interface {options.NetworkInterface}");
        }

        Bind(new EntityHandle(entity, released: () => DomainRegistry.Release(domainId)));
        if (!options.ReportInconsistentTopics)
        {
            return;
        }

        try
        {
            _directory = new EndpointDirectory(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the participant was made with.</summary>
    public DdsParticipantOptions Options { get; }

    /// <summary>Makes a participant.</summary>
    /// <param name="options">Where it lives; null for domain 0 on loopback.</param>
    /// <param name="logger">Gets the warnings of this participant's entities, and Cyclone's own log lines of the process.</param>
    /// <exception cref="DdsLibraryException">The native library is missing or not a supported version.</exception>
    /// <exception cref="DdsException">Cyclone refused, for example an unknown interface.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">This process uses the domain already with other options.</exception>
    public static DdsParticipant Create(DdsParticipantOptions? options = null, ILogger? logger = null)
    {
        NativeLibraryLoader.EnsureLoaded();
        options ??= new DdsParticipantOptions();
        if (logger is not null)
        {
            NativeLog.Logger = logger;
        }

        var participant = new DdsParticipant(options, logger ?? NullLogger.Instance);
        Log.ParticipantCreated(participant.Logger, options.Name, options.DomainId, options.NetworkInterface, NativeLibraryLoader.LoadedPath);
        return participant;
    }

    /// <summary>Makes a topic. The same name may be made again with the same type.</summary>
    /// <param name="name">Topic name on the wire.</param>
    /// <param name="qos">Inherited by readers and writers where they set nothing themselves.</param>
    /// <param name="onInconsistent">Called for each peer that uses the name with another type; also logged.</param>
    /// <exception cref="DdsException">PreconditionNotMet: this participant uses the name with another type.</exception>
    public DdsTopic<T> CreateTopic<T>(string name, DdsQos? qos = null, Action<DdsInconsistentTopic>? onInconsistent = null)
        where T : unmanaged, IDdsType<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (TopicsNamed(name).Find(static other => other.TypeName != T.Descriptor.TypeName) is { } other)
        {
            // Cyclone 0.10 documents this refusal but does not make it.
            throw new DdsException(
                nameof(Interop.dds_create_topic), $"topic {name} of {T.Descriptor.TypeName}, which is here of {other.TypeName}", DdsReturnCode.PreconditionNotMet);
        }

        var topic = Adopt(new DdsTopic<T>(this, name, qos, onInconsistent));
        _directory?.Check(topic);
        return topic;
    }

    /// <summary>Makes a reader.</summary>
    /// <param name="topic">A topic of this participant.</param>
    /// <param name="qos">Null: as the topic.</param>
    /// <param name="handlers">Status changes.</param>
    /// <param name="onDataAvailable">
    /// Called when samples have arrived; take them there until none is left. Leave it out to poll or to use a
    /// <see cref="DdsWaitSet"/>: then no managed code runs per sample.
    /// </param>
    /// <exception cref="DdsException">For example InconsistentPolicy.</exception>
    public DdsReader<T> CreateReader<T>(
        DdsTopic<T> topic, DdsQos? qos = null, DdsReaderHandlers? handlers = null, Action<DdsReader<T>>? onDataAvailable = null)
        where T : unmanaged, IDdsType<T>
    {
        ArgumentNullException.ThrowIfNull(topic);
        return Adopt(new DdsReader<T>(this, topic, qos, handlers, onDataAvailable));
    }

    /// <summary>Makes a writer.</summary>
    /// <param name="topic">A topic of this participant.</param>
    /// <param name="qos">Null: as the topic.</param>
    /// <param name="handlers">Status changes.</param>
    /// <exception cref="DdsException">For example InconsistentPolicy.</exception>
    public DdsWriter<T> CreateWriter<T>(DdsTopic<T> topic, DdsQos? qos = null, DdsWriterHandlers? handlers = null)
        where T : unmanaged, IDdsType<T>
    {
        ArgumentNullException.ThrowIfNull(topic);
        return Adopt(new DdsWriter<T>(this, topic, qos, handlers));
    }

    /// <summary>Makes a wait set.</summary>
    public DdsWaitSet CreateWaitSet() => Adopt(new DdsWaitSet(this));

    /// <summary>What discovery knows now: readers and writers of all participants, this one included. Empty when <see cref="DdsParticipantOptions.ReportInconsistentTopics"/> is false.</summary>
    public IReadOnlyList<DdsEndpoint> GetEndpoints() => _directory?.Snapshot() ?? [];

    /// <summary>A sign of life for writers with manual-by-participant liveliness.</summary>
    public void AssertLiveliness() => DdsException.ThrowIfError(Interop.dds_assert_liveliness(Handle), nameof(Interop.dds_assert_liveliness), Name);

    internal void Forget(DdsEntity child)
    {
        lock (_childrenLock)
        {
            _children.Remove(child);
        }
    }

    internal List<DdsTopic> TopicsNamed(string name)
    {
        lock (_childrenLock)
        {
            return [.. _children.OfType<DdsTopic>().Where(topic => topic.TopicName == name)];
        }
    }

    /// <inheritdoc/>
    private protected override void DisposeCore()
    {
        DdsEntity[] children;
        lock (_childrenLock)
        {
            children = [.. _children];
        }

        foreach (var child in children)
        {
            child.Dispose();
        }

        _directory?.Dispose();
    }

    private TEntity Adopt<TEntity>(TEntity child)
        where TEntity : DdsEntity
    {
        lock (_childrenLock)
        {
            _children.Add(child);
        }

        if (IsDisposed)
        {
            // Dispose ran while the child was made and has not seen it.
            child.Dispose();
            throw new ObjectDisposedException(Name);
        }

        return child;
    }
}
