using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Transport;

/// <summary>One outgoing datagram for each thread, so that sending neither allocates nor locks.</summary>
internal static class DatagramScratch
{
    private const int Size = SomeIpHeader.Size + SomeIpHeader.MaxUdpPayload;

    [ThreadStatic]
    private static byte[]? _buffer;

    internal static byte[] Buffer => _buffer ??= new byte[Size];
}
