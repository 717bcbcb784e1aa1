using EcuAgent.MerchantSim.Control;
using EcuAgent.MerchantSim.Idempotency;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.MerchantSim.Ucp;

namespace EcuAgent.MerchantSim.Http;

/// <summary>What the router has answers made by.</summary>
internal sealed record SimServices
{
    public required SimSite Site { get; init; }

    public required TimeProvider Time { get; init; }

    public required IReadOnlyList<string> ApiKeys { get; init; }

    public required IdempotencyStore Keys { get; init; }

    public required IReadOnlyDictionary<string, MerchantDesk> Desks { get; init; }

    public required DelegatePaymentFace Payments { get; init; }

    public required ControlFace Control { get; init; }

    public required Answer OrderCancelSchema { get; init; }

    public required UcpSigning Signing { get; init; }

    public required PlatformProfile Platform { get; init; }
}
