namespace EcuAgent.SomeIp.Wire;

/// <summary>Cuts a message into TP segments, in ascending order, all but the last of the same size. Allocates nothing.</summary>
/// <param name="header">Header of the whole message; its session id must not be 0.</param>
/// <param name="maxSegment">Bytes of a segment, 16 to 1392, rounded down to a multiple of 16.</param>
/// <param name="offset">Where to go on: the <see cref="Offset"/> that an earlier segmenter of the same message had reached.</param>
public ref struct TpSegmenter(SomeIpHeader header, ReadOnlySpan<byte> payload, int maxSegment = TpHeader.MaxSegment, int offset = 0)
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private readonly int _segment = Math.Clamp(maxSegment, TpHeader.Alignment, TpHeader.MaxSegment) & ~(TpHeader.Alignment - 1);
    private int _offset = offset;
    private bool _done;

    /// <summary>Largest datagram that <see cref="TryWriteNext"/> writes.</summary>
    public const int MaxDatagram = SomeIpHeader.Size + TpHeader.Size + TpHeader.MaxSegment;

    /// <summary>Payload bytes written so far.</summary>
    public readonly int Offset => _offset;

    /// <summary>False when the last segment was written before.</summary>
    public bool TryWriteNext(Span<byte> datagram, out int written)
    {
        written = 0;
        if (_done)
        {
            return false;
        }

        var size = Math.Min(_segment, _payload.Length - _offset);
        var more = _offset + size < _payload.Length;
        (header with
        {
            Length = (uint)(SomeIpHeader.LengthOfEmpty + TpHeader.Size + size),
            MessageType = header.MessageType.WithTp(),
        }).Write(datagram);
        new TpHeader((uint)_offset, more).Write(datagram[SomeIpHeader.Size..]);
        _payload.Slice(_offset, size).CopyTo(datagram[(SomeIpHeader.Size + TpHeader.Size)..]);
        written = SomeIpHeader.Size + TpHeader.Size + size;
        _offset += size;
        _done = !more;
        return true;
    }
}
