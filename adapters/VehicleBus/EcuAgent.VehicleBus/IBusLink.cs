using EcuAgent.Dds.TypeSupport;
using EcuAgent.SomeIp.TypeSupport;

namespace EcuAgent.VehicleBus;

/// <summary>
/// One bus that the service speaks on: brings samples and takes samples, and judges neither. Writers and readers are opened before
/// <see cref="Start"/>; <see cref="WaitAndTake"/> is called by the ingest thread only.
/// </summary>
public interface IBusLink : IDisposable
{
    /// <summary>Samples that the bus dropped by itself, because they do not hold their struct.</summary>
    long SamplesRejected { get; }

    /// <summary>Samples that the bus reports as lost, without the gaps in the sources' own numbering.</summary>
    long SamplesLost { get; }

    /// <summary>Opens the writing side of a topic.</summary>
    ITopicWriter<T> OpenWriter<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>;

    /// <summary>Opens the reading side of a topic; its samples are handed on by <see cref="WaitAndTake"/>, on the thread that calls it.</summary>
    void OpenReader<T>(IncomingTopic<T> topic)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>;

    /// <summary>Everything is open: peers may see this bus from now on.</summary>
    void Start();

    /// <summary>
    /// Waits until samples are there, <see cref="Wake"/> was called or the time has passed, and hands on what is there: a batch of each
    /// topic, so that a flooded topic cannot starve the others.
    /// </summary>
    /// <returns>False when the link is disposed.</returns>
    bool WaitAndTake(TimeSpan longest);

    /// <summary>Ends the current wait, or the next one if none is running. From any thread.</summary>
    void Wake();

    /// <summary>Gives a sign of life for everything that a service of a pair writes.</summary>
    void AssertLiveliness();
}
