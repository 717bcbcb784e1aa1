using EcuAgent.SomeIp.Wire;

namespace EcuAgent.Fuzz;

/// <summary>Messages as bytes.</summary>
internal static class Messages
{
    internal static byte[] Join(params byte[][] payloads) => [.. payloads.SelectMany(static payload => One(payload))];

    internal static byte[] One(ReadOnlySpan<byte> payload, SomeIpMessageType type = SomeIpMessageType.Request) =>
        One(SomeIpHeader.For(0x1234, 0x0421, payload.Length, 1, 1, 1, type), payload);

    internal static byte[] One(SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[SomeIpHeader.Size + payload.Length];
        header.Write(bytes);
        payload.CopyTo(bytes.AsSpan(SomeIpHeader.Size));
        return bytes;
    }

    /// <summary>The datagrams of a message in TP segments.</summary>
    internal static List<byte[]> Segments(SomeIpHeader header, byte[] payload, int maxSegment = TpHeader.MaxSegment)
    {
        var segments = new List<byte[]>();
        var segmenter = new TpSegmenter(header, payload, maxSegment);
        var datagram = new byte[TpSegmenter.MaxDatagram];
        while (segmenter.TryWriteNext(datagram, out var written))
        {
            segments.Add(datagram[..written]);
        }

        return segments;
    }
}
