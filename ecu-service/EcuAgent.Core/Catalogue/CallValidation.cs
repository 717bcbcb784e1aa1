namespace EcuAgent.Core.Catalogue;

/// <summary>Result of the schema check of one proposed call.</summary>
/// <param name="Tool">The tool, or null when the catalogue has none of that name.</param>
/// <param name="Arguments">The typed arguments; empty when the call is not valid.</param>
/// <param name="Faults">Every rule that is broken; empty when the call is valid.</param>
public sealed record CallValidation(ToolDefinition? Tool, ToolArguments Arguments, IReadOnlyList<CallFault> Faults)
{
    /// <summary>
    /// Arguments that were left out of a valid call because the person did not say them, such as an amount of money. Nothing that needs
    /// them may be done before they were asked for.
    /// </summary>
    public IReadOnlyList<CallFault> Dropped { get; init; } = [];

    /// <summary>True when the call may be shown to the gate.</summary>
    public bool IsValid => Tool is not null && Faults.Count == 0;
}
