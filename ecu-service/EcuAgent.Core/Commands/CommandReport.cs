namespace EcuAgent.Core.Commands;

/// <summary>A command that ended, with what the read-back says.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="ReadBack">What the ECU's state shows.</param>
public sealed record CommandReport(CommandResult Result, ReadBack ReadBack);
