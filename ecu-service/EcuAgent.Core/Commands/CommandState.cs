namespace EcuAgent.Core.Commands;

/// <summary>Life of a command: Issued, perhaps Accepted, then exactly one of the other four, which is final.</summary>
public enum CommandState
{
    /// <summary>Given to the transport; nothing heard yet.</summary>
    Issued,

    /// <summary>The ECU took it.</summary>
    Accepted,

    /// <summary>The ECU reports it done.</summary>
    Completed,

    /// <summary>The ECU did not take it.</summary>
    Rejected,

    /// <summary>The ECU could not do it, or it could not be sent.</summary>
    Failed,

    /// <summary>No final outcome before the expiry.</summary>
    Expired,
}
