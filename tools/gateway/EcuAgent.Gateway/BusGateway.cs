using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.VehicleBus;

namespace EcuAgent.Gateway;

/// <summary>
/// Carries the contract's topics between DDS and SOME/IP. Each service lives on one of the two: its events and fields come from there, and its
/// requests go there. So each topic goes one way, and nothing comes back.
/// </summary>
/// <remarks>
/// A sample is carried as it is: source name, source time and number stay the sender's. The gateway stands for a service on the other bus only
/// while the real one is there: a command finds nobody as long as its ECU is away, on either side.
/// </remarks>
internal sealed class BusGateway : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly VehicleParticipant _dds;
    private readonly SomeIpParticipant _someIp;
    private readonly TimeProvider _time;
    private readonly RequestMemory _requests = new();
    private readonly Dictionary<Type, object> _writers = [];
    private readonly Dictionary<Type, CarriedSources> _carried = [];
    private readonly Dictionary<Type, IToSomeIp> _toSomeIp = [];

    /// <summary>Requests on DDS, by the service on SOME/IP that carries them out.</summary>
    private readonly List<(string Service, IToSomeIp Requests)> _requestsOf = [];

    /// <summary>Messages, which nobody keeps: read on DDS only while somebody on SOME/IP listens.</summary>
    private readonly HashSet<IToSomeIp> _messages = [];

    /// <summary>Services that live on DDS, with what shows that they do; one without is offered always.</summary>
    private readonly Dictionary<string, List<Func<bool>>> _livesOnDds = new(StringComparer.Ordinal);
    private readonly Lock _look = new();
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Opens everything; nothing is carried before <see cref="Start"/>.</summary>
    /// <param name="dds">Disposed with this.</param>
    /// <param name="someIp">Not started yet; disposed with this.</param>
    /// <param name="map">The service map of both.</param>
    /// <param name="onSomeIp">Names of the services that live on SOME/IP; all others live on DDS.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="ArgumentException">The map has no such service.</exception>
    public BusGateway(VehicleParticipant dds, SomeIpParticipant someIp, ServiceMap map, IReadOnlyCollection<string> onSomeIp, TimeProvider time)
    {
        _dds = dds;
        _someIp = someIp;
        _time = time;
        if (onSomeIp.FirstOrDefault(name => map.Services.All(s => s.Name != name)) is { } unknown)
        {
            throw new ArgumentException($"The service map has no service '{unknown}'; it has {string.Join(", ", map.Services.Select(static s => s.Name))}.", nameof(onSomeIp));
        }

        foreach (var service in map.Services)
        {
            var isOnSomeIp = onSomeIp.Contains(service.Name);
            if (!isOnSomeIp)
            {
                _livesOnDds.Add(service.Name, []);
            }

            foreach (var topic in service.Topics)
            {
                ContractTypes.Visit(topic.Topic, new Opening(this, service.Name, isOnSomeIp, topic.Kind == TopicKind.Method));
            }
        }
    }

    /// <summary>What was carried.</summary>
    public GatewayCounters Counters { get; } = new();

    /// <summary>Begins to carry.</summary>
    public void Start()
    {
        foreach (var carrier in _toSomeIp.Values.Except(_requestsOf.Select(static r => r.Requests)).Except(_messages))
        {
            carrier.SetReading(true);
        }

        _someIp.AvailabilityChanged += _ => Look();
        _someIp.Start(isOffered: false);
        _timer = _time.CreateTimer(static g => ((BusGateway)g!).Look(), this, TimeSpan.Zero, LookEvery);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_look)
        {
            _isDisposed = true;
        }

        _timer?.Dispose();
        _someIp.Dispose();
        _dds.Dispose();
    }

    /// <summary>Whether a request is to be carried: not after its expiry, and never a second time.</summary>
    public bool MayCarry(in TopicRequest request, string service)
    {
        if (request.ExpiresTimeNs <= Units.ToUnixNanoseconds(_time.GetUtcNow()))
        {
            Counters.CountExpired();
            return false;
        }

        if (!_requests.TryAdd(in request, service))
        {
            Counters.CountRepeated();
            return false;
        }

        return true;
    }

    /// <summary>The service that a request went to; null when it was not carried.</summary>
    public string? ServiceOf(in Idl.BoundedString36 requestId) => _requests.ServiceOf(in requestId);

    private void Look()
    {
        lock (_look)
        {
            if (_isDisposed)
            {
                return;
            }

            foreach (var (service, requests) in _requestsOf)
            {
                requests.SetReading(_someIp.IsAvailable(service));
            }

            foreach (var (service, signs) in _livesOnDds)
            {
                _someIp.SetOffered(service, signs.Count == 0 || signs.Exists(static s => s()));
            }

            foreach (var messages in _messages)
            {
                messages.SetReading(messages.HasListener);
            }
        }
    }

    private DdsWriter<T> Writer<T>()
        where T : unmanaged, IDdsType<T>
    {
        if (!_writers.TryGetValue(typeof(T), out var writer))
        {
            _writers.Add(typeof(T), writer = _dds.OpenWriter<T>());
        }

        return (DdsWriter<T>)writer;
    }

    private CarriedSources Carried<T>()
    {
        if (!_carried.TryGetValue(typeof(T), out var carried))
        {
            _carried.Add(typeof(T), carried = new CarriedSources());
        }

        return carried;
    }

    private sealed class Opening(BusGateway gateway, string service, bool isOnSomeIp, bool isMethod) : ITopicVisitor
    {
        public void Visit<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T>
        {
            if (isOnSomeIp != isMethod)
            {
                OpenToDds(topic);
            }
            else
            {
                OpenToSomeIp(topic);
            }
        }

        /// <summary>What a service on SOME/IP says, or what one on DDS is asked to do.</summary>
        private void OpenToDds<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T>
        {
            var writer = gateway.Writer<T>();
            gateway._someIp.OpenReader(new ToDds<T>(service, topic, writer, gateway.Carried<T>(), gateway), service);
            if (isMethod)
            {
                gateway._livesOnDds[service].Add(() => writer.MatchedCount > 0);
            }
        }

        /// <summary>What a service on DDS says, or what one on SOME/IP is asked to do.</summary>
        private void OpenToSomeIp<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T>
        {
            if (!gateway._toSomeIp.TryGetValue(typeof(T), out var known))
            {
                gateway._toSomeIp.Add(typeof(T), known = new ToSomeIp<T>(topic, gateway._dds, gateway.Carried<T>(), gateway));
            }

            var carrier = (ToSomeIp<T>)known;
            carrier.Add(service, gateway._someIp.OpenWriter<T>(service));
            if (isMethod)
            {
                gateway._requestsOf.Add((service, carrier));
            }
            else if (TopicContract.Of(typeof(T).Name).MaxSamples is not null)
            {
                gateway._messages.Add(carrier);
            }
            else
            {
                gateway._livesOnDds[service].Add(() => carrier.HasSender);
            }
        }
    }
}
