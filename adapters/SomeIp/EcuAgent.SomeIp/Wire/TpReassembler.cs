using System.Buffers;
using EcuAgent.SomeIp.Transport;

namespace EcuAgent.SomeIp.Wire;

/// <summary>
/// Puts TP segments together, in any order, within <see cref="TpLimits"/>. One message at a time for each sender, client and message id: a new session
/// id starts anew. Overlapping bytes keep their first content. Not thread-safe; allocates nothing once its buffers are there.
/// </summary>
internal sealed class TpReassembler : IDisposable
{
    private readonly TpLimits _limits;
    private readonly SomeIpCounters _counters;
    private readonly Slot[] _slots;
    private long _bytesInUse;
    private byte[]? _handedOut;

    internal TpReassembler(TpLimits limits, SomeIpCounters counters)
    {
        _limits = limits;
        _counters = counters;
        _slots = [.. Enumerable.Range(0, limits.MaxMessages).Select(_ => new Slot(limits.MaxPieces))];
    }

    internal int MessagesInWork => _slots.Count(slot => slot.InUse);

    internal long BytesInUse => _bytesInUse;

    /// <summary>
    /// Takes one segment: <paramref name="body"/> is what follows the SOME/IP header. True when a message is complete; it is valid until the next call.
    /// </summary>
    internal bool TryAdd(
        in EndpointKey source, in SomeIpHeader header, ReadOnlySpan<byte> body, TimeSpan now, out SomeIpHeader whole, out ReadOnlySpan<byte> payload)
    {
        whole = default;
        payload = default;
        ReturnHandedOut();
        if (!TpHeader.TryRead(body, out var tp))
        {
            _counters.Add(SomeIpFault.TpHeaderTruncated);
            return false;
        }

        var segment = body[TpHeader.Size..];
        var key = new Key(source, header.ServiceId, header.MethodId, header.ClientId, header.InterfaceVersion, header.MessageType.WithoutTp());
        var slot = Find(key);
        if (slot is not null && (slot.SessionId != header.SessionId || now - slot.StartedAt > _limits.Timeout))
        {
            GiveUp(slot, slot.SessionId != header.SessionId ? SomeIpFault.TpSuperseded : SomeIpFault.TpTimedOut);
            slot = null;
        }

        var fault = Check(tp, segment);
        if (fault == SomeIpFault.None && slot is null)
        {
            slot = FreeSlot(now);
            slot?.Start(key, header.SessionId, now);
            fault = slot is null ? SomeIpFault.TpBuffersFull : SomeIpFault.None;
        }

        fault = fault == SomeIpFault.None ? Store(slot!, tp, segment) : fault;
        if (fault is not (SomeIpFault.None or SomeIpFault.TpDuplicate or SomeIpFault.TpOverlap))
        {
            _counters.Add(fault);
            Release(slot);
            return false;
        }

        if (fault != SomeIpFault.None)
        {
            _counters.Add(fault);
        }

        if (!slot!.IsComplete)
        {
            return false;
        }

        whole = header with { Length = (uint)(SomeIpHeader.LengthOfEmpty + slot.EndsAt), MessageType = header.MessageType.WithoutTp() };
        payload = slot.Buffer.AsSpan(0, slot.EndsAt);
        _handedOut = slot.Buffer;
        slot.Buffer = [];
        Release(slot, keptBytes: _handedOut.Length);
        return true;
    }

    /// <summary>Gives up what has waited too long.</summary>
    internal void Expire(TimeSpan now)
    {
        foreach (var slot in _slots)
        {
            if (slot.InUse && now - slot.StartedAt > _limits.Timeout)
            {
                GiveUp(slot, SomeIpFault.TpTimedOut);
            }
        }
    }

    public void Dispose()
    {
        ReturnHandedOut();
        foreach (var slot in _slots)
        {
            Release(slot);
        }
    }

    private SomeIpFault Check(TpHeader tp, ReadOnlySpan<byte> segment)
    {
        if (segment.IsEmpty)
        {
            return SomeIpFault.TpSegmentEmpty;
        }

        if (tp.MoreSegments && segment.Length % TpHeader.Alignment != 0)
        {
            return SomeIpFault.TpSegmentUnaligned;
        }

        return tp.Offset + (long)segment.Length > _limits.MaxMessageBytes ? SomeIpFault.TpMessageTooLarge : SomeIpFault.None;
    }

    private SomeIpFault Store(Slot slot, TpHeader tp, ReadOnlySpan<byte> segment)
    {
        var start = (int)tp.Offset;
        var end = start + segment.Length;
        if ((!tp.MoreSegments && ((slot.EndsAt >= 0 && slot.EndsAt != end) || slot.HighestByte > end)) || (slot.EndsAt >= 0 && end > slot.EndsAt))
        {
            return SomeIpFault.TpEndConflict;
        }

        if (!TryGrow(slot, end))
        {
            return SomeIpFault.TpMemoryFull;
        }

        if (!tp.MoreSegments)
        {
            slot.EndsAt = end;
        }

        return slot.Insert(start, segment);
    }

    private bool TryGrow(Slot slot, int size)
    {
        if (slot.Buffer.Length >= size)
        {
            return true;
        }

        var wanted = Math.Min(Math.Max(size, slot.Buffer.Length * 2), _limits.MaxMessageBytes);
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (_bytesInUse - slot.Buffer.Length + larger.Length > _limits.MaxTotalBytes)
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        slot.Buffer.AsSpan(0, Math.Min(slot.HighestByte, slot.Buffer.Length)).CopyTo(larger);
        _bytesInUse += larger.Length - slot.Buffer.Length;
        if (slot.Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(slot.Buffer);
        }

        slot.Buffer = larger;
        return true;
    }

    private Slot? Find(in Key key)
    {
        foreach (var slot in _slots)
        {
            if (slot.InUse && slot.Key == key)
            {
                return slot;
            }
        }

        return null;
    }

    private Slot? FreeSlot(TimeSpan now)
    {
        foreach (var slot in _slots)
        {
            if (!slot.InUse)
            {
                return slot;
            }
        }

        Expire(now);
        return Array.Find(_slots, static slot => !slot.InUse);
    }

    private void GiveUp(Slot slot, SomeIpFault fault)
    {
        _counters.Add(fault);
        Release(slot);
    }

    private void Release(Slot? slot, int keptBytes = 0)
    {
        if (slot is null)
        {
            return;
        }

        _bytesInUse -= slot.Buffer.Length + keptBytes;
        if (slot.Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(slot.Buffer);
        }

        slot.Reset();
    }

    private void ReturnHandedOut()
    {
        if (_handedOut is not null)
        {
            ArrayPool<byte>.Shared.Return(_handedOut);
            _handedOut = null;
        }
    }

    private readonly record struct Key(
        EndpointKey Source, ushort ServiceId, ushort MethodId, ushort ClientId, byte InterfaceVersion, SomeIpMessageType Type);

    private sealed class Slot(int maxPieces)
    {
        private readonly (int Start, int End)[] _pieces = new (int, int)[maxPieces + 1];
        private int _count;

        internal bool InUse { get; private set; }

        internal Key Key { get; private set; }

        internal ushort SessionId { get; private set; }

        internal TimeSpan StartedAt { get; private set; }

        internal byte[] Buffer { get; set; } = [];

        /// <summary>Size of the whole message, -1 until the last segment is there.</summary>
        internal int EndsAt { get; set; }

        internal int HighestByte => _count == 0 ? 0 : _pieces[_count - 1].End;

        internal bool IsComplete => _count == 1 && _pieces[0] == (0, EndsAt);

        internal void Start(in Key key, ushort sessionId, TimeSpan now)
        {
            (InUse, Key, SessionId, StartedAt, EndsAt, _count) = (true, key, sessionId, now, -1, 0);
        }

        internal void Reset()
        {
            InUse = false;
            Buffer = [];
            _count = 0;
        }

        /// <summary>Copies only the bytes that are not there yet and joins the pieces that touch.</summary>
        internal SomeIpFault Insert(int start, ReadOnlySpan<byte> segment)
        {
            var end = start + segment.Length;
            var fresh = 0;
            var position = start;
            var first = 0;
            while (first < _count && _pieces[first].End < start)
            {
                first++;
            }

            var next = first;
            while (next < _count && _pieces[next].Start <= end)
            {
                fresh += Copy(start, segment, position, Math.Min(_pieces[next].Start, end));
                position = Math.Max(position, _pieces[next].End);
                next++;
            }

            fresh += Copy(start, segment, position, end);
            var joined = next > first
                ? (Math.Min(start, _pieces[first].Start), Math.Max(end, _pieces[next - 1].End))
                : (start, end);
            Array.Copy(_pieces, next, _pieces, first + 1, _count - next);
            _pieces[first] = joined;
            _count += 1 - (next - first);
            if (_count == _pieces.Length)
            {
                return SomeIpFault.TpTooManyGaps;
            }

            return fresh == segment.Length ? SomeIpFault.None : fresh == 0 ? SomeIpFault.TpDuplicate : SomeIpFault.TpOverlap;
        }

        private int Copy(int segmentStart, ReadOnlySpan<byte> segment, int from, int to)
        {
            if (to <= from)
            {
                return 0;
            }

            segment[(from - segmentStart)..(to - segmentStart)].CopyTo(Buffer.AsSpan(from));
            return to - from;
        }
    }
}
