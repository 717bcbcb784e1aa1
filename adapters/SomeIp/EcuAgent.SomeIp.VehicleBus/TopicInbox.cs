using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>
/// What waits between the threads of the sockets and the ingest thread, for one topic. Bounded: each kind names what happens when it is
/// full, and counts it.
/// </summary>
internal abstract class TopicInbox
{
    /// <summary>Samples that were overwritten or refused because there was no room.</summary>
    public abstract long Lost { get; }

    /// <summary>Samples of senders that could not be told.</summary>
    public abstract long Refused { get; }

    /// <summary>Hands on what waits, on the ingest thread.</summary>
    /// <param name="most">No more than so many samples.</param>
    /// <returns>True when there is more.</returns>
    public abstract bool Take(int most);

    /// <summary>Looks whether cyclic samples came in time.</summary>
    public virtual void CheckDeadline(Action<BusWarning> warn)
    {
    }
}
