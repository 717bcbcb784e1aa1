using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Conformance.Peer;

/// <summary>A car on SOME/IP.</summary>
public sealed class SomeIpCar : ICar
{
    private readonly SomeIpParticipant _participant;
    private readonly Inbox _inbox = new();
    private readonly Dictionary<Type, object> _writers = [];

    public SomeIpCar(SomeIpBusOptions options, IReadOnlyCollection<string>? services = null)
    {
        services ??= Services.Car;
        _participant = new SomeIpParticipant(options, TimeProvider.System, NullLoggerFactory.Instance);
        foreach (var (service, topic) in Services.Sent(services))
        {
            ContractTypes.Visit(topic, new Sending(this, service));
        }

        foreach (var (service, topic) in Services.Heard(services))
        {
            ContractTypes.Visit(topic, new Hearing(this, service));
        }

        _participant.Start();
    }

    public SomeIpNode Node => _participant.Node;

    public bool TrySend<T>(in T sample)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => Writer<T>().TryWrite(in sample);

    public bool HasListener<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => Writer<T>().HasPeer;

    public IReadOnlyList<T> Received<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => _inbox.Of<T>();

    public void Dispose() => _participant.Dispose();

    private ITopicWriter<T> Writer<T>()
        where T : unmanaged => (ITopicWriter<T>)_writers[typeof(T)];

    private sealed class Sending(SomeIpCar car, string service) : ITopicVisitor
    {
        public void Visit<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T> => car._writers.Add(typeof(T), car._participant.OpenWriter<T>(service));
    }

    private sealed class Hearing(SomeIpCar car, string service) : ITopicVisitor
    {
        public void Visit<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T> => car._participant.OpenReader(new Sink<T>(car._inbox), service);
    }

    private sealed class Sink<T>(Inbox inbox) : ISampleSink<T>
        where T : unmanaged
    {
        public void OnSample(in T sample, E2eStatus e2e) => inbox.Add(in sample);
    }
}
