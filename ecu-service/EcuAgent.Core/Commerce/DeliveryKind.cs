namespace EcuAgent.Core.Commerce;

/// <summary>How an order reaches the person.</summary>
public enum DeliveryKind
{
    /// <summary>Not chosen: the merchant's first.</summary>
    Any,

    /// <summary>Fetched at the merchant's.</summary>
    Pickup,

    /// <summary>Brought to an address near the merchant.</summary>
    LocalDelivery,

    /// <summary>A ticket, voucher or booking.</summary>
    Digital,

    /// <summary>Sent by a carrier.</summary>
    Shipping,
}
