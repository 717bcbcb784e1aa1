using EcuAgent.Dds.TypeSupport;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>A writer that counts its samples from 1, as the wire contract asks, and reports a write that did not happen.</summary>
internal sealed class SequencedWriter<T>(DdsWriter<T> writer, ILogger logger)
    where T : unmanaged, IDdsType<T>
{
    private readonly Lock _gate = new();
    private uint _sequence;

    public int MatchedCount => writer.MatchedCount;

    /// <summary>Numbers and writes a sample; the numbering and the order on the wire agree.</summary>
    /// <param name="sample">Written as it is, but for the sequence number.</param>
    /// <param name="number">Puts the number into the sample.</param>
    public bool TryWrite(ref T sample, SetNumber number)
    {
        DdsReturnCode result;
        lock (_gate)
        {
            number(ref sample, ++_sequence);
            result = writer.TryWrite(sample);
        }

        if (result != DdsReturnCode.Ok)
        {
            logger.WriteFailed(typeof(T).Name, result);
        }

        return result == DdsReturnCode.Ok;
    }

    public delegate void SetNumber(ref T sample, uint number);
}
