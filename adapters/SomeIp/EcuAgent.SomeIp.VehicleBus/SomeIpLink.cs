using EcuAgent.Dds.TypeSupport;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>The service's side of the wire contract on SOME/IP.</summary>
/// <remarks>
/// Between the threads of the sockets and the ingest thread stands one bounded inbox for each topic: the newest of each source where the
/// contract keeps the last, a queue where it keeps all. <see cref="SamplesLost"/> counts what a full queue refused; what the newest overwrote
/// shows as gaps in the source's numbers, and in <see cref="SamplesOverwritten"/>.
/// </remarks>
public sealed class SomeIpLink : IAnnouncingLink
{
    private const int BatchSize = 16;
    private static readonly TimeSpan DeadlinesEvery = TimeSpan.FromMilliseconds(100);

    private readonly SomeIpParticipant _participant;
    private readonly TimeProvider _time;
    private readonly List<TopicInbox> _inboxes = [];
    private readonly List<TopicInbox> _queues = [];
    private readonly AutoResetEvent _waiting = new(false);
    private ITimer? _deadlines;
    private int _isAnnounced;
    private volatile bool _disposed;

    /// <summary>Joins the network.</summary>
    /// <param name="options">Where to join; must have no faults.</param>
    /// <param name="time">Clock.</param>
    /// <param name="loggers">Loggers of the bus.</param>
    /// <param name="warnings">Takes every warning of the bus.</param>
    /// <param name="timings">Delays of service discovery; null: the defaults.</param>
    /// <exception cref="SomeIpException">A socket cannot be bound; the message names it.</exception>
    /// <exception cref="InvalidDataException">The service map cannot be used; all faults are named.</exception>
    public SomeIpLink(SomeIpBusOptions options, TimeProvider time, ILoggerFactory loggers, BusWarnings warnings, SdTimings? timings = null)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        _time = time;
        _participant = new SomeIpParticipant(options, time, loggers, warnings.Add, timings);
    }

    /// <inheritdoc/>
    public Action? Arrived { get; set; }

    /// <inheritdoc/>
    public long SamplesRejected => _participant.Malformed + _inboxes.Sum(static i => i.Refused);

    /// <inheritdoc/>
    public long SamplesLost => _queues.Sum(static q => q.Lost);

    /// <summary>Samples that a newer one of the same source overwrote before the ingest thread came.</summary>
    public long SamplesOverwritten => _inboxes.Except(_queues).Sum(static i => i.Lost);

    /// <inheritdoc/>
    public ITopicWriter<T> OpenWriter<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => _participant.OpenWriter<T>();

    /// <inheritdoc/>
    public void OpenReader<T>(IncomingTopic<T> topic)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>
    {
        ArgumentNullException.ThrowIfNull(topic);
        var contract = TopicContract.Of(typeof(T).Name);
        if (contract.MaxSamples is { } capacity && topic.Depth is null)
        {
            var queue = new QueueInbox<T>(topic, contract.Topic, capacity, Announce, _participant.Warn);
            _queues.Add(queue);
            _inboxes.Add(queue);
            _participant.OpenReader(queue);
            return;
        }

        var latest = new LatestInbox<T>(
            topic,
            contract.Topic,
            topic.Depth ?? contract.Depth ?? 1,
            contract.DeadlineMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            _time,
            Announce);
        _inboxes.Add(latest);
        _participant.OpenReader(latest);
    }

    /// <inheritdoc/>
    public void Start()
    {
        _participant.Start();
        _deadlines = _time.CreateTimer(static l => ((SomeIpLink)l!).CheckDeadlines(), this, DeadlinesEvery, DeadlinesEvery);
    }

    /// <inheritdoc/>
    public bool WaitAndTake(TimeSpan longest)
    {
        // Rounded up: a wait that ends early would only be begun anew, over and over.
        _waiting.WaitOne((int)Math.Clamp(Math.Ceiling(longest.TotalMilliseconds), 0, int.MaxValue));
        if (_disposed)
        {
            return false;
        }

        Interlocked.Exchange(ref _isAnnounced, 0);
        var isMore = false;
        foreach (var inbox in _inboxes)
        {
            isMore |= inbox.Take(BatchSize);
        }

        if (isMore)
        {
            Announce();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Wake() => _waiting.Set();

    /// <summary>Nothing to do: a service lives as long as it is offered.</summary>
    public void AssertLiveliness()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _deadlines?.Dispose();
        _participant.Dispose();
        _waiting.Set();
    }

    private void Announce()
    {
        if (Interlocked.Exchange(ref _isAnnounced, 1) == 0)
        {
            _waiting.Set();
            Arrived?.Invoke();
        }
    }

    private void CheckDeadlines()
    {
        foreach (var inbox in _inboxes)
        {
            inbox.CheckDeadline(_participant.Warn);
        }
    }
}
