namespace EcuAgent.SomeIp;

/// <summary>How a call ended.</summary>
public enum SomeIpCallOutcome
{
    /// <summary>The server answered; its return code says what.</summary>
    Answered,

    /// <summary>No answer within the time given.</summary>
    TimedOut,

    /// <summary>The service is not there.</summary>
    NotAvailable,

    /// <summary>The request could not be sent: too large without TP, queue full, socket error. The counters say which.</summary>
    NotSent,

    /// <summary>As many calls wait as allowed.</summary>
    TooManyCalls,

    /// <summary>The TCP connection ended, or the service went away, before the answer came. Whether the server ran the method is not known.</summary>
    ConnectionLost,
}
