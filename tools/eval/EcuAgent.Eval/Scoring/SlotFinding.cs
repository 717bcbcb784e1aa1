using EcuAgent.Core.Catalogue;

namespace EcuAgent.Eval.Scoring;

/// <summary>What became of one argument of a call.</summary>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Parameter">The argument.</param>
/// <param name="Kind">Right, wrong, missing or extra.</param>
/// <param name="Wanted">The gold value, null where the argument is extra.</param>
/// <param name="Found">The proposed value, null where the argument is missing.</param>
/// <param name="IsInPair">Whether both calls are there; false where a whole call is missing or too much.</param>
internal sealed record SlotFinding(string Tool, ToolParameter Parameter, SlotKind Kind, object? Wanted, object? Found, bool IsInPair)
{
    /// <summary>All arguments of a pair, in the order of the catalogue. A proposed call that breaks the catalogue has none.</summary>
    public static IEnumerable<SlotFinding> Of(CallPair pair)
    {
        var tool = pair.Wanted?.Tool ?? (pair.Found is { Check.IsValid: true } found ? found.Check.Tool : null);
        foreach (var parameter in tool?.Parameters ?? [])
        {
            var wanted = pair.Wanted?.Arguments.Values.GetValueOrDefault(parameter.Name);
            var proposed = pair.Found is { Check.IsValid: true } call ? call.Check.Arguments.Values.GetValueOrDefault(parameter.Name) : null;
            SlotKind? kind = (wanted, proposed) switch
            {
                (null, null) => null,
                (null, _) => SlotKind.Extra,
                (_, null) => SlotKind.Missing,
                _ => CallComparer.IsEqual(parameter, wanted, proposed) ? SlotKind.Right : SlotKind.Wrong,
            };
            if (kind is { } judged)
            {
                yield return new SlotFinding(tool!.Name, parameter, judged, wanted, proposed, pair is { Wanted: not null, Found: not null });
            }
        }
    }
}
