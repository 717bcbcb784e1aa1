namespace EcuAgent.Eval.Scoring;

/// <summary>The figures of a group of utterances. Shares are 0 to 1 with four decimals, null where the group has nothing to share out.</summary>
internal sealed record GroupFigures
{
    private const int ShareDecimals = 4;

    /// <summary>Utterances of the group.</summary>
    public required int Count { get; init; }

    /// <summary>Share whose first call is of the line's domain.</summary>
    public required double? DomainAccuracy { get; init; }

    /// <summary>Share of the lines with gold calls whose calls all equal them.</summary>
    public required double? ExactCall { get; init; }

    /// <summary>Lines with gold calls.</summary>
    public required int ExactCallCount { get; init; }

    /// <summary>Share of the out-of-scope lines with a valid call that does more than inform.</summary>
    public required double? ActedOnOutOfScope { get; init; }

    /// <summary>How many these are.</summary>
    public required int ActedOnOutOfScopeCount { get; init; }

    /// <summary>Out-of-scope lines.</summary>
    public required int OutOfScopeCount { get; init; }

    /// <summary>Out-of-scope lines whose first call is not a valid <c>refuse</c>, those without a call included.</summary>
    public required int FirstCallNotRefused { get; init; }

    /// <summary>Calls that break the catalogue.</summary>
    public required int InvalidCalls { get; init; }

    /// <summary>Calls above the catalogue's limit for one utterance.</summary>
    public required int DroppedCalls { get; init; }

    /// <summary>Utterances without any call, for whatever reason.</summary>
    public required int NoCall { get; init; }

    /// <summary>Those of them where the model failed or ran out of time, or the text is longer than the service takes.</summary>
    public required int Failed { get; init; }

    /// <summary>Times of the utterances that the model answered.</summary>
    public required LatencyFigures LatencyMs { get; init; }

    /// <summary>Adds up scores.</summary>
    public static GroupFigures Of(IReadOnlyCollection<ItemScore> scores)
    {
        var withGold = scores.Count(score => score.IsExact is not null);
        var outOfScope = scores.Count(score => score.Outcome.Item.Domain == ItemScorer.OutOfScope);
        var acted = scores.Count(score => score.ActedOnOutOfScope);
        return new GroupFigures
        {
            Count = scores.Count,
            DomainAccuracy = Share(scores.Count(score => score.IsDomainRight), scores.Count),
            ExactCall = Share(scores.Count(score => score.IsExact == true), withGold),
            ExactCallCount = withGold,
            ActedOnOutOfScope = Share(acted, outOfScope),
            ActedOnOutOfScopeCount = acted,
            OutOfScopeCount = outOfScope,
            FirstCallNotRefused = scores.Count(score => score.FirstCallNotRefused),
            InvalidCalls = scores.Sum(score => score.InvalidCalls),
            DroppedCalls = scores.Sum(score => score.Outcome.DroppedCalls),
            NoCall = scores.Count(score => score.Outcome.Calls.Count == 0),
            Failed = scores.Count(score => score.Outcome.Status is ItemStatus.Failed or ItemStatus.TimedOut or ItemStatus.TooLong),
            LatencyMs = LatencyFigures.Of(scores.Select(score => score.Outcome.Duration).OfType<TimeSpan>()),
        };
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, ShareDecimals);
}
