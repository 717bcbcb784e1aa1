namespace EcuAgent.SomeIp.Wire;

/// <summary>Bounds of reassembly.</summary>
public sealed record TpLimits
{
    /// <summary>Messages put together at the same time. Default 16.</summary>
    public int MaxMessages { get; init; } = 16;

    /// <summary>Largest message, payload bytes. Default 131,072.</summary>
    public int MaxMessageBytes { get; init; } = 128 * 1024;

    /// <summary>Memory of all messages together, bytes. Default 1,048,576.</summary>
    public int MaxTotalBytes { get; init; } = 1024 * 1024;

    /// <summary>From the first to the last segment. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Separate pieces of one message, the gaps between them plus one. Default 8.</summary>
    public int MaxPieces { get; init; } = 8;
}
