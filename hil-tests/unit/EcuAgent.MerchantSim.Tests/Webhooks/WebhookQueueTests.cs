using EcuAgent.MerchantSim.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.MerchantSim.Tests.Webhooks;

public sealed class WebhookQueueTests
{
    [Fact]
    public async Task Queue_Full_RefusesTheNewestAndCounts()
    {
        using var gate = new SemaphoreSlim(0);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = () =>
        {
            gate.Wait();
            return 200;
        };
        await using (var sender = new WebhookSender(new FaultDesk(["m"]), TimeProvider.System, NullLogger.Instance) { Target = WebhookTarget.Of(receiver.Url, "s") })
        {
            for (var i = 0; i < WebhookSender.QueueCapacity + 5; i++)
            {
                sender.Post(new WebhookEvent("m", $"{i}", "order_update", "{}"u8.ToArray()));
            }

            // The first may have left the queue already.
            Assert.InRange(sender.Refused, 4, 5);
            gate.Release(WebhookSender.QueueCapacity + 5);
            await sender.WhenIdleAsync();
            Assert.Equal(WebhookSender.QueueCapacity, sender.Deliveries.Count);
            var sent = sender.Deliveries.Select(d => int.Parse(d.OrderId)).ToArray();
            Assert.Equal(Enumerable.Range(sent[0], sent.Length), sent);
        }
    }
}
