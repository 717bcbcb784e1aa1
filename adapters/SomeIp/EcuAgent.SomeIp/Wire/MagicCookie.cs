namespace EcuAgent.SomeIp.Wire;

/// <summary>The 16 bytes that mark a place in a TCP stream where a message begins.</summary>
public static class MagicCookie
{
    public const int Size = SomeIpHeader.Size;

    /// <summary>Sent by the side that opened the connection.</summary>
    public static ReadOnlySpan<byte> OfClient =>
        [0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0x00, 0x08, 0xDE, 0xAD, 0xBE, 0xEF, 0x01, 0x01, 0x01, 0x00];

    /// <summary>Sent by the side that took the connection.</summary>
    public static ReadOnlySpan<byte> OfServer =>
        [0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x00, 0x08, 0xDE, 0xAD, 0xBE, 0xEF, 0x01, 0x01, 0x02, 0x00];

    public static bool Is(in SomeIpHeader header) =>
        header is { ServiceId: 0xFFFF, Length: SomeIpHeader.LengthOfEmpty, ClientId: 0xDEAD, SessionId: 0xBEEF } &&
        header.MethodId is 0x0000 or 0x8000;

    /// <summary>Place of the first cookie of either side, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<byte> bytes)
    {
        var client = bytes.IndexOf(OfClient);
        var server = bytes.IndexOf(OfServer);
        return client < 0 ? server : server < 0 ? client : Math.Min(client, server);
    }
}
