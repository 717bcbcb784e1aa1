using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Ports;

/// <summary>The answer of a merchant.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Stable code, at most 48 characters.</param>
/// <param name="Offers">Offers, best first; empty when there are none.</param>
/// <param name="Reference">The merchant's own order number; empty when there is none.</param>
public sealed record MerchantAnswer(MerchantStatus Status, string Reason, IReadOnlyList<MerchantOffer> Offers, string Reference = "")
{
    /// <summary>Reason code of <see cref="MerchantStatus.NotConfigured"/>.</summary>
    public const string NotConfiguredReason = "merchant_not_configured";

    /// <summary>No merchant is set up.</summary>
    public static MerchantAnswer NotConfigured { get; } = new(MerchantStatus.NotConfigured, NotConfiguredReason, []);
}

/// <summary>One offer.</summary>
/// <param name="Merchant">Id of the merchant, at most 64 characters.</param>
/// <param name="Summary">What it is, as it is spoken.</param>
/// <param name="Price">What it costs in all, or null when that is not known.</param>
/// <param name="Sponsored">True when the place in the list was paid for.</param>
public sealed record MerchantOffer(string Merchant, string Summary, Money? Price, bool Sponsored);
