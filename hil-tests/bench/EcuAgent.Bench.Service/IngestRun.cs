namespace EcuAgent.Bench.Service;

/// <summary>One flood and what a taking side made of it.</summary>
/// <param name="Written">Samples written.</param>
/// <param name="Seconds">Time that the writer needed.</param>
/// <param name="Taken">Samples taken.</param>
/// <param name="Lost">Samples that the taking side found missing by their numbers; null where nobody looks.</param>
/// <param name="ThreadSeconds">Processor time of the taking thread.</param>
/// <param name="BytesPerSample">Managed bytes on the taking thread.</param>
internal sealed record IngestRun(long Written, double Seconds, long Taken, long? Lost, double ThreadSeconds, double BytesPerSample)
{
    /// <summary>What one core that does nothing else takes in a second.</summary>
    internal double TakenPerCoreSecond => Taken / ThreadSeconds;

    internal bool AllCounted => Taken + Lost == Written;

    internal object Compare(IngestRun bindingAlone) => new
    {
        written_per_second = Math.Round(Written / Seconds),
        taken_per_second = Math.Round(Taken / Seconds),
        taken_per_core_second = Math.Round(TakenPerCoreSecond),
        binding_alone_taken_per_core_second = Math.Round(bindingAlone.TakenPerCoreSecond),
        ratio_to_binding_alone = Math.Round(TakenPerCoreSecond / bindingAlone.TakenPerCoreSecond, 2),
        written = Written,
        taken = Taken,
        overwritten_or_lost = Lost,
        all_counted = AllCounted,
        managed_bytes_per_sample = Math.Round(BytesPerSample, 4),
    };
}
