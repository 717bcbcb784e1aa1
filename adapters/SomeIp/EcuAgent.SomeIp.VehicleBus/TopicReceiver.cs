using System.Buffers;
using EcuAgent.E2E;
using EcuAgent.Signals;
using EcuAgent.SomeIp.Protection;
using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.SomeIp.Wire;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>One place of a topic, on its way in: end-to-end check, then the payload. Allocates nothing for a sample.</summary>
internal sealed class TopicReceiver<T>(MappedTopic topic, ISampleSink<T> sink, Action<BusWarning> warn)
    where T : unmanaged, ISomeIpType<T>
{
    private readonly E2eReception? _check = topic.CreateReception();
    private long _malformed;

    /// <summary>Payloads that do not hold the struct.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    public void OnEvent(in SomeIpEvent received)
    {
        if (_check is null)
        {
            Take(received.Payload, E2eStatus.NotUsed);
        }
        else
        {
            Judge(_check.Receive(received, out var data), data);
        }
    }

    public SomeIpReturnCode OnRequest(in SomeIpRequest request, IBufferWriter<byte> response)
    {
        // A request needs no answer (outcomes are events), so a bad one is told by counters only.
        if (_check is null)
        {
            Take(request.Payload, E2eStatus.NotUsed);
        }
        else
        {
            Judge(_check.Receive(request.Header, request.Payload, out var data), data);
        }

        return SomeIpReturnCode.Ok;
    }

    private void Judge(in E2eVerdict verdict, ReadOnlySpan<byte> data)
    {
        if (verdict.Check is not (E2eCheckStatus.Ok or E2eCheckStatus.OkSomeLost or E2eCheckStatus.Initial))
        {
            warn(new BusWarning(BusWarningKind.E2eFailed, topic.Topic, Name(verdict.Check)));
        }

        if (verdict.Check.IsError())
        {
            sink.OnDamaged();
        }
        else
        {
            Take(data, verdict.IsUsable ? E2eStatus.Ok : E2eStatus.Failed);
        }
    }

    private void Take(ReadOnlySpan<byte> payload, E2eStatus e2e)
    {
        if (SomeIpPayload.TryRead<T>(payload, out var sample, out var fault))
        {
            sink.OnSample(in sample, e2e);
            return;
        }

        Interlocked.Increment(ref _malformed);
        warn(new BusWarning(BusWarningKind.Malformed, topic.Topic, Name(fault)));
    }

    // Enum.GetName hands out the one string that the runtime keeps.
    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => Enum.GetName(value) ?? "";
}
