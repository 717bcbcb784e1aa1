namespace EcuAgent.CycloneDds;

/// <summary>State of a sample's instance.</summary>
public enum DdsInstanceState
{
    /// <summary>A live writer writes it.</summary>
    Alive = 16,

    /// <summary>A writer disposed it, also by going away in good order (unless <see cref="DdsQos.AutoDisposeInstances"/> is false).</summary>
    NotAliveDisposed = 32,

    /// <summary>No live writer is left.</summary>
    NotAliveNoWriters = 64,
}
