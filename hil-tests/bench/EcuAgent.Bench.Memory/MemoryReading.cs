namespace EcuAgent.Bench.Memory;

/// <summary>What the service had in use at one moment.</summary>
/// <param name="Minutes">Since the traffic began to arrive.</param>
/// <param name="ResidentMiB">VmRSS, in MiB.</param>
/// <param name="ManagedBytes">Alive on the managed heap after a full collection.</param>
/// <param name="NativeBytes">Given out by malloc and not freed, all arenas.</param>
/// <param name="NativeArenaBytes">Held by malloc, given out or not, all arenas.</param>
/// <param name="Received">Samples that the service says it received.</param>
/// <param name="Lost">Samples that the service says it lost.</param>
public sealed record MemoryReading(
    double Minutes, double ResidentMiB, long ManagedBytes, long NativeBytes, long NativeArenaBytes, long Received, long Lost);
