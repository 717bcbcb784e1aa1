namespace EcuAgent.SomeIp.Services;

/// <summary>What carries a message.</summary>
public enum TopicTransport
{
    /// <summary>UDP: up to 1400 bytes, may be lost.</summary>
    Udp,

    /// <summary>TCP: any length, in order, none lost while the connection stands.</summary>
    Tcp,
}
