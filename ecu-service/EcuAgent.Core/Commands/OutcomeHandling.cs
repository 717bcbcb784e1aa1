namespace EcuAgent.Core.Commands;

/// <summary>What became of an outcome that came in.</summary>
public enum OutcomeHandling
{
    /// <summary>It moved a command on.</summary>
    Applied,

    /// <summary>It says again what was known, or contradicts a final outcome: nothing changed.</summary>
    Duplicate,

    /// <summary>It came after the command had expired: nothing changed.</summary>
    Late,

    /// <summary>No such command is known.</summary>
    UnknownCommand,

    /// <summary>The kind is not one that we know, or the id is empty.</summary>
    Invalid,
}
