using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Writes sessions, orders and refusals in a protocol. Called under the shop's lock: it only reads and writes JSON.</summary>
internal interface ICheckoutFace
{
    Protocol Protocol { get; }

    Answer Show(CheckoutSession session, DateTimeOffset now, int status);

    Answer Show(Order order);

    Answer Refuse(Refusal refusal);
}
