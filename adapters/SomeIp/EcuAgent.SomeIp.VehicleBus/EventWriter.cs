using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Events and fields of a service of our own. A field exists from its first value on, so that no subscriber gets a value that nobody said.</summary>
internal sealed class EventWriter<T>(SomeIpService service, MappedTopic topic, TimeProvider time, Action<BusWarning> warn)
    : SomeIpTopicWriter<T>(topic, time, warn)
    where T : unmanaged, ISomeIpType<T>
{
    private readonly ushort _id = topic.Id;
    private SomeIpField? _field;

    public override bool HasPeer => service.HasSubscriber(_id);

    protected override bool KeepsValue { get; } = topic.Kind == TopicKind.Field;

    protected override SomeIpSendOutcome Send(ReadOnlySpan<byte> payload)
    {
        if (!KeepsValue)
        {
            return service.Notify(_id, payload);
        }

        _field ??= service.AddField(payload, notifierId: _id);
        return _field.Set(payload);
    }
}
