namespace EcuAgent.SomeIp.Discovery;

/// <summary>Why a remote service is no longer there.</summary>
public enum ServiceDownReason
{
    Stopped,
    Expired,
    Rebooted,

    /// <summary>Offered at another endpoint; it is there again at once.</summary>
    Moved,
}
