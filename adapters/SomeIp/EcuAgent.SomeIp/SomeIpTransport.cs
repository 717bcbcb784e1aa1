namespace EcuAgent.SomeIp;

/// <summary>How a message travels.</summary>
public enum SomeIpTransport
{
    Udp,
    Tcp,
}
