namespace EcuAgent.Core.Commerce;

/// <summary>A stretch of time without a break in which a place is open.</summary>
/// <param name="From">Begins, included.</param>
/// <param name="Until">Ends, not included.</param>
public readonly record struct OpenPeriod(DateTimeOffset From, DateTimeOffset Until);
