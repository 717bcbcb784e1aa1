namespace EcuAgent.Core.Ports;

/// <summary>How a place query ended.</summary>
public enum PlaceStatus
{
    /// <summary>At least one place.</summary>
    Found,

    /// <summary>The map knows none.</summary>
    None,

    /// <summary>The ECU could not answer, or its answer made no sense.</summary>
    Failed,

    /// <summary>No answer before the expiry, or nobody to ask.</summary>
    TimedOut,
}
