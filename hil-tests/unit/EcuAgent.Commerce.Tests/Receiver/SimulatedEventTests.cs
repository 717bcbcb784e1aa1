using EcuAgent.Commerce.Receiver;
using EcuAgent.Commerce.Webhooks;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.Commerce.Tests.Receiver;

/// <summary>The events of the simulated merchants, from their order to the one who is told: UCP's and ACP's side by side at one receiver.</summary>
public sealed class SimulatedEventTests
{
    [Fact]
    public async Task Events_OfBothProtocols_AreHandedOverAndForgedOnesAreNot()
    {
        // The registry names the receiver before that can be started, as it does with a gateway.
        using var gateway = await Relay.StartAsync(new Uri("http://127.0.0.1:9/"));
        var address = $"{new Uri(gateway.Base).GetLeftPart(UriPartial.Authority)}/orders/{{merchant}}";
        await using var shop = await SimShop.StartAsync(options => options with { WebhookUrl = address }, ucp: [SimShop.Trattoria]);
        var told = new List<OrderUpdate>();
        await using var receiver = await OrderEventReceiver.StartAsync(
            ReceiverRig.Loopback,
            shop.Adapter.Webhooks,
            update =>
            {
                lock (told)
                {
                    told.Add(update);
                }

                return true;
            },
            shop.Time,
            shop.Logs);
        gateway.Target = receiver.Url;

        var food = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;
        Assert.True((await shop.PayAsync(food)).IsDone);
        var order = SimShop.Order("room-single", need: MerchantNeed.Hotel) with { Day = new DateOnly(2026, 3, 8), Nights = 1, People = 1 };
        var stay = (await shop.OpenAsync(order, SimShop.Hotel, "open-2")).Value!;
        Assert.True((await shop.PayAsync(stay, "complete-2")).IsDone);
        await shop.World.WebhooksSettledAsync();
        shop.World.Faults.Add(FaultKind.WebhookForge, SimOperation.Webhook, SimShop.Trattoria);
        shop.World.Advance(merchantId: SimShop.Trattoria);
        shop.World.Advance(merchantId: SimShop.Trattoria);
        await shop.World.WebhooksSettledAsync();

        Assert.Equal(
            [
                (SimShop.Trattoria, food.SessionId, OrderProgress.Placed),
                (SimShop.Hotel, stay.SessionId, OrderProgress.Placed),
                (SimShop.Hotel, stay.SessionId, OrderProgress.Preparing),
                (SimShop.Trattoria, food.SessionId, OrderProgress.Ready),
            ],
            told.Select(update => (update.MerchantId, update.SessionId, update.Order.Progress)));
        Assert.Equal(new ReceiverCounters { Taken = 4, NotGenuine = 1 }, receiver.Counters);
        Assert.Equal(["delivered", "delivered", "delivered", "refused", "delivered"], shop.World.WebhookDeliveries.Select(delivery => delivery.Outcome));
    }
}
