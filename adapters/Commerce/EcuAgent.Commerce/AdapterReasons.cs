namespace EcuAgent.Commerce;

/// <summary>Reasons of this adapter besides those of <see cref="EcuAgent.Core.Commerce.CommerceReasons"/> and the protocols' own codes.</summary>
public static class AdapterReasons
{
    /// <summary>The order cannot be put to any merchant: no line, a quantity below 1, or too many pieces. Nothing was sent.</summary>
    public const string InvalidOrder = "invalid_order";

    /// <summary>The merchant takes another currency. Nothing was sent.</summary>
    public const string CurrencyNotTaken = "currency_not_taken";

    /// <summary>The buyer's profile lacks the address that the order goes to. Nothing was sent.</summary>
    public const string AddressNotSetUp = "address_not_set_up";

    /// <summary>The session offers no way of paying that the car knows. Nothing was sent.</summary>
    public const string PaymentNotSupported = "payment_not_supported";

    /// <summary>As a remark: the merchant does not offer the wanted way of delivery.</summary>
    public const string DeliveryNotOffered = EcuAgent.Core.Commerce.CommerceReasons.DeliveryNotOffered;

    /// <summary>As a remark: the session's items or quantities are not those of the order.</summary>
    public const string ItemsDiffer = EcuAgent.Core.Commerce.CommerceReasons.ItemsDiffer;

    /// <summary>401 without a word of the merchant: the token is not accepted.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The merchant's UCP profile has no version that the car speaks. Nothing was sent.</summary>
    public const string VersionNotSpoken = "version_not_spoken";

    /// <summary>The merchant's UCP profile has no checkout capability. Nothing was sent.</summary>
    public const string CheckoutNotOffered = "checkout_not_offered";
}
