using System.Text.Json.Serialization;

namespace EcuAgent.Eval.Scoring;

/// <summary>The figures of a group of utterances. Shares are 0 to 1 with four decimals, null where the group has nothing to share out.</summary>
internal sealed record GroupFigures
{
    /// <summary>Utterances of the group.</summary>
    public required int Count { get; init; }

    /// <summary>Share whose first call is of the line's domain.</summary>
    public required double? DomainAccuracy { get; init; }

    /// <summary>Lower and upper end of the 95 % interval of <see cref="DomainAccuracy"/>.</summary>
    [JsonPropertyName("domain_accuracy_95")]
    public required IReadOnlyList<double>? DomainAccuracyInterval { get; init; }

    /// <summary>Share of the lines with gold calls whose calls all equal them.</summary>
    public required double? ExactCall { get; init; }

    /// <summary>Lower and upper end of the 95 % interval of <see cref="ExactCall"/>.</summary>
    [JsonPropertyName("exact_call_95")]
    public required IReadOnlyList<double>? ExactCallInterval { get; init; }

    /// <summary>Lines with gold calls.</summary>
    public required int ExactCallCount { get; init; }

    /// <summary>Share of the out-of-scope lines with a valid call that does more than inform.</summary>
    public required double? ActedOnOutOfScope { get; init; }

    /// <summary>Lower and upper end of the 95 % interval of <see cref="ActedOnOutOfScope"/>.</summary>
    [JsonPropertyName("acted_on_out_of_scope_95")]
    public required IReadOnlyList<double>? ActedOnOutOfScopeInterval { get; init; }

    /// <summary>How many these are.</summary>
    public required int ActedOnOutOfScopeCount { get; init; }

    /// <summary>Out-of-scope lines.</summary>
    public required int OutOfScopeCount { get; init; }

    /// <summary>Out-of-scope lines whose first call is not a valid <c>refuse</c>, those without a call included.</summary>
    public required int FirstCallNotRefused { get; init; }

    /// <summary>Lines with gold calls that got fewer calls than wanted.</summary>
    public required int TooFewCalls { get; init; }

    /// <summary>Lines with gold calls that got more calls than wanted.</summary>
    public required int TooManyCalls { get; init; }

    /// <summary>Arguments of the lines with gold calls.</summary>
    public required SlotFigures Slots { get; init; }

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
        var right = scores.Count(score => score.IsDomainRight);
        var exact = scores.Count(score => score.IsExact == true);
        return new GroupFigures
        {
            Count = scores.Count,
            DomainAccuracy = Shares.Of(right, scores.Count),
            DomainAccuracyInterval = Shares.Interval(right, scores.Count),
            ExactCall = Shares.Of(exact, withGold),
            ExactCallInterval = Shares.Interval(exact, withGold),
            ExactCallCount = withGold,
            ActedOnOutOfScope = Shares.Of(acted, outOfScope),
            ActedOnOutOfScopeInterval = Shares.Interval(acted, outOfScope),
            ActedOnOutOfScopeCount = acted,
            OutOfScopeCount = outOfScope,
            FirstCallNotRefused = scores.Count(score => score.FirstCallNotRefused),
            TooFewCalls = scores.Count(score => score.SurplusCalls < 0),
            TooManyCalls = scores.Count(score => score.SurplusCalls > 0),
            Slots = SlotFigures.Of(scores.SelectMany(score => score.Match?.Slots ?? [])),
            InvalidCalls = scores.Sum(score => score.InvalidCalls),
            DroppedCalls = scores.Sum(score => score.Outcome.DroppedCalls),
            NoCall = scores.Count(score => score.Outcome.Calls.Count == 0),
            Failed = scores.Count(score => score.Outcome.Status is ItemStatus.Failed or ItemStatus.TimedOut or ItemStatus.TooLong),
            LatencyMs = LatencyFigures.Of(scores.Select(score => score.Outcome.Duration).OfType<TimeSpan>()),
        };
    }
}
