namespace EcuAgent.VehicleBus;

/// <summary>Writes one topic on one bus. Called under the lock of its <see cref="SequencedWriter{T}"/>, so never by two threads at once.</summary>
/// <typeparam name="T">The topic's struct.</typeparam>
public interface ITopicWriter<T>
    where T : unmanaged
{
    /// <summary>Whether somebody on this bus takes the topic now: for a command, whether its ECU is there.</summary>
    bool HasPeer { get; }

    /// <summary>Writes a sample; nothing is kept for later, but what the topic's durability keeps.</summary>
    /// <returns>False when it was not sent; the bus has logged and counted why. That nobody listens is no failure.</returns>
    bool TryWrite(in T sample);

    /// <summary>Says that this writer has done with an instance, so that readers take another writer at once. For buses with ownership.</summary>
    /// <param name="key">Only its key fields count.</param>
    void Release(in T key);
}
