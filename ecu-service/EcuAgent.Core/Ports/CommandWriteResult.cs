namespace EcuAgent.Core.Ports;

/// <summary>What became of writing a command. Written says nothing about its being carried out.</summary>
public enum CommandWriteResult
{
    /// <summary>The transport took it.</summary>
    Written,

    /// <summary>No ECU of that kind is reachable now; nothing was kept for later.</summary>
    NoPeer,

    /// <summary>The transport refused it (full, closed, failed); nothing was kept for later.</summary>
    Refused,
}
