using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Commerce;

/// <summary>A checkout session as the merchant has it: authoritative, whole, the same in every protocol.</summary>
public sealed record CheckoutSession
{
    /// <summary>Whose it is.</summary>
    public required string MerchantId { get; init; }

    /// <summary>The merchant's id of it.</summary>
    public required string SessionId { get; init; }

    /// <summary>Where it stands.</summary>
    public required CheckoutState State { get; init; }

    /// <summary>What is paid in all; null when the merchant has not said.</summary>
    public Money? Total { get; init; }

    /// <summary>What is bought.</summary>
    public IReadOnlyList<CheckoutLine> Lines { get; init; } = [];

    /// <summary>How it comes; null when not chosen yet.</summary>
    public CheckoutDelivery? Delivery { get; init; }

    /// <summary>What the merchant has to say.</summary>
    public IReadOnlyList<CheckoutRemark> Remarks { get; init; } = [];

    /// <summary>Where a person goes on; null when nowhere. Absolute, https or loopback.</summary>
    public Uri? ContinueAt { get; init; }

    /// <summary>When it runs out; null when not told.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The order; null before it is completed.</summary>
    public PlacedOrder? Order { get; init; }

    /// <summary>True when the merchant takes the order back after it was placed, within its terms.</summary>
    public bool IsCancelableLater { get; init; }

    /// <summary>What the person agrees to: whatever differs here has to be read back again.</summary>
    public string Terms => CheckoutTerms.Of(this);
}
