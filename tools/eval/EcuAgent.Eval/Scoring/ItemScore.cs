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

    /// <summary>Tool of the first call, or <see cref="ItemScorer.None"/> or <see cref="ItemScorer.Invalid"/>.</summary>
    public required string FoundTool { get; init; }

    /// <summary>The right answer that comes nearest; null without gold calls.</summary>
    public required AnswerMatch? Match { get; init; }

    /// <summary>Whether all calls equal the gold calls or an alternative; null without gold calls.</summary>
    public bool? IsExact => Match?.IsExact;

    /// <summary>Proposed calls less wanted ones; 0 without gold calls. Calls above the catalogue's limit count.</summary>
    public int SurplusCalls => Match is { } match ? Outcome.Calls.Count + Outcome.DroppedCalls - match.Answer.Count : 0;

    /// <summary>True when the line is out of scope and a valid call would do more than inform.</summary>
    public required bool ActedOnOutOfScope { get; init; }

    /// <summary>True when the line is out of scope and the first call is not a valid <c>refuse</c>.</summary>
    public required bool FirstCallNotRefused { get; init; }

    /// <summary>Calls that break the catalogue.</summary>
    public required int InvalidCalls { get; init; }

    /// <summary>Whether the item belongs in the list of wrong ones.</summary>
    public bool IsWrong => !IsDomainRight || IsExact == false || ActedOnOutOfScope || InvalidCalls > 0;
}
