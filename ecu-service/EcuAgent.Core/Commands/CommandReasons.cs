namespace EcuAgent.Core.Commands;

/// <summary>Reason codes that the tracker gives itself; all others come from the ECU.</summary>
public static class CommandReasons
{
    /// <summary>Expired without any word of the ECU.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>Expired after the ECU had accepted.</summary>
    public const string NoCompletion = "no_completion";

    /// <summary>No ECU of that kind was reachable.</summary>
    public const string NoPeer = "no_peer";

    /// <summary>The transport refused the command.</summary>
    public const string NotSent = "not_sent";

    /// <summary>Too many commands were open.</summary>
    public const string TooManyOpen = "too_many_open_commands";
}
