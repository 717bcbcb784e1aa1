namespace EcuAgent.Signals;

/// <summary>What the navigation ECU is really doing: the read-back of its commands. Personal data.</summary>
public readonly record struct NavigationSample
{
    /// <summary>Sender, times, counter.</summary>
    public SampleEnvelope Envelope { get; init; }

    /// <summary>The command that was carried out last; empty or null when none.</summary>
    public string? LastCommandId { get; init; }

    /// <summary>A route is being followed.</summary>
    public bool RouteActive { get; init; }

    /// <summary>Stops before the destination, 0 .. 255.</summary>
    public int StopCount { get; init; }

    /// <summary>What the route keeps away from.</summary>
    public RouteAvoidance Avoidance { get; init; }

    /// <summary>The destination's name; empty or null when none.</summary>
    public string? DestinationName { get; init; }

    /// <summary>-90 .. 90.</summary>
    public double DestinationLatitudeDegrees { get; init; }

    /// <summary>-180 .. 180.</summary>
    public double DestinationLongitudeDegrees { get; init; }

    /// <summary>0 or more; NaN when not known.</summary>
    public double RemainingDistanceMeters { get; init; }

    /// <summary>0 or more; NaN when not known.</summary>
    public double RemainingTimeSeconds { get; init; }
}
