namespace EcuAgent.QwenCloud;

/// <summary>Why an exchange with the endpoint failed.</summary>
public enum QwenCloudError
{
    /// <summary>No connection: name not resolved, refused, no route.</summary>
    Unreachable,

    /// <summary>The server's certificate or the TLS handshake is not acceptable. Nothing was sent.</summary>
    Tls,

    /// <summary>The connection ended in the middle.</summary>
    ConnectionLost,

    /// <summary>The whole exchange took too long.</summary>
    TimedOut,

    /// <summary>The server was silent for too long.</summary>
    Stalled,

    /// <summary>429: too many requests, or the quota is used up.</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>401 or 403: the key is not accepted.</summary>
    KeyRefused,

    /// <summary>Another 4xx: the endpoint does not take the request as it is.</summary>
    RequestRefused,

    /// <summary>3xx: redirects are not followed, because consent is for one endpoint.</summary>
    Redirected,

    /// <summary>The request's body is over its bound; nothing was sent.</summary>
    RequestTooLarge,

    /// <summary>The response's body is over its bound.</summary>
    ResponseTooLarge,

    /// <summary>The response is not what the protocol says.</summary>
    Garbage,

    /// <summary>The answer ended before it was complete.</summary>
    Incomplete,
}
