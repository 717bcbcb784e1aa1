using EcuAgent.Signals;

namespace EcuAgent.VehicleBus;

/// <summary>Where the samples of one topic go. All calls come from the ingest thread.</summary>
/// <typeparam name="T">The topic's struct.</typeparam>
/// <param name="sourceOf">Where the name of the sender stands in the struct.</param>
/// <param name="depth">Samples of each source that a bus keeps until they are taken; null: as the contract says.</param>
public abstract class IncomingTopic<T>(SourceOf<T> sourceOf, int? depth)
    where T : unmanaged
{
    /// <summary>Samples of each source that a bus keeps until they are taken; null: as the contract says.</summary>
    public int? Depth { get; } = depth;

    /// <summary>The name of the sender.</summary>
    public ref readonly Idl.BoundedString32 SourceOf(in T sample) => ref sourceOf(in sample);

    /// <summary>Takes a sample.</summary>
    /// <param name="sample">As it was on the wire.</param>
    /// <param name="e2e">What its end-to-end check gave; with <see cref="E2eStatus.Failed"/> only its source counts.</param>
    public abstract void Take(in T sample, E2eStatus e2e);

    /// <summary>Nobody writes for a source any more.</summary>
    /// <param name="key">Only the source counts.</param>
    public abstract void SourceGone(in T key);
}

/// <summary>Where the name of the sender stands in a struct.</summary>
public delegate ref readonly Idl.BoundedString32 SourceOf<T>(in T sample)
    where T : unmanaged;
