namespace EcuAgent.Core.Ports;

/// <summary>What the navigation ECU is asked to do. Order and meaning of the wire contract.</summary>
public enum NavigationAction
{
    /// <summary>Not set; never sent.</summary>
    Unknown,

    /// <summary>PlaceId, DestinationName and position.</summary>
    SetDestination,

    /// <summary>PlaceId, DestinationName and position.</summary>
    AddStop,

    /// <summary>No field.</summary>
    Cancel,

    /// <summary>Avoidance.</summary>
    SetAvoidance,
}
