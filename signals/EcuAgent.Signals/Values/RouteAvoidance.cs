namespace EcuAgent.Signals;

/// <summary>What a route should keep away from. Numbers equal <c>ecu::v1::RouteAvoidance</c>.</summary>
public enum RouteAvoidance
{
    /// <summary>Nothing in particular.</summary>
    Nothing = 0,

    /// <summary>Toll roads.</summary>
    Tolls = 1,

    /// <summary>Motorways.</summary>
    Highways = 2,

    /// <summary>Ferries.</summary>
    Ferries = 3,

    /// <summary>Traffic jams.</summary>
    Traffic = 4,
}
