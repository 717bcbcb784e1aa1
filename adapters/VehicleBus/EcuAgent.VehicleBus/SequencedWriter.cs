using EcuAgent.Core.Ports;

namespace EcuAgent.VehicleBus;

/// <summary>Writes a topic on every bus, counts its samples from 1, as the wire contract asks, and writes nothing while another service leads.</summary>
/// <param name="writers">One for each bus, in the order in which commands look for their ECU.</param>
/// <param name="mayWrite">Whether this service leads; null: nobody else does.</param>
internal sealed class SequencedWriter<T>(ITopicWriter<T>[] writers, Func<bool>? mayWrite)
    where T : unmanaged
{
    private readonly Lock _gate = new();
    private uint _sequence;
    private bool _holds;
    private long _withheld;

    public delegate void SetNumber(ref T sample, uint number);

    /// <summary>Samples that were not written because another service leads.</summary>
    public long Withheld => Interlocked.Read(ref _withheld);

    /// <summary>Numbers a sample and writes it on every bus; the numbering and the order on the wire agree.</summary>
    /// <param name="sample">Written as it is, but for the sequence number.</param>
    /// <param name="number">Puts the number into the sample.</param>
    /// <returns>False when a bus did not take it, or another service leads.</returns>
    public bool TryWrite(ref T sample, SetNumber number)
    {
        lock (_gate)
        {
            if (!Begin_NeedsLock(ref sample, number))
            {
                return false;
            }

            var ok = true;
            foreach (var writer in writers)
            {
                ok &= writer.TryWrite(in sample);
            }

            return ok;
        }
    }

    /// <summary>
    /// Numbers a sample and writes it where its ECU is: on the first bus that has a peer, and on no other, so that it is never carried
    /// out twice; not even when that bus refuses it, since a part of it may have left.
    /// </summary>
    public CommandWriteResult WriteToPeer(ref T sample, SetNumber number)
    {
        if (Peer() is null)
        {
            return CommandWriteResult.NoPeer;
        }

        lock (_gate)
        {
            return Begin_NeedsLock(ref sample, number) && Peer()?.TryWrite(in sample) == true ? CommandWriteResult.Written : CommandWriteResult.Refused;
        }
    }

    /// <summary>Says that this writer has done with the instance, so that its readers take another writer at once.</summary>
    /// <param name="key">Only its key fields count.</param>
    public void Release(in T key)
    {
        lock (_gate)
        {
            if (_holds)
            {
                _holds = false;
                foreach (var writer in writers)
                {
                    writer.Release(in key);
                }
            }
        }
    }

    private ITopicWriter<T>? Peer()
    {
        foreach (var writer in writers)
        {
            if (writer.HasPeer)
            {
                return writer;
            }
        }

        return null;
    }

    private bool Begin_NeedsLock(ref T sample, SetNumber number)
    {
        // In the lock: after Release nothing may take the instance back.
        if (mayWrite?.Invoke() == false)
        {
            Interlocked.Increment(ref _withheld);
            return false;
        }

        number(ref sample, ++_sequence);
        _holds = true;
        return true;
    }
}
