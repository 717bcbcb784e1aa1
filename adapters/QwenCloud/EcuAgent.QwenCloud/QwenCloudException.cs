namespace EcuAgent.QwenCloud;

/// <summary>An exchange with the endpoint failed. The message holds no speech, no key and nothing of the response's body.</summary>
public sealed class QwenCloudException : Exception
{
    /// <summary>Makes one.</summary>
    public QwenCloudException(QwenCloudError error, string message, Exception? inner = null, TimeSpan? retryAfter = null)
        : base(message, inner)
    {
        Error = error;
        RetryAfter = retryAfter;
    }

    /// <summary>What failed.</summary>
    public QwenCloudError Error { get; }

    /// <summary>How long the server asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The first of this type in a chain of causes, or null.</summary>
    internal static QwenCloudException? Find(Exception? error)
    {
        while (error is not null and not QwenCloudException)
        {
            error = error is AggregateException { InnerExceptions: [var first, ..] } ? first : error.InnerException;
        }

        return error as QwenCloudException;
    }
}
