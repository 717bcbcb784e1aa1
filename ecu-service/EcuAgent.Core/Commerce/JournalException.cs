namespace EcuAgent.Core.Commerce;

/// <summary>The purchase journal could not be written or read. The message names the file and the cause, and nothing that was bought.</summary>
public sealed class JournalException : Exception
{
    /// <summary>A fault without a cause of its own.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
