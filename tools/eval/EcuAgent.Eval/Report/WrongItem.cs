using System.Text.Json;
using EcuAgent.Core.Agent;
using EcuAgent.Eval.Scoring;

namespace EcuAgent.Eval.Report;

/// <summary>An utterance that was not handled as its line says.</summary>
internal sealed record WrongItem
{
    /// <summary>Id of the line.</summary>
    public required string Id { get; init; }

    /// <summary>Language of the line.</summary>
    public required string Lang { get; init; }

    /// <summary>What was said.</summary>
    public required string Utterance { get; init; }

    /// <summary>What was said just before, or null.</summary>
    public string? Before { get; init; }

    /// <summary>One or more of <c>domain</c>, <c>calls</c>, <c>acted_on_out_of_scope</c>, <c>invalid_call</c>, <c>no_call</c>.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    /// <summary>Domain of the line.</summary>
    public required string ExpectedDomain { get; init; }

    /// <summary>Domain of the first call.</summary>
    public required string FoundDomain { get; init; }

    /// <summary>Gold calls of the line, or the alternative that comes nearer to the proposed calls; null where the line has none.</summary>
    public required IReadOnlyList<JsonElement>? ExpectedCalls { get; init; }

    /// <summary>What the model proposed.</summary>
    public required IReadOnlyList<WrittenCall> ProposedCalls { get; init; }

    /// <summary>What the model failed with, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Describes a wrong item.</summary>
    public static WrongItem Of(ItemScore score)
    {
        var item = score.Outcome.Item;
        return new WrongItem
        {
            Id = item.Id,
            Lang = item.Language,
            Utterance = item.Utterance,
            Before = item.Before?.Utterance,
            Why = [.. Reasons(score)],
            ExpectedDomain = item.Domain,
            FoundDomain = score.FoundDomain,
            ExpectedCalls = score.Match is { } match ? [.. match.Answer.Select(call => call.Source)] : null,
            ProposedCalls = [.. score.Outcome.Calls.Select(WrittenCall.Of)],
            Error = score.Outcome.Error ?? (score.Outcome.Status == ItemStatus.TimedOut ? "the model did not answer in time" : null),
        };
    }

    private static IEnumerable<string> Reasons(ItemScore score)
    {
        if (!score.IsDomainRight)
        {
            yield return "domain";
        }

        if (score.IsExact == false)
        {
            yield return "calls";
        }

        if (score.ActedOnOutOfScope)
        {
            yield return "acted_on_out_of_scope";
        }

        if (score.InvalidCalls > 0)
        {
            yield return "invalid_call";
        }

        if (score.Outcome.Calls.Count == 0)
        {
            yield return "no_call";
        }
    }
}

/// <summary>A proposed call with the rules that it breaks (null when it breaks none).</summary>
internal sealed record WrittenCall(string Name, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<string>? Faults)
{
    /// <summary>Describes a call.</summary>
    public static WrittenCall Of(PlannedCall call) => new(
        call.Proposal.Name,
        call.Proposal.Arguments,
        call.Check.IsValid ? null : [.. call.Check.Faults.Select(fault => $"{fault.Rule} {fault.Path}")]);
}
