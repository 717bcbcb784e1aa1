namespace EcuAgent.E2E;

/// <summary>
/// E2E in SOME/IP: the header stands between return code and payload, and protection starts at the Request ID, so that Message
/// ID and Length are outside.
/// </summary>
public static class SomeIpE2e
{
    /// <summary>Bytes of the SOME/IP header.</summary>
    public const int MessageHeaderBytes = 16;

    /// <summary>Where protection starts in the whole message: the Request ID.</summary>
    public const int ProtectedFromByte = 8;

    /// <summary>The <see cref="E2eOptions.OffsetBytes"/> to use: the E2E header follows the return code.</summary>
    public const int OffsetBytes = MessageHeaderBytes - ProtectedFromByte;

    /// <summary>The protected bytes of a whole message; empty, and so refused by all, when it is shorter than its header.</summary>
    public static Span<byte> Protected(Span<byte> message) =>
        message.Length < MessageHeaderBytes ? [] : message[ProtectedFromByte..];

    /// <inheritdoc cref="Protected(Span{byte})"/>
    public static ReadOnlySpan<byte> Protected(ReadOnlySpan<byte> message) =>
        message.Length < MessageHeaderBytes ? [] : message[ProtectedFromByte..];
}
