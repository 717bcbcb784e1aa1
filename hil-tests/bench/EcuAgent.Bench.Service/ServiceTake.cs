using EcuAgent.Signals;

namespace EcuAgent.Bench.Service;

/// <summary>The service's own path: reader, BusIngest, mapping, VehicleState.</summary>
internal static class ServiceTake
{
    internal static IngestRun Run(uint domainId, Func<IFloodSource> openSource)
    {
        var probe = new IngestProbe();
        var state = new VehicleState(TimeProvider.System, new VehicleStateOptions());
        using var bus = Bus.Cockpit(domainId, state, probe);
        using var stop = new CancellationTokenSource();
        string? thread = null;
        var ingest = new Thread(() =>
        {
            Volatile.Write(ref thread, Machine.ThisThread());
            bus.Ingest.Run(new NoEvents(), stop.Token);
        })
        { IsBackground = true };
        ingest.Start();
        using var source = openSource();
        SpinWait.SpinUntil(() => bus.Ingest.SamplesReceived >= source.Sources);
        var receivedBefore = bus.Ingest.SamplesReceived;
        var before = Machine.ThreadSeconds(thread!);
        var (written, seconds) = source.Flood(IngestBench.FloodSeconds, () => bus.Ingest.SamplesReceived - receivedBefore);
        var counters = state.ReadCounters();
        SpinWait.SpinUntil(() => Taken(counters = state.ReadCounters(), source.Sources) + counters.LostSamples >= written, TimeSpan.FromSeconds(2));
        var threadSeconds = Machine.ThreadSeconds(thread!) - before;
        stop.Cancel();
        ingest.Join();
        var taken = Taken(counters, source.Sources);
        return new IngestRun(written, seconds, taken, counters.LostSamples, threadSeconds, (double)probe.Bytes / taken);
    }

    // Number 0 is repeated before the flood: each time but a source's first counts as a restart of the source.
    private static long Taken(SampleCounters counters, int sources) => counters.Total - counters.Rejected - counters.SourceRestarts - sources;
}
