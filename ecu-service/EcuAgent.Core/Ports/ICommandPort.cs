namespace EcuAgent.Core.Ports;

/// <summary>
/// Sends commands to other ECUs. An implementation must not store a command for later, must not retry it under another id,
/// and must let it lapse at its expiry. Outcomes come back through <c>AssistantAgent.OnCommandOutcome</c>. Called from one
/// thread at a time, in the order of what was said.
/// </summary>
public interface ICommandPort
{
    /// <summary>Writes an HVAC command. May throw; the agent then treats it as <see cref="CommandWriteResult.Refused"/> and logs it.</summary>
    ValueTask<CommandWriteResult> SendAsync(HvacCommand command, CancellationToken cancellationToken);

    /// <summary>Writes a navigation command. May throw; the agent then treats it as <see cref="CommandWriteResult.Refused"/> and logs it.</summary>
    ValueTask<CommandWriteResult> SendAsync(NavigationCommand command, CancellationToken cancellationToken);
}
