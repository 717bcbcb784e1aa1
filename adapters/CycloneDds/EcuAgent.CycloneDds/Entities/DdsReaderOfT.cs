using System.Buffers;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.CycloneDds;

/// <summary>Reads samples of <typeparamref name="T"/>. All methods may be called from several threads at once.</summary>
public sealed unsafe class DdsReader<T> : DdsReader
    where T : unmanaged, IDdsType<T>
{
    private const int StackPointers = 128;

    private readonly Action<DdsReader<T>>? _onData;

    internal DdsReader(DdsParticipant participant, DdsTopic<T> topic, DdsQos? qos, DdsReaderHandlers? handlers, Action<DdsReader<T>>? onData)
        : base(topic, handlers)
    {
        _onData = onData;
        CreateNative(
            participant.Handle,
            topic.Handle,
            qos,
            onData is null ? &ListenerCallbacks.MakeReaderStatus : &ListenerCallbacks.MakeReader,
            (nativeQos, listener) => Interop.dds_create_reader(participant.Handle, topic.Handle, nativeQos, listener),
            nameof(Interop.dds_create_reader));
        SetReady();
    }

    /// <summary>Takes samples out of the reader, oldest first within an instance. Does not wait and allocates nothing.</summary>
    /// <param name="samples">Filled from the start. An entry is a sample only where <see cref="DdsSampleInfo.ValidData"/> is true.</param>
    /// <param name="infos">Filled in step with <paramref name="samples"/>; the shorter of the two bounds the number.</param>
    /// <returns>How many entries were filled, 0 when there is nothing. Equal to the bound: there may be more.</returns>
    /// <exception cref="DdsException">Cyclone refused.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    public int Take(Span<T> samples, Span<DdsSampleInfo> infos)
    {
        var capacity = Math.Min(samples.Length, infos.Length);
        var pointers = stackalloc void*[StackPointers];
        var filled = 0;
        fixed (T* sample = samples)
        fixed (DdsSampleInfo* info = infos)
        {
            while (filled < capacity)
            {
                var wanted = Math.Min(StackPointers, capacity - filled);
                Point(pointers, sample + filled, wanted);
                var taken = Interop.dds_take(Handle, pointers, info + filled, (nuint)wanted, (uint)wanted);
                if (taken < 0)
                {
                    DdsException.Throw(taken, nameof(Interop.dds_take), Name);
                }

                filled += taken;
                if (taken < wanted)
                {
                    break;
                }
            }
        }

        return filled;
    }

    /// <summary>Takes one sample. Does not wait and allocates nothing.</summary>
    /// <returns>False when there is nothing.</returns>
    public bool TryTake(out T sample, out DdsSampleInfo info)
    {
        sample = default;
        info = default;
        return Take(new Span<T>(ref sample), new Span<DdsSampleInfo>(ref info)) == 1;
    }

    /// <summary>Like <see cref="Take"/>, but the samples stay in the reader, marked as read.</summary>
    public int Read(Span<T> samples, Span<DdsSampleInfo> infos)
    {
        var capacity = Math.Min(samples.Length, infos.Length);
        if (capacity == 0)
        {
            return 0;
        }

        nint[]? rented = null;
        var pointers = capacity <= StackPointers
            ? stackalloc nint[StackPointers]
            : (rented = ArrayPool<nint>.Shared.Rent(capacity));
        try
        {
            fixed (T* sample = samples)
            fixed (DdsSampleInfo* info = infos)
            fixed (nint* pointer = pointers)
            {
                Point((void**)pointer, sample, capacity);
                return DdsException.ThrowIfError(
                    Interop.dds_read(Handle, (void**)pointer, info, (nuint)capacity, (uint)capacity), nameof(Interop.dds_read), Name);
            }
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<nint>.Shared.Return(rented);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnData() => Invoke(_onData, this, "data available");

    private static void Point(void** pointers, T* first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            pointers[i] = first + i;
        }
    }
}
