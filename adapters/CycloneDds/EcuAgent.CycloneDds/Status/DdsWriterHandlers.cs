namespace EcuAgent.CycloneDds;

/// <summary>What to call when a writer's state changes. The rules of <see cref="DdsReaderHandlers"/> hold here too.</summary>
public sealed class DdsWriterHandlers
{
    /// <summary>PUBLICATION_MATCHED.</summary>
    public Action<DdsMatched>? Matched { get; init; }

    /// <summary>OFFERED_DEADLINE_MISSED.</summary>
    public Action<DdsDeadlineMissed>? DeadlineMissed { get; init; }

    /// <summary>OFFERED_INCOMPATIBLE_QOS. Logged as a warning anyway.</summary>
    public Action<DdsIncompatibleQos>? IncompatibleQos { get; init; }

    /// <summary>LIVELINESS_LOST: this writer did not give the sign of life that it promised.</summary>
    public Action<DdsCount>? LivelinessLost { get; init; }
}
