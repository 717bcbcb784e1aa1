using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>A received event; the payload is valid during the handler only.</summary>
public readonly ref struct SomeIpEvent(SomeIpHeader header, ReadOnlySpan<byte> payload)
{
    public SomeIpHeader Header { get; } = header;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}

/// <summary>Runs on the thread of the socket: be quick, and copy what is to last. An exception is logged and counted.</summary>
public delegate void SomeIpEventReceived(in SomeIpEvent received);
