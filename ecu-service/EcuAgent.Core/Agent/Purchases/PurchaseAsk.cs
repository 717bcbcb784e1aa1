using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>A purchase that is asked for.</summary>
/// <param name="Tool">The tool that asks.</param>
/// <param name="Arguments">Its checked arguments.</param>
/// <param name="Request">What the gate was asked.</param>
internal sealed record PurchaseAsk(ToolDefinition Tool, ToolArguments Arguments, GateRequest Request)
{
    /// <summary>True when the gate lets it be proposed: it wants a yes, or only the amount and the merchant that an offer brings.</summary>
    public static bool MayBeProposed(in GateDecision decision) => decision is
        { Kind: GateDecisionKind.Confirm } or { Kind: GateDecisionKind.Defer, Reason: GateReason.MerchantUnknown or GateReason.AmountUnknown };

    /// <summary>Id of an order that has one already; null for a new one.</summary>
    public string? OrderId { get; init; }

    /// <summary>The offer that was chosen; null for the best.</summary>
    public RankedOffer? Chosen { get; init; }

    /// <summary>The errand that it is for; empty when for none.</summary>
    public string ErrandId { get; init; } = "";

    /// <summary>Tells when the person will be there; null for the usual forecast.</summary>
    public Func<DateTimeOffset?>? Arrival { get; init; }
}
