using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.Qwen.Decoding;

/// <summary>
/// Keys and values of one sequence in main memory, for all layers. Shared: the graph's inputs and outputs are the same memory, as
/// wide as the context, and attention appends in place. Swapped: inputs hold exactly the past, outputs the past and what is new, and
/// the two change places after each run.
/// </summary>
internal sealed unsafe class KvCache : IDisposable
{
    private readonly GraphSignature _signature;
    private readonly int _maxContext;
    private readonly long _rowBytes;
    private readonly long _tensorBytes;
    private NativeBlock _past;
    private NativeBlock _present;
    private bool _isBound;

    public KvCache(GraphSignature signature, int maxContext, bool isShared)
    {
        _signature = signature;
        _maxContext = maxContext;
        IsShared = isShared;
        _rowBytes = (long)signature.CacheWidth * signature.Past[0].ElementSize;
        _tensorBytes = _rowBytes * signature.CacheHeads * maxContext;
        _past = new NativeBlock(_tensorBytes * signature.Past.Length);
        _present = isShared ? _past : new NativeBlock(_tensorBytes * signature.Past.Length);
    }

    public bool IsShared { get; }

    private int TensorCount => _signature.Past.Length;

    private int Heads => _signature.CacheHeads;

    /// <summary>Bytes that the cache of one sequence can take.</summary>
    public static long BytesOf(GraphSignature signature, int maxContext, bool isShared) => signature.CacheBytesPerPosition * maxContext * (isShared ? 1 : 2);

    /// <summary>Binds the cache for a run that follows <paramref name="length"/> positions and adds <paramref name="count"/>.</summary>
    public void Bind(OrtIoBinding binding, int length, int count)
    {
        if (IsShared && _isBound)
        {
            return;
        }

        ReadOnlySpan<long> past = [1, Heads, IsShared ? _maxContext : length, _signature.CacheWidth];
        ReadOnlySpan<long> present = [1, Heads, IsShared ? _maxContext : length + count, _signature.CacheWidth];
        for (var i = 0; i < TensorCount; i++)
        {
            _signature.Past[i].Bind(binding, _past.Pointer + (i * _tensorBytes), past);
            _signature.Present[i].Bind(binding, _present.Pointer + (i * _tensorBytes), present);
        }

        _isBound = true;
    }

    /// <summary>Takes what the last run has written.</summary>
    public void Commit() => (_past, _present) = (_present, _past);

    /// <summary>Forgets positions from <paramref name="to"/> on.</summary>
    public void Truncate(int from, int to)
    {
        if (IsShared || from == to)
        {
            return;
        }

        for (var i = 0; i < TensorCount; i++)
        {
            var tensor = _past.Pointer + (i * _tensorBytes);
            for (var head = 1; head < Heads; head++)
            {
                // Towards the front, so an overlap is no harm.
                Buffer.MemoryCopy(tensor + (head * from * _rowBytes), tensor + (head * to * _rowBytes), to * _rowBytes, to * _rowBytes);
            }
        }
    }

    /// <summary>A copy of the first positions, packed.</summary>
    public NativeBlock CopyOut(int length, int count)
    {
        var copy = new NativeBlock(_signature.CacheBytesPerPosition * count);
        Copy(_past.Pointer, _tensorBytes, Stride(length), copy.Pointer, _rowBytes * Heads * count, count * _rowBytes, count);
        return copy;
    }

    /// <summary>Replaces everything by the first <paramref name="count"/> of the <paramref name="copied"/> positions of a packed copy.</summary>
    public void CopyIn(NativeBlock copy, int copied, int count) =>
        Copy(copy.Pointer, _rowBytes * Heads * copied, copied * _rowBytes, _past.Pointer, _tensorBytes, Stride(count), count);

    public void Dispose()
    {
        _past.Dispose();
        _present.Dispose();
    }

    private long Stride(int length) => (IsShared ? _maxContext : length) * _rowBytes;

    private void Copy(byte* from, long fromTensor, long fromHead, byte* to, long toTensor, long toHead, int count)
    {
        for (var i = 0; i < TensorCount; i++)
        {
            for (var head = 0; head < Heads; head++)
            {
                Buffer.MemoryCopy(from + (i * fromTensor) + (head * fromHead), to + (i * toTensor) + (head * toHead), count * _rowBytes, count * _rowBytes);
            }
        }
    }
}
