namespace EcuAgent.MerchantSim.Checkout;

/// <summary>How goods reach the buyer; named as ACP names it.</summary>
internal enum DeliveryMode
{
    Shipping,
    Digital,
    Pickup,
    LocalDelivery,
}
