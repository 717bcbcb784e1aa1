namespace EcuAgent.Core.Catalogue;

/// <summary>One rule that a proposed call breaks.</summary>
/// <param name="Path"><c>$</c> for the call, <c>$.zone</c> for an argument.</param>
/// <param name="Value">The value as text, at most 80 characters. May hold speech: log it at Trace only.</param>
/// <param name="Rule">Which rule, one of <see cref="CallRules"/>.</param>
public sealed record CallFault(string Path, string Value, string Rule);
