using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>Ends an order: publishes it, says it, closes the merchant's session.</summary>
internal sealed class OrderEnding(AgentServices services, Recorder recorder, Voice voice)
{
    /// <summary>Ends an order that nobody pays for.</summary>
    public async Task<PurchaseEnd> DropAsync(PendingOrder order, OrderState state, string reason, string clause)
    {
        await TellAsync(order, state, reason, clause).ConfigureAwait(false);
        await CloseSessionAsync(order, reason).ConfigureAwait(false);
        return PurchaseEnd.Dropped;
    }

    /// <summary>Publishes and says how an order ended; what its session is like is known already.</summary>
    public async Task TellAsync(PendingOrder order, OrderState state, string reason, string clause)
    {
        await recorder.PublishAsync(order.Status(state, reason)).ConfigureAwait(false);
        await voice.SayAsync(order.Phrases, [clause], null, voice.Frame(order.Request.UtteranceId ?? "", order.Request.Zone)).ConfigureAwait(false);
    }

    /// <summary>Closes the merchant's session, told to nobody.</summary>
    public Task<PurchaseRecord> CloseSessionAsync(PendingOrder order, string reason) =>
        services.Purchases!.AbandonAsync(order.Quote!, reason, CancellationToken.None);
}
