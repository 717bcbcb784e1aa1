using EcuAgent.MerchantSim.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.MerchantSim.Tests.Webhooks;

public sealed class WebhookQueueTests
{
    [Fact]
    public async Task Queue_Full_RefusesTheNewestAndCounts()
    {
        using var entered = new SemaphoreSlim(0);
        using var gate = new SemaphoreSlim(0);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = () =>
        {
            entered.Release();
            gate.Wait();
            return 200;
        };
        await using var sender = new WebhookSender(new FaultDesk(["m"]), TimeProvider.System, NullLogger.Instance) { Target = WebhookTarget.Of(receiver.Url, "s") };
        sender.Post(Event(0));

        // From here on the sender waits for the receiver and takes nothing out of the queue.
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(30)), "The first event never reached the receiver.");
        foreach (var i in Enumerable.Range(1, WebhookSender.QueueCapacity + 5))
        {
            sender.Post(Event(i));
        }

        Assert.Equal(5, sender.Refused);
        gate.Release(WebhookSender.QueueCapacity + 1);
        await sender.WhenIdleAsync();
        Assert.Equal(Enumerable.Range(1, WebhookSender.QueueCapacity), sender.Deliveries.Select(d => int.Parse(d.OrderId)));
    }

    private static WebhookEvent Event(int order) => new("m", $"{order}", "order_update", "{}"u8.ToArray());
}
