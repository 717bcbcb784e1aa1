namespace EcuAgent.VehicleBus;

/// <summary>
/// Remembers the last messages of a topic, so that one that comes by two buses is taken once. The oldest is forgotten. Allocates nothing
/// for a message; not thread-safe.
/// </summary>
internal sealed class RecentMessages
{
    /// <summary>Messages remembered.</summary>
    public const int Capacity = 128;

    private readonly Entry[] _entries = new Entry[Capacity];
    private int _count;
    private int _next;

    /// <summary>False when the message was seen before.</summary>
    public bool IsNew(in Idl.BoundedString32 source, long sourceTimeNs, uint sequence)
    {
        if (sourceTimeNs == 0 && sequence == 0)
        {
            // A sender that neither counts nor stamps: its messages cannot be told apart.
            return true;
        }

        for (var i = 0; i < _count; i++)
        {
            ref readonly var known = ref _entries[i];
            if (known.SourceTimeNs == sourceTimeNs && known.Sequence == sequence && known.Source == source)
            {
                return false;
            }
        }

        _entries[_next] = new Entry(source, sourceTimeNs, sequence);
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
        return true;
    }

    private readonly record struct Entry(Idl.BoundedString32 Source, long SourceTimeNs, uint Sequence);
}
