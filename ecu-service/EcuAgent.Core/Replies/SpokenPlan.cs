namespace EcuAgent.Core.Replies;

/// <summary>What a person can take in of a plan.</summary>
/// <param name="Items">The first places in order.</param>
/// <param name="More">How many more there are.</param>
/// <param name="ArriveAt">Arrival at the destination.</param>
/// <param name="Extra">What the errands add to the way; null when not known.</param>
/// <param name="IsRangeUnknown">True when nobody knows whether the range suffices.</param>
/// <param name="IsChanged">True when another plan was told before.</param>
internal sealed record SpokenPlan(
    IReadOnlyList<SpokenPlanItem> Items, int More, DateTimeOffset ArriveAt, TimeSpan? Extra, bool IsRangeUnknown, bool IsChanged);
