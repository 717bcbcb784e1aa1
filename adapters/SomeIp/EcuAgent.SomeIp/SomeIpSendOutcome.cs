namespace EcuAgent.SomeIp;

/// <summary>What became of a message that nobody answers.</summary>
public enum SomeIpSendOutcome
{
    Sent,

    /// <summary>Nobody has subscribed.</summary>
    NoSubscriber,

    /// <summary>The service is not there, or not offered.</summary>
    NotAvailable,

    /// <summary>Not sent, or not to all; the counters say why.</summary>
    Failed,
}
