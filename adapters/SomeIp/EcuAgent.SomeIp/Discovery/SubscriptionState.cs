namespace EcuAgent.SomeIp.Discovery;

/// <summary>State of a client's subscription to an eventgroup.</summary>
public enum SubscriptionState
{
    /// <summary>The service is not there, or its answer is not.</summary>
    Waiting,
    Subscribed,

    /// <summary>The server said no; it is asked again at its next offer.</summary>
    Refused,
}
