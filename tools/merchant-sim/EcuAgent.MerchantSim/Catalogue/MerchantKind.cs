namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>What a merchant does for a living; decides how its goods are offered, prepared and taken back.</summary>
public enum MerchantKind
{
    /// <summary>Dishes, fetched or brought.</summary>
    Restaurant,

    /// <summary>Room nights.</summary>
    Hotel,

    /// <summary>Tickets for a day or a show.</summary>
    Tickets,

    /// <summary>Goods sent by a carrier.</summary>
    Parcel,

    /// <summary>Open bills.</summary>
    Biller,
}
