using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>A received event; the payload is valid during the handler only.</summary>
public readonly ref struct SomeIpEvent(SomeIpHeader header, ReadOnlySpan<byte> payload, int generation = 0)
{
    public SomeIpHeader Header { get; } = header;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>
    /// Rises when the proxy's service came, went or restarted, or a subscription of the proxy ended or began anew: what counts messages of the
    /// sender, such as E2E, starts anew as well. Wraps.
    /// </summary>
    public int Generation { get; } = generation;
}

/// <summary>Runs on the thread of the socket: be quick, and copy what is to last. An exception is logged and counted.</summary>
public delegate void SomeIpEventReceived(in SomeIpEvent received);
