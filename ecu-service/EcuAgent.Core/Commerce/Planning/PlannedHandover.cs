namespace EcuAgent.Core.Commerce.Planning;

/// <summary>An order that is brought to the destination.</summary>
/// <param name="ErrandId">What it is.</param>
/// <param name="CandidateId">Who brings it.</param>
/// <param name="At">When it can be there: at the arrival, or as soon after that as the merchant is open and ready.</param>
/// <param name="Reasons">Why that one and what to know about it.</param>
public sealed record PlannedHandover(string ErrandId, string CandidateId, DateTimeOffset At, IReadOnlyList<WhyReason> Reasons);
