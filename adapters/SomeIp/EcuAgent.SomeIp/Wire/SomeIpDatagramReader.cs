namespace EcuAgent.SomeIp.Wire;

/// <summary>The messages of one datagram, one after the other. Allocates nothing.</summary>
public ref struct SomeIpDatagramReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>
    /// False at the end, or with a fault: then nothing behind it can be told apart and the rest of the datagram is lost.
    /// </summary>
    public bool TryRead(out SomeIpHeader header, out ReadOnlySpan<byte> payload, out SomeIpFault fault)
    {
        payload = default;
        fault = SomeIpFault.None;
        if (_rest.IsEmpty)
        {
            header = default;
            return false;
        }

        if (!SomeIpHeader.TryRead(_rest, out header))
        {
            fault = SomeIpFault.HeaderTruncated;
        }
        else if (header.Length < SomeIpHeader.LengthOfEmpty)
        {
            fault = SomeIpFault.LengthTooSmall;
        }
        else if (header.Length > (uint)(_rest.Length - SomeIpHeader.UncountedBytes))
        {
            fault = SomeIpFault.LengthBeyondDatagram;
        }

        if (fault != SomeIpFault.None)
        {
            _rest = default;
            return false;
        }

        var end = SomeIpHeader.UncountedBytes + (int)header.Length;
        payload = _rest[SomeIpHeader.Size..end];
        _rest = _rest[end..];
        return true;
    }
}
