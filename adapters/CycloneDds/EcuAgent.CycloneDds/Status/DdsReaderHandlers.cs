namespace EcuAgent.CycloneDds;

/// <summary>
/// What to call when a reader's state changes. Given when the reader is made, so that no early event is missed.
/// </summary>
/// <remarks>
/// Called on Cyclone's threads, or on the thread that makes or removes a local peer. Handlers must be quick, must not wait
/// for another thread that uses DDS, and must not make entities. Take, read, write and dispose are allowed. An exception
/// ends there: it is logged and counted in <see cref="DdsEntity.CallbackFaults"/>.
/// </remarks>
public sealed class DdsReaderHandlers
{
    /// <summary>SUBSCRIPTION_MATCHED.</summary>
    public Action<DdsMatched>? Matched { get; init; }

    /// <summary>REQUESTED_DEADLINE_MISSED.</summary>
    public Action<DdsDeadlineMissed>? DeadlineMissed { get; init; }

    /// <summary>REQUESTED_INCOMPATIBLE_QOS. Logged as a warning anyway.</summary>
    public Action<DdsIncompatibleQos>? IncompatibleQos { get; init; }

    /// <summary>LIVELINESS_CHANGED.</summary>
    public Action<DdsLivelinessChanged>? LivelinessChanged { get; init; }

    /// <summary>SAMPLE_LOST: a sample never arrived. Keep-last overwriting is no loss to DDS: count it by a sequence number in the sample.</summary>
    public Action<DdsCount>? SampleLost { get; init; }

    /// <summary>SAMPLE_REJECTED.</summary>
    public Action<DdsSampleRejected>? SampleRejected { get; init; }
}
