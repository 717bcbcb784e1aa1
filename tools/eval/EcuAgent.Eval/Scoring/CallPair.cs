using EcuAgent.Core.Agent;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Scoring;

/// <summary>A wanted call and the proposed call of the same tool that stands for it; one of them is null where the other has no partner.</summary>
/// <param name="Wanted">Gold call.</param>
/// <param name="Found">Proposed call; valid where it has a partner.</param>
internal sealed record CallPair(ExpectedCall? Wanted, PlannedCall? Found)
{
    /// <summary>Pairs calls by tool: equal calls first, then in the order in which they stand. Order among tools plays no part.</summary>
    public static IReadOnlyList<CallPair> Of(IReadOnlyList<ExpectedCall> wanted, IReadOnlyList<PlannedCall> found)
    {
        var partners = new PlannedCall?[wanted.Count];
        var free = found.ToList();
        Take(CallComparer.IsEqual);
        Take(static (call, other) => other.Check.IsValid && other.Check.Tool?.Name == call.Tool.Name);
        return [.. wanted.Select((call, i) => new CallPair(call, partners[i])), .. free.Select(call => new CallPair(null, call))];

        void Take(Func<ExpectedCall, PlannedCall, bool> fits)
        {
            for (var i = 0; i < partners.Length; i++)
            {
                if (partners[i] is null && free.Find(call => fits(wanted[i], call)) is { } partner)
                {
                    partners[i] = partner;
                    free.Remove(partner);
                }
            }
        }
    }
}
