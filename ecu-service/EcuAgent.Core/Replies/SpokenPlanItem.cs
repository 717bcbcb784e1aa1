namespace EcuAgent.Core.Replies;

/// <summary>A place of a plan.</summary>
/// <param name="Name">The merchant or place.</param>
/// <param name="At">Arrival there, or when it is brought.</param>
/// <param name="IsBrought">True when it is brought.</param>
/// <param name="IsSponsored">True when its place among the offers is paid for; has to be told.</param>
internal sealed record SpokenPlanItem(string Name, DateTimeOffset At, bool IsBrought, bool IsSponsored);
