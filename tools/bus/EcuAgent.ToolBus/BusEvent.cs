namespace EcuAgent.ToolBus;

/// <summary>Something that went by on the bus.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="ReceivedAt">When it arrived here.</param>
/// <param name="IsGone">True when nobody writes the instance any more: then only the key fields of the sample are set.</param>
public abstract record BusEvent(string Topic, DateTimeOffset ReceivedAt, bool IsGone);

/// <summary>A sample of a known type.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="ReceivedAt">When it arrived here.</param>
/// <param name="IsGone">True when nobody writes the instance any more.</param>
/// <param name="Sample">As it was on the wire.</param>
public sealed record BusSample<T>(string Topic, DateTimeOffset ReceivedAt, bool IsGone, T Sample) : BusEvent(Topic, ReceivedAt, IsGone)
    where T : unmanaged;
