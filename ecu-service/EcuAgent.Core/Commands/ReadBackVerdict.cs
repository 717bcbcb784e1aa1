namespace EcuAgent.Core.Commands;

/// <summary>Whether what the ECU publishes about itself fits to what it said about a command.</summary>
public enum ReadBackVerdict
{
    /// <summary>Nothing to compare: the command was not completed.</summary>
    None,

    /// <summary>The state shows it.</summary>
    Confirmed,

    /// <summary>The state is older than the command, or shows another value but names another command.</summary>
    NotShown,

    /// <summary>The state names this command and shows another value.</summary>
    Contradicted,

    /// <summary>The state is not known or too old.</summary>
    Unavailable,
}
