namespace EcuAgent.Core.Gate;

/// <summary>What a cell of the table says, from strictest to loosest; the numeric order is used for comparison.</summary>
public enum GateVerdict
{
    /// <summary>Refused; asking again later in another state may succeed, but nothing is kept.</summary>
    Deny,

    /// <summary>Kept with an expiry and asked again when the car is parked.</summary>
    Defer,

    /// <summary>Only after read-back and an explicit yes.</summary>
    Confirm,

    /// <summary>Carried out, within the cell's channel and limits.</summary>
    Allow,
}
