using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>
/// A node that speaks the wire contract by its service map, on either side: readers and writers by type alone. Who writes an event or
/// a field offers its service, who reads it subscribes; who reads a method offers, who writes it calls.
/// </summary>
/// <remarks>Open everything, then <see cref="Start"/>. Readers and writers are thread-safe; opening is not. Disposing ends all of them.</remarks>
public sealed class SomeIpParticipant : IDisposable
{
    /// <summary>A service that was not found in this time is told as missing: longer than the cycle of offers.</summary>
    private static readonly TimeSpan FoundWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan OwedEvery = TimeSpan.FromMilliseconds(20);

    private readonly ServiceMap _map;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<BusWarning>? _warned;
    private readonly WarningTeller _teller;
    private readonly Dictionary<string, SomeIpService> _offered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UsedService> _used = new(StringComparer.Ordinal);
    private readonly List<Func<long>> _malformed = [];
    private readonly List<Action> _owed = [];
    private ITimer? _missing;
    private ITimer? _owedTimer;

    /// <summary>Joins the network; nothing is offered or looked for yet.</summary>
    /// <param name="options">Where to join; must have no faults.</param>
    /// <param name="time">Clock.</param>
    /// <param name="loggers">Loggers of the node and of this.</param>
    /// <param name="warned">Called on any thread for each warning; must return at once.</param>
    /// <param name="timings">Delays of service discovery; null: the defaults.</param>
    /// <exception cref="SomeIpException">A socket cannot be bound; the message names it.</exception>
    /// <exception cref="InvalidDataException">The service map cannot be used; all faults are named.</exception>
    public SomeIpParticipant(
        SomeIpBusOptions options, TimeProvider time, ILoggerFactory loggers, Action<BusWarning>? warned = null, SdTimings? timings = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        _map = options.LoadMap();
        _time = time;
        _logger = loggers.CreateLogger<SomeIpParticipant>();
        _warned = warned;
        _teller = new WarningTeller(w => _logger.SomeIpWarning(w.Topic, w.Kind, w.Detail), warned);
        Node = SomeIpNode.Start(options.ToNodeOptions() with { Timings = timings ?? new SdTimings() }, loggers, time);
    }

    /// <summary>Called on the thread pool when a service that is used here has come or gone.</summary>
    public event Action<string>? AvailabilityChanged;

    /// <summary>The node.</summary>
    public SomeIpNode Node { get; }

    /// <summary>Payloads that did not hold their struct.</summary>
    public long Malformed => _malformed.Sum(static m => m());

    /// <summary>Opens the writing side of a topic.</summary>
    /// <param name="service">In which service, by its name in the map, where the topic has several places; else null.</param>
    /// <returns>A writer; one that has no peer and sends nothing when this car's map does not have the topic.</returns>
    /// <exception cref="ArgumentException">The topic has several places and none was named, or it is not in the service named.</exception>
    public ITopicWriter<T> OpenWriter<T>(string? service = null)
        where T : unmanaged, ISomeIpType<T>
    {
        var places = Places<T>(service);
        if (places.Count > 1)
        {
            throw new ArgumentException($"{typeof(T).Name} has places in {string.Join(", ", places.Select(static p => p.Service.Name))}: name one.", nameof(service));
        }

        if (places.Count == 0)
        {
            return new NoPlaceWriter<T>();
        }

        var (mapped, topic) = places[0];
        SomeIpTopicWriter<T> writer = topic.Kind == TopicKind.Method
            ? new RequestWriter<T>(Used(mapped).Proxy, topic, _time, Warn)
            : new EventWriter<T>(Offered(mapped), topic, _time, Warn);
        if (topic.Kind == TopicKind.Field)
        {
            _owed.Add(writer.SendOwed);
        }

        return writer;
    }

    /// <summary>Opens the reading side of a topic, in every place that the map has for it.</summary>
    /// <param name="sink">Takes the samples.</param>
    /// <param name="service">In this service only; null: in all.</param>
    /// <exception cref="ArgumentException">The topic is not in the service named.</exception>
    public void OpenReader<T>(ISampleSink<T> sink, string? service = null)
        where T : unmanaged, ISomeIpType<T>
    {
        ArgumentNullException.ThrowIfNull(sink);
        foreach (var (mapped, topic) in Places<T>(service))
        {
            var receiver = new TopicReceiver<T>(topic, sink, Warn);
            _malformed.Add(() => receiver.Malformed);
            if (topic.Kind == TopicKind.Method)
            {
                Offered(mapped).OnMethod(topic.Id, receiver.OnRequest);
                continue;
            }

            var used = Used(mapped);
            used.Read(topic, receiver.OnEvent);
            used.Gone.Add(sink.OnServiceGone);
        }
    }

    /// <summary>Offers and looks for what was opened.</summary>
    /// <param name="isOffered">False: services of our own are offered only when <see cref="SetOffered"/> says so.</param>
    public void Start(bool isOffered = true)
    {
        foreach (var service in _offered.Values.Where(_ => isOffered))
        {
            service.Start();
        }

        foreach (var used in _used.Values)
        {
            used.Subscribe();
        }

        _missing = _time.CreateTimer(static p => ((SomeIpParticipant)p!).TellMissing(), this, FoundWithin, Timeout.InfiniteTimeSpan);
        _owedTimer = _owed.Count == 0 ? null
            : _time.CreateTimer(static p => ((SomeIpParticipant)p!).SendOwed(), this, OwedEvery, OwedEvery);
    }

    /// <summary>Whether a service is offered by somebody and reached.</summary>
    /// <param name="service">Its name in the map; one that nothing was opened in is not reached.</param>
    public bool IsAvailable(string service) => _used.GetValueOrDefault(service)?.Proxy.IsAvailable == true;

    /// <summary>Offers a service of our own, or takes its offer back for a while.</summary>
    /// <param name="service">Its name in the map.</param>
    /// <param name="isOffered">Whether others find it.</param>
    public void SetOffered(string service, bool isOffered)
    {
        if (_offered.TryGetValue(service, out var own))
        {
            (isOffered ? (Action)own.Start : own.Stop)();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _missing?.Dispose();
        _owedTimer?.Dispose();
        Node.Dispose();
    }

    /// <summary>Logs the first of a kind, and counts all.</summary>
    internal void Warn(BusWarning warning) => _teller.Tell(warning);

    private List<(MappedService Service, MappedTopic Topic)> Places<T>(string? service)
    {
        var places = _map.PlacesOf(typeof(T).Name).Where(p => service is null || p.Service.Name == service).ToList();
        return service is null || places.Count > 0 ? places : throw new ArgumentException($"Service {service} has no topic {typeof(T).Name}.", nameof(service));
    }

    private SomeIpService Offered(MappedService service)
    {
        if (!_offered.TryGetValue(service.Name, out var offered))
        {
            _offered.Add(service.Name, offered = Node.CreateService(service.ToDescription()));
        }

        return offered;
    }

    private UsedService Used(MappedService service)
    {
        if (!_used.TryGetValue(service.Name, out var used))
        {
            _used.Add(service.Name, used = new UsedService(this, service));
        }

        return used;
    }

    private void SendOwed()
    {
        foreach (var send in _owed)
        {
            send();
        }
    }

    private void TellMissing()
    {
        foreach (var used in _used.Values)
        {
            used.TellIfMissing();
        }
    }

    /// <summary>A service of somebody else.</summary>
    private sealed class UsedService
    {
        private readonly SomeIpParticipant _owner;
        private readonly MappedService _service;
        private readonly HashSet<ushort> _groups = [];
        private readonly HashSet<ushort> _read = [];
        private readonly Dictionary<ushort, SubscriptionState> _states = [];
        private bool _isThere;

        public UsedService(SomeIpParticipant owner, MappedService service)
        {
            _owner = owner;
            _service = service;
            Proxy = owner.Node.CreateProxy(service.ToProxyOptions());
            Proxy.AvailabilityChanged += OnAvailabilityChanged;
        }

        public SomeIpProxy Proxy { get; }

        public List<Action> Gone { get; } = [];

        public void Read(MappedTopic topic, SomeIpEventReceived handler)
        {
            _read.Add(topic.Id);
            _groups.Add(topic.EventgroupId!.Value);
            Proxy.OnEvent(topic.Id, handler);
        }

        public void Subscribe()
        {
            foreach (var group in _groups)
            {
                var topics = _service.Topics.Where(t => t.EventgroupId == group).ToList();
                foreach (var other in topics.Where(t => !_read.Contains(t.Id)))
                {
                    // Comes with the group whether it is wanted or not.
                    Proxy.OnEvent(other.Id, static (in SomeIpEvent _) => { });
                }

                _states[group] = SubscriptionState.Waiting;
                var subscription = Proxy.Subscribe(SilenceRule.OptionsOf(group, topics));
                subscription.StateChanged += OnStateChanged;
            }
        }

        public void TellIfMissing()
        {
            // Our own service is looked for as well, to hear of another cockpit.
            if (!Proxy.IsAvailable && !_owner._offered.ContainsKey(_service.Name))
            {
                _owner._logger.ServiceMissing(_service.Name);
                _owner._warned?.Invoke(new BusWarning(BusWarningKind.ServiceMissing, _service.Name, ""));
            }
        }

        private void OnAvailabilityChanged(SomeIpProxy proxy)
        {
            var isThere = proxy.IsAvailable;
            if (isThere == _isThere)
            {
                return;
            }

            _isThere = isThere;
            if (isThere)
            {
                _owner._logger.ServiceThere(_service.Name);
            }
            else
            {
                TellIfMissing();
                foreach (var gone in Gone)
                {
                    gone();
                }
            }

            _owner.AvailabilityChanged?.Invoke(_service.Name);
        }

        private void OnStateChanged(SomeIpSubscription subscription)
        {
            var before = _states[subscription.EventgroupId];
            var now = subscription.State;
            _states[subscription.EventgroupId] = now;
            var detail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{subscription.EventgroupId:X4}");
            if (now == SubscriptionState.Refused)
            {
                _owner.Warn(new BusWarning(BusWarningKind.SubscriptionRefused, _service.Name, detail));
            }
            else if (now == SubscriptionState.Waiting && before == SubscriptionState.Subscribed && Proxy.IsAvailable)
            {
                _owner.Warn(new BusWarning(BusWarningKind.SubscriptionLost, _service.Name, detail));
            }
        }
    }
}
