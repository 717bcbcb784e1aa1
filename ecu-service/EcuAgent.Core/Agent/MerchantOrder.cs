using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>An order on its way from the request to the commit.</summary>
/// <param name="Merchant">What the merchant is asked.</param>
/// <param name="Request">What the gate is asked; carries amount and merchant once there is an offer.</param>
/// <param name="Summary">What it is, in the language of the person.</param>
/// <param name="Phrases">The language.</param>
internal sealed record MerchantOrder(MerchantRequest Merchant, GateRequest Request, string Summary, Phrases Phrases)
{
    /// <summary>The offer that was read back.</summary>
    public MerchantOffer? Offer { get; init; }

    /// <summary>Id of the question that the commit waits for.</summary>
    public string QuestionId { get; init; } = "";

    /// <summary>The status to publish.</summary>
    public OrderStatus Status(OrderState state, string reason) =>
        new(Merchant.OrderId, state, Summary, reason, Offer?.Merchant ?? "", Offer?.Price);
}
