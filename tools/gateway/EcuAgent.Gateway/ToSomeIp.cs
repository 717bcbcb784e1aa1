using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.Idl;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;

namespace EcuAgent.Gateway;

/// <summary>Carries one topic from DDS to SOME/IP, in the services that have it. Called on the threads of the bus.</summary>
internal sealed class ToSomeIp<T>(ContractTopic<T> topic, VehicleParticipant dds, CarriedSources carried, BusGateway gateway) : IToSomeIp
    where T : unmanaged, IDdsType<T>, ISomeIpType<T>
{
    private readonly Lock _lock = new();
    private readonly List<(string Service, ITopicWriter<T> Writer)> _places = [];
    private DdsReader<T>? _reader;

    public bool HasSender => _reader?.MatchedCount > 0;

    public bool HasListener => _places.Exists(static p => p.Writer.HasPeer);

    public void Add(string service, ITopicWriter<T> writer) => _places.Add((service, writer));

    /// <summary>Reads the topic on DDS, or does not: whoever writes it there sees by that whether its ECU is there.</summary>
    public void SetReading(bool isReading)
    {
        lock (_lock)
        {
            if (isReading == _reader is not null)
            {
                return;
            }

            _reader?.Dispose();
            _reader = isReading ? dds.OpenReader<T>(Carry) : null;
        }
    }

    private void Carry(DdsReader<T> reader)
    {
        while (reader.TryTake(out var sample, out var info))
        {
            // What this gateway brought to DDS itself has been on SOME/IP already.
            if (info.ValidData && !carried.Contains(in topic.SourceOf(in sample)))
            {
                Carry(in sample);
            }
        }
    }

    private void Carry(in T sample)
    {
        var (service, writer) = Place(in sample);
        if (topic.RequestOf is not { } requestOf || gateway.MayCarry(requestOf(in sample), service))
        {
            gateway.Counters.CountToSomeIp(writer.TryWrite(in sample));
        }
    }

    /// <summary>An outcome goes out by the service that the command came in by; so it is said once.</summary>
    private (string Service, ITopicWriter<T> Writer) Place(in T sample)
    {
        if (_places.Count > 1 && topic.AnswerTo is { } answerTo && gateway.ServiceOf(answerTo(in sample)) is { } service)
        {
            foreach (var place in _places)
            {
                if (place.Service == service)
                {
                    return place;
                }
            }
        }

        return _places[0];
    }
}

/// <summary>One topic on its way to SOME/IP, whatever its struct.</summary>
internal interface IToSomeIp
{
    /// <summary>Whether somebody on DDS sends the topic.</summary>
    bool HasSender { get; }

    /// <summary>Whether somebody on SOME/IP takes the topic.</summary>
    bool HasListener { get; }

    /// <summary>Reads the topic on DDS, or does not.</summary>
    void SetReading(bool isReading);
}
