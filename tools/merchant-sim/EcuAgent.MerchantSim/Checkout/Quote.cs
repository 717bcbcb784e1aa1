namespace EcuAgent.MerchantSim.Checkout;

/// <summary>A cart priced at an instant: what it costs, how it comes, and what stands in the way.</summary>
internal sealed record Quote
{
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    public required IReadOnlyList<DeliveryOffer> Offers { get; init; }

    public required DeliveryOffer? Selected { get; init; }

    public required IReadOnlyList<Fee> Fees { get; init; }

    public required IReadOnlyList<Notice> Notices { get; init; }

    public required SessionStatus Status { get; init; }

    public long Base => Lines.Sum(l => l.Base);

    public long Tax => Lines.Sum(l => l.Tax);

    public long Delivery => Selected?.Fee ?? 0;

    public long Total => Base + Tax + Delivery + Fees.Sum(f => f.Amount);
}
