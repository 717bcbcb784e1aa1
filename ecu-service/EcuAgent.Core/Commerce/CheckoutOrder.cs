using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>What a merchant is asked to price. Binds nobody.</summary>
public sealed record CheckoutOrder
{
    /// <summary>What for.</summary>
    public required MerchantNeed Need { get; init; }

    /// <summary>What is ordered, at least one line.</summary>
    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>ISO 4217 code, three upper-case letters.</summary>
    public required string Currency { get; init; }

    /// <summary>How it should reach the person.</summary>
    public DeliveryKind Delivery { get; init; }

    /// <summary>Where to.</summary>
    public DeliveryPlace Place { get; init; }

    /// <summary>When the person will be there; null when not said and not known.</summary>
    public DateTimeOffset? ArriveAt { get; init; }

    /// <summary>First day of a stay, or day of a visit, in the merchant's time zone; null where no day matters.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Nights of a stay; null outside hotels.</summary>
    public int? Nights { get; init; }

    /// <summary>People; null when not said.</summary>
    public int? People { get; init; }
}
