using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;

namespace EcuAgent.Eval.Sets;

/// <summary>The exchange before an utterance, as the agent would remember it: same person, same car.</summary>
/// <param name="Utterance">What was said, outer space removed, not empty.</param>
/// <param name="Calls">What the agent did; at least one call, all of them pass the catalogue check.</param>
internal sealed record EarlierExchange(string Utterance, IReadOnlyList<ExpectedCall> Calls)
{
    /// <summary>The same as the planner takes it: checked arguments in the order of the catalogue.</summary>
    public EarlierTurn ToTurn() => new(Utterance, [.. Calls.Select(Ordered)]);

    private static ProposedCall Ordered(ExpectedCall call)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var parameter in call.Tool.Parameters)
        {
            if (call.Arguments.Values.TryGetValue(parameter.Name, out var value))
            {
                values.Add(parameter.Name, value);
            }
        }

        return new ProposedCall(call.Tool.Name, values);
    }
}
