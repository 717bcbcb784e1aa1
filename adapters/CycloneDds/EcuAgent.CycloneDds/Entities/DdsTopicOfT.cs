using System.Text;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.CycloneDds;

/// <summary>A topic whose samples are <typeparamref name="T"/>. Its readers and writers keep it alive natively.</summary>
public sealed unsafe class DdsTopic<T> : DdsTopic
    where T : unmanaged, IDdsType<T>
{
    internal DdsTopic(DdsParticipant participant, string topicName, DdsQos? qos, Action<DdsInconsistentTopic>? onInconsistent)
        : base(participant, topicName, T.Descriptor.TypeName, onInconsistent)
    {
        var nativeName = Encoding.UTF8.GetBytes(topicName + "\0");
        var descriptor = (nint)NativeDescriptor<T>.Pointer;
        CreateNative(
            participant.Handle,
            null,
            qos,
            &ListenerCallbacks.MakeNone,
            (nativeQos, listener) =>
            {
                fixed (byte* name = nativeName)
                {
                    return Interop.dds_create_topic(participant.Handle, (Interop.dds_topic_descriptor*)descriptor, name, nativeQos, listener);
                }
            },
            nameof(Interop.dds_create_topic));
    }
}
