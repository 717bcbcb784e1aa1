namespace EcuAgent.SomeIp.Transport;

/// <summary>Is told about the life of TCP connections, on their threads.</summary>
internal interface ITcpOwner
{
    void Connected(TcpConnection connection);

    void Closed(TcpConnection connection);
}
