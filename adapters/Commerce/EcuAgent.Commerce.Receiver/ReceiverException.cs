namespace EcuAgent.Commerce.Receiver;

/// <summary>The receiver cannot listen as it is set up; names the setting, its value and what is wrong.</summary>
public sealed class ReceiverException : Exception
{
    public ReceiverException(string message)
        : base(message)
    {
    }

    public ReceiverException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ReceiverException()
    {
    }
}
