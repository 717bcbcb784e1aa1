namespace EcuAgent.Core.Standby;

/// <summary>What a service of a pair does now.</summary>
public enum StandbyState
{
    /// <summary>Listens whether somebody leads, and does nothing else.</summary>
    Joining,

    /// <summary>Another one leads.</summary>
    Following,

    /// <summary>Plans, commands and speaks.</summary>
    Leading,

    /// <summary>Is being stopped; never leads again.</summary>
    Left,
}
