using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Transport;

/// <summary>Takes whole messages, on the thread of the socket they came from. Must not throw.</summary>
internal interface IMessageHandler
{
    void OnMessage(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload);
}
