namespace EcuAgent.SomeIp.Wire;

/// <summary>Protocol number in an endpoint option.</summary>
public enum SdTransport : byte
{
    Tcp = 0x06,
    Udp = 0x11,
}
