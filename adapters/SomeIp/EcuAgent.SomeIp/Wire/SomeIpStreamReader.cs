namespace EcuAgent.SomeIp.Wire;

/// <summary>
/// The messages of a TCP stream. When the place is lost (a length that cannot be) and the peer has sent a magic cookie before, the
/// bytes up to the next one are skipped; otherwise the stream is over.
/// </summary>
/// <param name="maxMessageBytes">Largest message, header included.</param>
public sealed class SomeIpStreamReader(int maxMessageBytes)
{
    private byte[] _buffer = new byte[Math.Min(4096, Math.Max(maxMessageBytes, MagicCookie.Size))];
    private int _start;
    private int _end;
    private bool _cookiesSeen;
    private bool _searching;

    /// <summary>The stream cannot be read any further.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Bytes skipped to find the place again, in sum.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Bytes that wait for the rest of their message.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>Where the next received bytes go; never empty once all messages were read.</summary>
    public Span<byte> FreeSpace
    {
        get
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }

            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, Math.Max(maxMessageBytes, MagicCookie.Size)));
            }

            return _buffer.AsSpan(_end);
        }
    }

    /// <summary>So many bytes of <see cref="FreeSpace"/> were filled.</summary>
    public void Advance(int bytes) => _end += bytes;

    /// <summary>
    /// False when no whole message is there or with a fault. After <see cref="SomeIpFault.StreamResynchronized"/> read again; after any
    /// other fault look at <see cref="IsLost"/>. Cookies are swallowed. The payload is valid until <see cref="FreeSpace"/> is next used.
    /// </summary>
    public bool TryRead(out SomeIpHeader header, out ReadOnlySpan<byte> payload, out SomeIpFault fault)
    {
        payload = default;
        header = default;
        fault = SomeIpFault.None;
        if (_searching && !TryFindCookie(out fault))
        {
            return false;
        }

        if (fault != SomeIpFault.None)
        {
            return false;
        }

        while (!IsLost && SomeIpHeader.TryRead(_buffer.AsSpan(_start.._end), out header))
        {
            if (header.Length < SomeIpHeader.LengthOfEmpty)
            {
                fault = Lose(SomeIpFault.LengthTooSmall);
                return false;
            }

            if (header.Length > (uint)Math.Max(maxMessageBytes - SomeIpHeader.UncountedBytes, SomeIpHeader.LengthOfEmpty))
            {
                fault = Lose(SomeIpFault.LengthBeyondLimit);
                return false;
            }

            var size = SomeIpHeader.UncountedBytes + (int)header.Length;
            if (_end - _start < size)
            {
                return false;
            }

            var message = _buffer.AsSpan(_start, size);
            _start += size;
            if (MagicCookie.Is(header))
            {
                _cookiesSeen = true;
                continue;
            }

            payload = message[SomeIpHeader.Size..];
            return true;
        }

        return false;
    }

    private SomeIpFault Lose(SomeIpFault fault)
    {
        _searching = _cookiesSeen;
        IsLost = !_cookiesSeen;
        return fault;
    }

    private bool TryFindCookie(out SomeIpFault fault)
    {
        var bytes = _buffer.AsSpan(_start.._end);
        var index = MagicCookie.IndexIn(bytes);
        // Without a cookie its first bytes may be the last ones received.
        var skip = index >= 0 ? index : Math.Max(bytes.Length - (MagicCookie.Size - 1), 0);
        _start += skip;
        SkippedBytes += skip;
        fault = index >= 0 ? SomeIpFault.StreamResynchronized : SomeIpFault.None;
        _searching = index < 0;
        return index >= 0;
    }
}
