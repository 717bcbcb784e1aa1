using EcuAgent.CycloneDds;
using EcuAgent.Dds.TypeSupport;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>The peer of the comparison: the binding alone, a wait set and a take into a batch, nothing done with the samples but counting.</summary>
internal sealed class RawTake
{
    private const int BatchSize = 16;

    private readonly string[] _thread = new string[1];
    private long _repeated;
    private long _taken;
    private double _bytesPerSample;
    private volatile bool _stop;

    internal static IngestRun Run(uint domainId, FloodKind kind, Func<IFloodSource> openSource) => kind == FloodKind.Speed
        ? new RawTake().Run(domainId, openSource, static (in V1.VehicleSpeed s) => s.SequenceNumber)
        : new RawTake().Run(domainId, openSource, static (in V1.CabinCameraEvent s) => s.SequenceNumber);

    private delegate uint NumberOf<T>(in T sample);

    private IngestRun Run<T>(uint domainId, Func<IFloodSource> openSource, NumberOf<T> numberOf)
        where T : unmanaged, IDdsType<T>
    {
        using var participant = Bus.Join(domainId);
        using var reader = participant.OpenReader<T>();
        using var waitSet = participant.Participant.CreateWaitSet();
        waitSet.Attach(reader, 0);
        var thread = new Thread(() => Take(reader, waitSet, numberOf)) { IsBackground = true };
        thread.Start();
        using var source = openSource();
        SpinWait.SpinUntil(() => Volatile.Read(ref _repeated) > 0);
        var before = Machine.ThreadSeconds(_thread[0]);
        var (written, seconds) = source.Flood(IngestBench.FloodSeconds, () => Volatile.Read(ref _taken));
        var threadSeconds = Machine.ThreadSeconds(_thread[0]) - before;
        _stop = true;
        waitSet.Wake();
        thread.Join();
        return new IngestRun(written, seconds, _taken, Lost: null, threadSeconds, _bytesPerSample);
    }

    private void Take<T>(DdsReader<T> reader, DdsWaitSet waitSet, NumberOf<T> numberOf)
        where T : unmanaged, IDdsType<T>
    {
        _thread[0] = Machine.ThisThread();
        var samples = new T[BatchSize];
        var infos = new DdsSampleInfo[BatchSize];
        var tokens = new int[1];
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        while (!_stop)
        {
            if (waitSet.Wait(TimeSpan.FromSeconds(1), tokens, out _) != DdsWaitOutcome.Ready)
            {
                continue;
            }

            var count = reader.Take(samples, infos);
            for (var i = 0; i < count; i++)
            {
                if (infos[i].ValidData)
                {
                    ref var counter = ref (numberOf(in samples[i]) == 0 ? ref _repeated : ref _taken);
                    Volatile.Write(ref counter, counter + 1);
                }
            }
        }

        _bytesPerSample = (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / Math.Max(1, _taken);
    }
}
