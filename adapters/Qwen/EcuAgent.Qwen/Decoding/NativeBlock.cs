using System.Runtime.InteropServices;

namespace EcuAgent.Qwen.Decoding;

/// <summary>Zeroed memory outside the managed heap; pages never written cost nothing.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const nuint CacheLine = 64;
    private readonly void* _raw;
    private bool _isFreed;

    public NativeBlock(long byteCount)
    {
        ByteCount = byteCount;
        _raw = NativeMemory.AllocZeroed((nuint)byteCount + CacheLine);
        Pointer = (byte*)(((nuint)_raw + CacheLine - 1) & ~(CacheLine - 1));
    }

    public long ByteCount { get; }

    /// <summary>First byte, at the start of a cache line.</summary>
    public byte* Pointer { get; }

    public Span<T> As<T>(int count)
        where T : unmanaged => new(Pointer, count);

    public void Dispose()
    {
        if (!_isFreed)
        {
            _isFreed = true;
            NativeMemory.Free(_raw);
        }
    }
}
