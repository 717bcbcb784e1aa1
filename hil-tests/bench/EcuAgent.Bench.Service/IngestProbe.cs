namespace EcuAgent.Bench.Service;

/// <summary>
/// The clock of the bus under test. BusIngest asks it for the time of arrival of each sample on its own thread: the place to look at
/// that thread's allocations from without a hook in the product.
/// </summary>
internal sealed class IngestProbe : TimeProvider
{
    private const long LookEvery = 256;

    private long _asked;
    private long _firstBytes = -1;
    private long _lastBytes;

    /// <summary>Managed bytes that the ingest thread has allocated between the first look and the last.</summary>
    internal long Bytes => _firstBytes < 0 ? 0 : _lastBytes - _firstBytes;

    public override long GetTimestamp()
    {
        if (++_asked % LookEvery == 0)
        {
            _lastBytes = GC.GetAllocatedBytesForCurrentThread();
            _firstBytes = _firstBytes < 0 ? _lastBytes : _firstBytes;
        }

        return base.GetTimestamp();
    }
}
