namespace EcuAgent.Eval.Scoring;

/// <summary>The judgement of one outcome.</summary>
internal sealed record ItemScore
{
    /// <summary>What was judged.</summary>
    public required ItemOutcome Outcome { get; init; }

    /// <summary>A domain of the catalogue, or <see cref="ItemScorer.None"/> or <see cref="ItemScorer.Invalid"/>.</summary>
    public required string FoundDomain { get; init; }

    /// <summary>Whether <see cref="FoundDomain"/> is the line's.</summary>
    public bool IsDomainRight => string.Equals(FoundDomain, Outcome.Item.Domain, StringComparison.Ordinal);

    /// <summary>Whether all calls equal the gold calls; null without gold calls.</summary>
    public required bool? IsExact { get; init; }

    /// <summary>True when the line is out of scope and a valid call would do more than inform.</summary>
    public required bool ActedOnOutOfScope { get; init; }

    /// <summary>True when the line is out of scope and the first call is not a valid <c>refuse</c>.</summary>
    public required bool FirstCallNotRefused { get; init; }

    /// <summary>Calls that break the catalogue.</summary>
    public required int InvalidCalls { get; init; }

    /// <summary>Whether the item belongs in the list of wrong ones.</summary>
    public bool IsWrong => !IsDomainRight || IsExact == false || ActedOnOutOfScope || InvalidCalls > 0;
}
