namespace EcuAgent.Signals;

/// <summary>A sender (ECU), interned by a <see cref="SourceRegistry"/>. 0 means none.</summary>
public readonly record struct SourceId(ushort Value)
{
    /// <summary>No sender.</summary>
    public static SourceId None => default;
}
