using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent;

/// <summary>
/// The last exchange of each speaker zone, in memory only: one per zone at most, superseded by the next, gone when it is too old and after a
/// restart. Safe for use from several threads.
/// </summary>
internal sealed class TurnMemory(TimeProvider time, TimeSpan keepFor)
{
    // Both utterances and the earlier answer must fit the context of a small model.
    private const int LongestTogether = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<SpeakerZone, (EarlierTurn Turn, long Since)> _turns = [];

    /// <summary>How many exchanges are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _turns.Count;
            }
        }
    }

    /// <summary>What this speaker said before <paramref name="text"/>, or null.</summary>
    public EarlierTurn? Recall(SpeakerZone zone, string text)
    {
        lock (_gate)
        {
            ForgetOld_NeedsLock();
            return _turns.TryGetValue(zone, out var kept) && kept.Turn.Text.Length + text.Length <= LongestTogether ? kept.Turn : null;
        }
    }

    /// <summary>Keeps an exchange instead of the one before; null keeps none.</summary>
    public void Supersede(SpeakerZone zone, EarlierTurn? turn)
    {
        lock (_gate)
        {
            if (turn is null || keepFor <= TimeSpan.Zero || turn.Text.Length >= LongestTogether)
            {
                _turns.Remove(zone);
            }
            else
            {
                _turns[zone] = (turn, time.GetTimestamp());
            }
        }
    }

    /// <summary>Drops what is too old, so that speech is not held longer than it is of use.</summary>
    public void ForgetOld()
    {
        lock (_gate)
        {
            ForgetOld_NeedsLock();
        }
    }

    private void ForgetOld_NeedsLock()
    {
        foreach (var (zone, kept) in _turns)
        {
            if (time.GetElapsedTime(kept.Since) > keepFor)
            {
                _turns.Remove(zone);
            }
        }
    }
}
