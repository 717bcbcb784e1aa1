using System.Buffers.Binary;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Writes a counter and the session id that it saw in front of the payload, and remembers how often it was asked.</summary>
internal sealed class MarkingProtection(Func<bool>? accepts = null) : ISomeIpProtection
{
    private int _calls;

    internal int Calls => Volatile.Read(ref _calls);

    public int HeaderBytes => 6;

    public bool TryProtect(Span<byte> message)
    {
        if (accepts?.Invoke() == false)
        {
            return false;
        }

        Assert.True(SomeIpHeader.TryRead(message, out var header));
        Assert.Equal(message.Length, (int)header.Length + SomeIpHeader.UncountedBytes);
        Assert.Equal(new byte[HeaderBytes], message.Slice(SomeIpHeader.Size, HeaderBytes).ToArray());
        var mark = message[SomeIpHeader.Size..];
        BinaryPrimitives.WriteInt32BigEndian(mark, Interlocked.Increment(ref _calls));
        BinaryPrimitives.WriteUInt16BigEndian(mark[4..], header.SessionId);
        return true;
    }

    /// <summary>What stands in front of a received payload, and the rest.</summary>
    internal static (int Counter, ushort Session, byte[] Payload) Read(ReadOnlySpan<byte> payload) =>
        (BinaryPrimitives.ReadInt32BigEndian(payload), BinaryPrimitives.ReadUInt16BigEndian(payload[4..]), payload[6..].ToArray());
}
