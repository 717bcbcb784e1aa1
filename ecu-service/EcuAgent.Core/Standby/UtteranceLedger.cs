using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Standby;

/// <summary>
/// What was said of late and what the leader made of it, so that another one can go on from there. All members may be called from any thread.
/// </summary>
/// <remarks>
/// Bounded: the newest <see cref="Capacity"/> utterances of the last <see cref="KeptFor"/>. When it is full the oldest one is forgotten; one that
/// was still open is counted in <see cref="ForgottenCount"/>.
/// </remarks>
public sealed class UtteranceLedger(TimeProvider time, TimeSpan commandExpiry)
{
    /// <summary>Most utterances that are kept.</summary>
    public const int Capacity = 16;

    /// <summary>After this nobody waits for an answer any more.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private long _forgotten;

    /// <summary>Utterances that were forgotten while they were open.</summary>
    public long ForgottenCount => Interlocked.Read(ref _forgotten);

    /// <summary>Something was said.</summary>
    public void Heard(Utterance utterance)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        lock (_gate)
        {
            Find_NeedsLock(utterance.UtteranceId).Utterance ??= utterance;
        }
    }

    /// <summary>It was replied to.</summary>
    public void Answered(string utteranceId)
    {
        lock (_gate)
        {
            Find_NeedsLock(utteranceId).IsAnswered = true;
        }
    }

    /// <summary>A command was decided upon for it.</summary>
    public void Commanded(string utteranceId)
    {
        lock (_gate)
        {
            Find_NeedsLock(utteranceId).IsCommanded = true;
        }
    }

    /// <summary>
    /// What nobody has replied to, oldest first, marked with how it is to be taken up; each is given once. Those for which a command was decided
    /// upon, and those that are older than a command lives, must not be carried out.
    /// </summary>
    public IReadOnlyList<Utterance> TakeOpen()
    {
        lock (_gate)
        {
            var open = new List<Utterance>();
            foreach (var entry in _entries.Where(e => e is { IsAnswered: false, Utterance: not null } && time.GetElapsedTime(e.Since) < KeptFor))
            {
                entry.IsAnswered = true;
                var utterance = entry.Utterance!;
                var mayCarryOut = !entry.IsCommanded && time.GetUtcNow() - (utterance.Begun ?? time.GetUtcNow()) < commandExpiry;
                open.Add(utterance with { TakeOver = mayCarryOut ? UtteranceTakeOver.CarryOut : UtteranceTakeOver.TellOnly });
            }

            return open;
        }
    }

    // What the leader made of an utterance may be read before the utterance itself.
    private Entry Find_NeedsLock(string utteranceId)
    {
        if (_entries.Find(e => e.Id == utteranceId) is { } known)
        {
            return known;
        }

        if (_entries.Count >= Capacity)
        {
            var oldest = _entries[0];
            if (oldest is { IsAnswered: false, Utterance: not null } && time.GetElapsedTime(oldest.Since) < KeptFor)
            {
                Interlocked.Increment(ref _forgotten);
            }

            _entries.RemoveAt(0);
        }

        var entry = new Entry(utteranceId, time.GetTimestamp());
        _entries.Add(entry);
        return entry;
    }

    private sealed class Entry(string id, long since)
    {
        public string Id { get; } = id;

        public long Since { get; } = since;

        public Utterance? Utterance { get; set; }

        public bool IsCommanded { get; set; }

        public bool IsAnswered { get; set; }
    }
}
