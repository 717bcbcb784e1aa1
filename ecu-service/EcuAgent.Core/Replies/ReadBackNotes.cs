using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Replies;

/// <summary>What is told of an order besides what, where and how much.</summary>
internal sealed record ReadBackNotes
{
    /// <summary>The same was ordered a short while ago.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The price or the terms are not those that were read back before.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The person's budget for one, where the total is above it; null otherwise.</summary>
    public Money? OverBudget { get; init; }

    /// <summary>People in the car, where nobody said for how many it is; null otherwise, and where they are not known.</summary>
    public int? Aboard { get; init; }
}
