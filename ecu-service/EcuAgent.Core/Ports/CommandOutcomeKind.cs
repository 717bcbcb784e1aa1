namespace EcuAgent.Core.Ports;

/// <summary>What an ECU says about a command. Order of the wire contract.</summary>
public enum CommandOutcomeKind
{
    /// <summary>Not set, or a value that we do not know: counted and ignored.</summary>
    Unknown,

    /// <summary>Taken; it is being carried out.</summary>
    Accepted,

    /// <summary>Carried out.</summary>
    Completed,

    /// <summary>Not taken.</summary>
    Rejected,

    /// <summary>Taken, but could not be carried out.</summary>
    Failed,
}
