using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Methods of a service of somebody else: requests that nobody answers, since an outcome comes later as an event.</summary>
internal sealed class RequestWriter<T>(SomeIpProxy proxy, MappedTopic topic, TimeProvider time, Action<BusWarning> warn)
    : SomeIpTopicWriter<T>(topic, time, warn)
    where T : unmanaged, ISomeIpType<T>
{
    private readonly ushort _id = topic.Id;

    public override bool HasPeer => proxy.IsAvailable;

    // A command that waits may be carried out late.
    protected override bool KeepsValue => false;

    protected override SomeIpSendOutcome Send(ReadOnlySpan<byte> payload) => proxy.Send(_id, payload);
}
