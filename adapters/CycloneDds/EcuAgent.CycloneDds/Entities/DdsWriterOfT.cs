using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.CycloneDds;

/// <summary>Writes samples of <typeparamref name="T"/>. All methods may be called from several threads at once.</summary>
public sealed unsafe class DdsWriter<T> : DdsWriter
    where T : unmanaged, IDdsType<T>
{
    internal DdsWriter(DdsParticipant participant, DdsTopic<T> topic, DdsQos? qos, DdsWriterHandlers? handlers)
        : base(topic, handlers) => CreateNative(
            participant.Handle,
            topic.Handle,
            qos,
            &ListenerCallbacks.MakeWriter,
            (nativeQos, listener) => Interop.dds_create_writer(participant.Handle, topic.Handle, nativeQos, listener),
            nameof(Interop.dds_create_writer));

    /// <summary>Writes a sample with the current time as source time stamp. Allocates nothing.</summary>
    /// <exception cref="DdsException">Timeout: the cache was full for the max blocking time. BadParameter: the sample does not fit its type.</exception>
    public void Write(in T sample)
    {
        var result = (int)TryWrite(in sample);
        if (result < 0)
        {
            DdsException.Throw(result, nameof(Interop.dds_write), Name);
        }
    }

    /// <summary>Like <see cref="Write"/>, with the refusal as a value.</summary>
    /// <returns>Ok, or why nothing was written.</returns>
    public DdsReturnCode TryWrite(in T sample)
    {
        fixed (T* data = &sample)
        {
            return (DdsReturnCode)Interop.dds_write(Handle, data);
        }
    }

    /// <summary>Writes a sample with a source time stamp of the caller.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="sourceTimestampNanoseconds">UTC in ns since 1970, not negative.</param>
    /// <exception cref="DdsException">As <see cref="Write"/>.</exception>
    public void WriteWithTimestamp(in T sample, long sourceTimestampNanoseconds)
    {
        fixed (T* data = &sample)
        {
            DdsException.ThrowIfError(Interop.dds_write_ts(Handle, data, sourceTimestampNanoseconds), nameof(Interop.dds_write_ts), Name);
        }
    }

    /// <summary>Disposes the instance that the key fields name: readers see it as not alive.</summary>
    public void DisposeInstance(in T key)
    {
        fixed (T* data = &key)
        {
            DdsException.ThrowIfError(Interop.dds_dispose(Handle, data), nameof(Interop.dds_dispose), Name);
        }
    }

    /// <summary>Says that this writer writes the instance no more.</summary>
    public void UnregisterInstance(in T key)
    {
        fixed (T* data = &key)
        {
            DdsException.ThrowIfError(Interop.dds_unregister_instance(Handle, data), nameof(Interop.dds_unregister_instance), Name);
        }
    }
}
