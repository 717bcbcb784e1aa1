namespace EcuAgent.Core.Ports;

/// <summary>What was decided, as other ECUs see it. Order of the wire contract.</summary>
public enum DecisionKind
{
    /// <summary>Refused.</summary>
    Deny,

    /// <summary>Carried out.</summary>
    Allow,

    /// <summary>Waits for a yes.</summary>
    Confirm,

    /// <summary>Waits for the car to be parked.</summary>
    Defer,

    /// <summary>A question is asked instead of acting.</summary>
    Ask,
}
