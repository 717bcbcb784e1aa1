using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Conformance.Peer;

/// <summary>A car on DDS.</summary>
public sealed class DdsCar : ICar
{
    private readonly VehicleParticipant _participant;
    private readonly Inbox _inbox = new();
    private readonly Dictionary<Type, DdsWriter> _writers = [];

    public DdsCar(int domain, IReadOnlyCollection<string>? services = null)
    {
        services ??= Services.Car;
        _participant = new VehicleParticipant(new CockpitBusOptions { DomainId = domain, Source = "car" }.ToParticipantOptions(), NullLogger.Instance);
        foreach (var (_, topic) in Services.Sent(services))
        {
            ContractTypes.Visit(topic, new Sending(this));
        }

        foreach (var (_, topic) in Services.Heard(services))
        {
            ContractTypes.Visit(topic, new Hearing(this));
        }
    }

    public bool TrySend<T>(in T sample)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => ((DdsWriter<T>)_writers[typeof(T)]).TryWrite(in sample) == DdsReturnCode.Ok;

    public bool HasListener<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => _writers[typeof(T)].MatchedCount > 0;

    public IReadOnlyList<T> Received<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => _inbox.Of<T>();

    public void Dispose() => _participant.Dispose();

    private sealed class Sending(DdsCar car) : ITopicVisitor
    {
        public void Visit<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T> => car._writers.Add(typeof(T), car._participant.OpenWriter<T>());
    }

    private sealed class Hearing(DdsCar car) : ITopicVisitor
    {
        public void Visit<T>(ContractTopic<T> topic)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T> => car._participant.OpenReader<T>(reader =>
        {
            while (reader.TryTake(out var sample, out var info))
            {
                if (info.ValidData)
                {
                    car._inbox.Add(in sample);
                }
            }
        });
    }
}
