namespace EcuAgent.CycloneDds;

/// <summary>What a late reader gets (DURABILITY).</summary>
public enum DdsDurability
{
    /// <summary>Only what is written after the match.</summary>
    Volatile,

    /// <summary>Also what the writer still holds.</summary>
    TransientLocal,
}
