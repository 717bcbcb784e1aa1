namespace EcuAgent.Core.Ports;

/// <summary>Where to search. Order of the wire contract.</summary>
public enum PlaceNear
{
    /// <summary>Around the car.</summary>
    Here,

    /// <summary>Along the present route.</summary>
    Route,

    /// <summary>Around the destination.</summary>
    Destination,
}
