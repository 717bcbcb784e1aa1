using EcuAgent.CycloneDds;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.VehicleBus;

namespace EcuAgent.Gateway;

/// <summary>Carries one topic of one service from SOME/IP to DDS. Called on the threads of the sockets.</summary>
internal sealed class ToDds<T>(string service, ContractTopic<T> topic, DdsWriter<T> writer, CarriedSources carried, BusGateway gateway) : ISampleSink<T>
    where T : unmanaged, IDdsType<T>, ISomeIpType<T>
{
    private const int MaxSources = 8;

    private readonly Lock _lock = new();

    /// <summary>The last sample of each sender, for its key.</summary>
    private readonly T[] _last = new T[MaxSources];
    private int _count;

    public void OnSample(in T sample, E2eStatus e2e)
    {
        if (topic.RequestOf is { } requestOf && !gateway.MayCarry(requestOf(in sample), service))
        {
            return;
        }

        if (e2e != E2eStatus.Failed)
        {
            Write(in sample);
        }
        else if (topic.MarkInvalid is { } markInvalid)
        {
            // DDS has no word for a failed check; that the value is not to be used says the same to whoever reads it.
            var invalid = sample;
            markInvalid(ref invalid);
            Write(in invalid);
        }
        else
        {
            gateway.Counters.CountUntrusted();
        }
    }

    /// <summary>Whoever sent it: nobody vouches for these senders until their next good sample.</summary>
    public void OnDamaged()
    {
        gateway.Counters.CountUntrusted();
        OnServiceGone();
    }

    /// <summary>On DDS the sender has gone then, too.</summary>
    public void OnServiceGone()
    {
        lock (_lock)
        {
            for (var i = 0; i < _count; i++)
            {
                writer.UnregisterInstance(_last[i]);
            }

            _count = 0;
        }
    }

    private void Write(in T sample)
    {
        ref readonly var source = ref topic.SourceOf(in sample);
        carried.Add(in source);
        lock (_lock)
        {
            Remember_NeedsLock(in sample, in source);
            gateway.Counters.CountToDds(writer.TryWrite(in sample) == DdsReturnCode.Ok);
        }
    }

    private void Remember_NeedsLock(in T sample, in BoundedString32 source)
    {
        for (var i = 0; i < _count; i++)
        {
            if (topic.SourceOf(in _last[i]) == source)
            {
                _last[i] = sample;
                return;
            }
        }

        if (_count < MaxSources)
        {
            _last[_count++] = sample;
        }
    }
}
