namespace EcuAgent.Commerce.Receiver;

/// <summary>What became of the requests since the start.</summary>
public sealed record ReceiverCounters
{
    /// <summary>Genuine and new, handed over; 200.</summary>
    public long Taken { get; init; }

    /// <summary>Taken before; 200.</summary>
    public long Duplicate { get; init; }

    /// <summary>Older than one that was taken; 200.</summary>
    public long Late { get; init; }

    /// <summary>Of a type that is not about an order's progress; 200.</summary>
    public long Ignored { get; init; }

    /// <summary>Forged, too old or from the future; 401.</summary>
    public long NotGenuine { get; init; }

    /// <summary>Genuine, and not an order event; 400.</summary>
    public long NotUnderstood { get; init; }

    /// <summary>Genuine and new, but too many orders waited; 503.</summary>
    public long NoRoom { get; init; }

    /// <summary>No order event by its path, method, type, length or time; 400, 404, 405, 408, 413, 415 or a broken connection.</summary>
    public long Malformed { get; init; }
}
