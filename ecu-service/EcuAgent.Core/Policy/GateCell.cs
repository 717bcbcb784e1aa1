using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Policy;

/// <summary>One cell of a policy's table.</summary>
/// <param name="Verdict">What the cell says.</param>
/// <param name="VoiceOnly">True when a request that was not spoken is refused.</param>
/// <param name="Limits">Limits of an allowed answer.</param>
public readonly record struct GateCell(GateVerdict Verdict, bool VoiceOnly, GateLimits Limits)
{
    /// <summary>True when this cell lets through anything that <paramref name="other"/> does not.</summary>
    public bool IsLooserThan(GateCell other)
    {
        if (Verdict > other.Verdict)
        {
            return true;
        }

        // A cell that lets nothing through has no channel and no limits worth comparing.
        if (Verdict < GateVerdict.Confirm)
        {
            return false;
        }

        return (other.VoiceOnly && !VoiceOnly)
            || (Verdict == GateVerdict.Allow
                && (IsLooser(Limits.MaxSentences, other.Limits.MaxSentences)
                    || IsLooser(Limits.MaxOptions, other.Limits.MaxOptions)));
    }

    private static bool IsLooser(int? limit, int? other) => other is { } most && (limit is null || limit > most);
}
