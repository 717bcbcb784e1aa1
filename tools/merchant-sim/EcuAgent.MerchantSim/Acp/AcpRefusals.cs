using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>Refusals as the protocol's flat errors.</summary>
internal static class AcpRefusals
{
    public static Answer Write(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Invalid => AcpProtocol.Invalid(400, refusal.Code, refusal.Message, refusal.Param),
        RefusalReason.NotFound => AcpProtocol.Invalid(404, refusal.Code, refusal.Message, refusal.Param),
        RefusalReason.NotAllowed => AcpProtocol.Invalid(405, refusal.Code, refusal.Message, refusal.Param).With("Allow", "GET"),
        RefusalReason.Busy => AcpProtocol.Invalid(409, refusal.Code, refusal.Message, refusal.Param).With("Retry-After", "1"),
        _ => Answer.Error(503, "service_unavailable", refusal.Code, refusal.Message, refusal.Param).With("Retry-After", "60"),
    };
}
