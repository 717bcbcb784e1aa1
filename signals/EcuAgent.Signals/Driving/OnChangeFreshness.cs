namespace EcuAgent.Signals;

/// <summary>How long a signal stays fresh whose sender writes it only on change (gear, brake, power mode, read-backs).</summary>
public enum OnChangeFreshness
{
    /// <summary>By age: the sender repeats the value well within the maximum age (say at 1 Hz). The default, and the stricter one.</summary>
    MaximumAge = 0,

    /// <summary>
    /// As long as the source lives: the adapter reports <see cref="VehicleState.SourceLost"/> from the transport's liveliness.
    /// Evidence then does not age; after a loss only a new sample brings it back.
    /// </summary>
    Liveliness = 1,
}
