using EcuAgent.Core.Catalogue;

namespace EcuAgent.Core.Agent;

/// <summary>
/// What a person said just before, and the valid calls that it gave, so that "no, the passenger's" means something. Holds speech: never
/// logged, never stored.
/// </summary>
/// <param name="Text">The earlier utterance.</param>
/// <param name="Calls">Its calls in order, at least one, with the arguments that passed the check in the order of the schema.</param>
public sealed record EarlierTurn(string Text, IReadOnlyList<ProposedCall> Calls)
{
    /// <summary>Takes a finished plan; null unless every proposed call is valid: a model is never shown its own mistakes as an example.</summary>
    public static EarlierTurn? From(string text, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(plan);
        return plan is { Status: PlanStatus.Planned, DroppedCalls: 0, Calls.Count: > 0 } && plan.Calls.All(call => call.Check.IsValid)
            ? new EarlierTurn(text, [.. plan.Calls.Select(Checked)])
            : null;
    }

    /// <summary>Names the calls, not the speech.</summary>
    public override string ToString() => $"{nameof(EarlierTurn)} {{ {string.Join(", ", Calls.Select(call => call.Name))} }}";

    private static ProposedCall Checked(PlannedCall call)
    {
        var values = call.Check.Arguments.Values;
        var ordered = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var parameter in call.Check.Tool!.Parameters)
        {
            if (values.TryGetValue(parameter.Name, out var value))
            {
                ordered.Add(parameter.Name, value);
            }
        }

        return new ProposedCall(call.Check.Tool.Name, ordered);
    }
}
