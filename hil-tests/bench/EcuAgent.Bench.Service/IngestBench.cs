namespace EcuAgent.Bench.Service;

/// <summary>How many samples the service takes on one core, against the limit and against the binding alone.</summary>
internal static class IngestBench
{
    internal const double FloodSeconds = 1.5;

    private const double LimitPerSecond = 200_000;

    internal static Outcome Run(uint domainId)
    {
        var speedOther = Measure(FloodKind.Speed, () => new OtherProcessFlood(domainId, FloodKind.Speed));
        var speedSame = Measure(FloodKind.Speed, () => new SameProcessFlood(domainId, FloodKind.Speed, inBursts: false));
        var bursts = Measure(FloodKind.Camera, () => new SameProcessFlood(domainId, FloodKind.Camera, inBursts: true));
        var (perSecond, bytes) = PreparedSamples.Run(FloodSeconds);
        (IngestRun Ours, IngestRun Alone)[] runs = [speedOther, speedSame, bursts];
        var bytesPerSample = Math.Max(bytes, runs.Max(run => run.Ours.BytesPerSample));
        var counted = runs.All(run => run.Ours.AllCounted);
        var best = runs.Max(run => run.Ours.TakenPerCoreSecond);
        var ok = best >= LimitPerSecond && bytesPerSample == 0 && counted;
        return new Outcome(ok, new
        {
            between = "waiting for the DDS reader to applied in VehicleState; per second of processor time of the ingest thread",
            limit_per_core_second = LimitPerSecond,
            taken_per_core_second = Math.Round(best),
            ratio_to_limit = Math.Round(best / LimitPerSecond, 2),
            mapping_and_apply_per_second = Math.Round(perSecond),
            managed_bytes_per_sample = Math.Round(bytesPerSample, 4),
            managed_bytes_per_call = Allocations.Run(),
            all_counted = counted,
            speed_from_other_process = speedOther.Ours.Compare(speedOther.Alone),
            speed_from_same_process = speedSame.Ours.Compare(speedSame.Alone),
            camera_in_bursts_that_fit = bursts.Ours.Compare(bursts.Alone),
            ok,
        });

        (IngestRun Ours, IngestRun Alone) Measure(FloodKind kind, Func<IFloodSource> open)
        {
            var alone = RawTake.Run(domainId, kind, open);
            return (ServiceTake.Run(domainId, open), alone);
        }
    }
}
