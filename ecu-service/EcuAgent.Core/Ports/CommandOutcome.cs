namespace EcuAgent.Core.Ports;

/// <summary>A report of the commanded ECU.</summary>
/// <param name="CommandId">Which command.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">Code, at most 48 characters; may be empty.</param>
/// <param name="Detail">Text for people, at most 128 characters; may be empty.</param>
/// <param name="AppliedValue">
/// What is really set now, in the unit of the command, or null. For <see cref="HvacAction.AdjustTemperature"/> and
/// <see cref="HvacAction.AdjustFan"/> this is the resulting temperature or level, not the difference.
/// </param>
public sealed record CommandOutcome(string CommandId, CommandOutcomeKind Kind, string Reason = "", string Detail = "", double? AppliedValue = null);
