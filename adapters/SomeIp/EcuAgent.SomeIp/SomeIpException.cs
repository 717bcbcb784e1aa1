namespace EcuAgent.SomeIp;

/// <summary>A node or service cannot be set up as asked.</summary>
public sealed class SomeIpException : Exception
{
    public SomeIpException()
    {
    }

    public SomeIpException(string message)
        : base(message)
    {
    }

    public SomeIpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
