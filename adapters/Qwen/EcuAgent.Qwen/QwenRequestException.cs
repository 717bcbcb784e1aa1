namespace EcuAgent.Qwen;

/// <summary>A request that this client cannot serve; the client stays usable.</summary>
public sealed class QwenRequestException : Exception
{
    public QwenRequestException(QwenRequestError error, string message)
        : base(message) => Error = error;

    /// <summary>What was wrong.</summary>
    public QwenRequestError Error { get; }
}
