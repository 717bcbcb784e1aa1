using EcuAgent.Dds.TypeSupport;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>A writer that counts its samples from 1, as the wire contract asks, and reports a write that did not happen.</summary>
/// <param name="writer">Stays the participant's.</param>
/// <param name="mayWrite">Whether this service leads; null: nobody else does.</param>
/// <param name="logger">Log of the bus.</param>
internal sealed class SequencedWriter<T>(DdsWriter<T> writer, Func<bool>? mayWrite, ILogger logger)
    where T : unmanaged, IDdsType<T>
{
    private readonly Lock _gate = new();
    private uint _sequence;
    private bool _holds;
    private long _withheld;

    public int MatchedCount => writer.MatchedCount;

    /// <summary>Samples that were not written because another service leads.</summary>
    public long Withheld => Interlocked.Read(ref _withheld);

    /// <summary>Numbers and writes a sample; the numbering and the order on the wire agree.</summary>
    /// <param name="sample">Written as it is, but for the sequence number.</param>
    /// <param name="number">Puts the number into the sample.</param>
    public bool TryWrite(ref T sample, SetNumber number)
    {
        DdsReturnCode result;
        lock (_gate)
        {
            // In the lock: after Release nothing may take the instance back.
            if (mayWrite?.Invoke() == false)
            {
                Interlocked.Increment(ref _withheld);
                return false;
            }

            number(ref sample, ++_sequence);
            result = writer.TryWrite(sample);
            _holds = true;
        }

        if (result != DdsReturnCode.Ok)
        {
            logger.WriteFailed(typeof(T).Name, result);
        }

        return result == DdsReturnCode.Ok;
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
                writer.UnregisterInstance(key);
            }
        }
    }

    public delegate void SetNumber(ref T sample, uint number);
}
