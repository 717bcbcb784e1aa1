using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Scoring;

/// <summary>The scoring rules for one utterance; the README states them for readers of results.</summary>
internal static class ItemScorer
{
    /// <summary>Found domain of an utterance without any call.</summary>
    public const string None = "(none)";

    /// <summary>Found domain where the first call breaks the catalogue: the agent would not carry it out, whatever tool it names.</summary>
    public const string Invalid = "(invalid)";

    /// <summary>Domain of lines that the assistant should refuse.</summary>
    public const string OutOfScope = "out_of_scope";

    private const string Chitchat = "chitchat";
    private const string Unclear = "unclear";

    /// <summary>Judges one outcome.</summary>
    public static ItemScore Score(ItemOutcome outcome)
    {
        var item = outcome.Item;
        var isOutOfScope = item.Domain == OutOfScope;
        return new ItemScore
        {
            Outcome = outcome,
            FoundDomain = outcome.Calls.Count == 0 ? None : Accepted(item, DomainOf(outcome.Calls[0], item.Domain)),
            FoundTool = outcome.Calls is not [var first, ..] ? None : first.Check is { IsValid: true, Tool: { } tool } ? tool.Name : Invalid,
            Match = AnswerMatch.Of(outcome),
            ActedOnOutOfScope = isOutOfScope && outcome.Calls.Any(call => call.Check is { IsValid: true, Tool.ActionClass: not ActionClass.Inform }),
            FirstCallNotRefused = isOutOfScope && !(outcome.Calls is [{ Check: { IsValid: true, Tool.Name: ToolNames.Refuse } }, ..]),
            InvalidCalls = outcome.Calls.Count(call => !call.Check.IsValid),
        };
    }

    // A domain in which an alternative begins is as right as the line's own.
    private static string Accepted(EvalItem item, string found) => item.Alternatives.Any(calls => calls[0].Tool.Domain == found) ? item.Domain : found;

    private static string DomainOf(PlannedCall call, string wanted)
    {
        if (call.Check is not { IsValid: true, Tool: { } tool })
        {
            return Invalid;
        }

        // A question back is about the domain it names. On lines that belong to no real domain it stays what the catalogue says.
        return tool.Name == ToolNames.Clarify && wanted is not (OutOfScope or Chitchat)
            && call.Check.Arguments.Text("about") is { } about && about != Unclear
            ? about
            : tool.Domain;
    }
}
