using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>The 16 bytes in front of each message, big-endian on the wire.</summary>
/// <param name="Length">Bytes from <see cref="ClientId"/> to the end of the payload: 8 + payload.</param>
/// <param name="MethodId">Method, or event from 0x8000.</param>
/// <param name="InterfaceVersion">Major version of the service.</param>
public readonly record struct SomeIpHeader(
    ushort ServiceId,
    ushort MethodId,
    uint Length,
    ushort ClientId,
    ushort SessionId,
    byte ProtocolVersion,
    byte InterfaceVersion,
    SomeIpMessageType MessageType,
    SomeIpReturnCode ReturnCode)
{
    public const int Size = 16;

    /// <summary>Bytes of the header that <see cref="Length"/> counts.</summary>
    public const int LengthOfEmpty = 8;

    /// <summary>Bytes of the header that <see cref="Length"/> does not count.</summary>
    public const int UncountedBytes = 8;

    public const byte SupportedProtocolVersion = 1;

    /// <summary>Largest payload in one UDP message; above it stands TP.</summary>
    public const int MaxUdpPayload = 1400;

    /// <summary>From this id on it is an event.</summary>
    public const ushort FirstEventId = 0x8000;

    /// <summary>A message with the protocol version in use and the length of <paramref name="payloadBytes"/>.</summary>
    public static SomeIpHeader For(
        ushort serviceId, ushort methodId, int payloadBytes, ushort clientId, ushort sessionId, byte interfaceVersion,
        SomeIpMessageType type, SomeIpReturnCode code = SomeIpReturnCode.Ok) =>
        new(serviceId, methodId, (uint)(LengthOfEmpty + payloadBytes), clientId, sessionId, SupportedProtocolVersion, interfaceVersion, type, code);

    /// <summary>False when there are fewer than <see cref="Size"/> bytes. Checks nothing else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SomeIpHeader header)
    {
        if (source.Length < Size)
        {
            header = default;
            return false;
        }

        header = new SomeIpHeader(
            BinaryPrimitives.ReadUInt16BigEndian(source),
            BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(source[10..]),
            source[12],
            source[13],
            (SomeIpMessageType)source[14],
            (SomeIpReturnCode)source[15]);
        return true;
    }

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        destination[15] = (byte)ReturnCode;
        BinaryPrimitives.WriteUInt16BigEndian(destination, ServiceId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], MethodId);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], ClientId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], SessionId);
        destination[12] = ProtocolVersion;
        destination[13] = InterfaceVersion;
        destination[14] = (byte)MessageType;
    }
}
