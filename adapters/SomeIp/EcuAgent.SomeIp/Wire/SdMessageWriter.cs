using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>Packs entries into one SD message; equal options are written once.</summary>
public sealed class SdMessageWriter
{
    private const int MaxOptions = byte.MaxValue + 1;
    private const int MaxRun = 15;

    private readonly List<SdEntry> _entries = [];
    private readonly List<SdOption> _options = [];

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Bytes of the whole message, SOME/IP header included.</summary>
    public int Size => SomeIpHeader.Size + SdMessage.MinSize + (_entries.Count * SdEntry.Size) + _options.Sum(static option => option.Size);

    /// <summary>Puts the sender's own SD endpoint first; call it before the first entry.</summary>
    public void SetSdEndpoint(SdEndpointOption endpoint) => _options.Insert(0, endpoint);

    /// <summary>False when it no longer fits into 1400 bytes of payload; nothing was added then.</summary>
    public bool TryAdd(in SdEntry entry, IReadOnlyList<SdOption> options)
    {
        var before = _options.Count;
        var placed = Place(entry, options);
        if (placed is null || Size + SdEntry.Size > SomeIpHeader.Size + SomeIpHeader.MaxUdpPayload || _options.Count > MaxOptions)
        {
            _options.RemoveRange(before, _options.Count - before);
            return false;
        }

        _entries.Add(placed.Value);
        return true;
    }

    /// <summary>Writes the message and empties the writer. Returns the bytes written, <see cref="Size"/> before the call.</summary>
    public int Write(Span<byte> destination, ushort sessionId, SdHeaderBits flags, ushort clientId = 0)
    {
        var size = Size;
        SomeIpHeader.For(
            SdMessage.ServiceId, SdMessage.MethodId, size - SomeIpHeader.Size, clientId, sessionId, SdMessage.InterfaceVersion,
            SomeIpMessageType.Notification).Write(destination);
        var body = destination[SomeIpHeader.Size..size];
        BinaryPrimitives.WriteUInt32BigEndian(body, (uint)flags << 24);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], (uint)(_entries.Count * SdEntry.Size));
        body = body[8..];
        foreach (var entry in _entries)
        {
            entry.Write(body);
            body = body[SdEntry.Size..];
        }

        BinaryPrimitives.WriteUInt32BigEndian(body, (uint)_options.Sum(static option => option.Size));
        body = body[4..];
        foreach (var option in _options)
        {
            option.Write(body);
            body = body[option.Size..];
        }

        _entries.Clear();
        _options.Clear();
        return size;
    }

    /// <summary>One run where the options stand together already or are all new, else two.</summary>
    private SdEntry? Place(SdEntry entry, IReadOnlyList<SdOption> options)
    {
        entry = entry with { FirstIndex = 0, FirstCount = 0, SecondIndex = 0, SecondCount = 0 };
        if (options.Count == 0)
        {
            return entry;
        }

        if (options.Count > 2 * MaxRun)
        {
            return null;
        }

        var known = LongestKnownRun(options, out var index);
        var rest = options.Count - known;
        if (known == 0)
        {
            index = _options.Count;
            known = Math.Min(options.Count, MaxRun);
            rest = options.Count - known;
            _options.AddRange(options.Take(known));
        }

        if (rest == 0)
        {
            return entry with { FirstIndex = (byte)index, FirstCount = (byte)known };
        }

        var second = Find([.. options.Skip(known)]);
        if (second < 0)
        {
            second = _options.Count;
            _options.AddRange(options.Skip(known));
        }

        return rest > MaxRun || second > byte.MaxValue
            ? null
            : entry with { FirstIndex = (byte)index, FirstCount = (byte)known, SecondIndex = (byte)second, SecondCount = (byte)rest };
    }

    private int LongestKnownRun(IReadOnlyList<SdOption> options, out int index)
    {
        for (var length = Math.Min(options.Count, MaxRun); length > 0; length--)
        {
            index = Find([.. options.Take(length)]);
            if (index >= 0 && options.Count - length <= MaxRun)
            {
                return length;
            }
        }

        index = -1;
        return 0;
    }

    private int Find(SdOption[] run)
    {
        for (var start = 0; start + run.Length <= _options.Count; start++)
        {
            if (_options.Skip(start).Take(run.Length).SequenceEqual(run))
            {
                return start;
            }
        }

        return -1;
    }
}
