namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>How bad one direction of a wire is.</summary>
internal sealed record WireFaults
{
    public static WireFaults None { get; } = new();

    public static WireFaults Cut { get; } = new() { IsCut = true };

    /// <summary>Nothing arrives; what is under way is lost as well.</summary>
    public bool IsCut { get; init; }

    /// <summary>Share of the frames that is lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Share of the frames that arrives twice, 0 to 1.</summary>
    public double Duplicates { get; init; }

    /// <summary>How long a frame is under way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Up to so much longer, by chance: frames overtake each other.</summary>
    public TimeSpan Jitter { get; init; }
}
