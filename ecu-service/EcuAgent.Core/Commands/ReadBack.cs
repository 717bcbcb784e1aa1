namespace EcuAgent.Core.Commands;

/// <summary>Result of comparing a completed command with the state that the ECU publishes.</summary>
/// <param name="Verdict">What the comparison says.</param>
/// <param name="ObservedValue">The value that the state shows, in the unit of the command, or null where there is no number.</param>
public readonly record struct ReadBack(ReadBackVerdict Verdict, double? ObservedValue = null);
