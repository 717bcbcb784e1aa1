namespace EcuAgent.Drives;

/// <summary>Where a drive comes from.</summary>
public enum DriveOrigin
{
    /// <summary>Recorded in a real vehicle.</summary>
    Recorded,

    /// <summary>Computed, for instance from the speed table of a regulation.</summary>
    Generated,
}
