namespace EcuAgent.Core.Ports;

/// <summary>What a merchant is needed for.</summary>
public enum MerchantNeed
{
    /// <summary>Dishes and drinks.</summary>
    Food,

    /// <summary>Hotel rooms.</summary>
    Hotel,

    /// <summary>Tickets of any kind.</summary>
    Ticket,

    /// <summary>A table in a restaurant.</summary>
    Table,

    /// <summary>Bills, transfers, parking, fuel, toll.</summary>
    Payment,

    /// <summary>Where an order or a parcel is.</summary>
    Parcel,
}
