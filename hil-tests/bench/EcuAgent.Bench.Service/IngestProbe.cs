namespace EcuAgent.Bench.Service;

/// <summary>
/// The clock of the bus under test. BusIngest asks it for the time of arrival once for each sample, right after the take and on its own
/// thread: the place to look from without a hook in the product.
/// </summary>
internal sealed class IngestProbe : TimeProvider
{
    private const long LookEvery = 256;

    private long _samples;
    private long _firstBytes = -1;
    private long _lastBytes;
    private long _firstSample;
    private long _lastSample;

    /// <summary>When the sample in work was taken.</summary>
    internal long Taken { get; private set; }

    /// <summary>Managed bytes per sample on the ingest thread between the first and the last look.</summary>
    internal double BytesPerSample => _lastSample > _firstSample ? (double)(_lastBytes - _firstBytes) / (_lastSample - _firstSample) : double.NaN;

    /// <summary>Samples between the two looks.</summary>
    internal long SamplesLookedAt => _lastSample - _firstSample;

    public override long GetTimestamp()
    {
        if (++_samples % LookEvery == 0)
        {
            _lastBytes = GC.GetAllocatedBytesForCurrentThread();
            _lastSample = _samples;
            if (_firstBytes < 0)
            {
                _firstBytes = _lastBytes;
                _firstSample = _samples;
            }
        }

        return Taken = base.GetTimestamp();
    }
}
