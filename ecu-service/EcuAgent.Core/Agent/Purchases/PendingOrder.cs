using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>An order on its way from the request to the commit.</summary>
/// <param name="Id">GUID; the same from the request to the receipt.</param>
/// <param name="Tool">Name of the tool that asked.</param>
/// <param name="Need">What for.</param>
/// <param name="Arguments">The checked arguments.</param>
/// <param name="Request">What the gate is asked; carries amount and merchant once there is a quote.</param>
/// <param name="Summary">What it is, in the language of the person.</param>
/// <param name="Phrases">The language.</param>
internal sealed record PendingOrder(
    string Id, string Tool, MerchantNeed Need, ToolArguments Arguments, GateRequest Request, string Summary, Phrases Phrases)
{
    /// <summary>The offer that was chosen.</summary>
    public RankedOffer? Offer { get; init; }

    /// <summary>The quote that was read back.</summary>
    public PurchaseRecord? Quote { get; init; }

    /// <summary>The errand that it is for; empty when for none.</summary>
    public string ErrandId { get; init; } = "";

    /// <summary>Tells when the person will be where it is handed over; null where no time matters.</summary>
    public Func<DateTimeOffset?>? Arrival { get; init; }

    /// <summary>True when nobody said for how many people it is, and it is taken for those in the car.</summary>
    public bool IsForThoseAboard { get; init; }

    /// <summary>Id of the question that the commit waits for.</summary>
    public string QuestionId { get; init; } = "";

    /// <summary>The status to publish.</summary>
    public OrderStatus Status(OrderState state, string reason) => new(Id, state, Summary, reason, Quote?.MerchantId ?? "", Quote?.Total);
}
