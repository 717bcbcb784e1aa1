namespace EcuAgent.Core.Ports;

/// <summary>Kind of place. Order of the wire contract.</summary>
public enum PlaceCategory
{
    Any,
    Restaurant,
    Cafe,
    Fuel,
    Charging,
    Parking,
    Hotel,
    Attraction,
    Shop,
    Supermarket,
    Hospital,
    Pharmacy,
    Bank,
    Airport,
    Station,
    Service,

    /// <summary>The saved home.</summary>
    Home,

    /// <summary>The saved place of work.</summary>
    Work,
}
