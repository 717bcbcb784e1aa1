namespace EcuAgent.MerchantSim.Tests.Webhooks;

public sealed class WebhookTests
{
    private const string Secret = "shared-secret";

    [Fact]
    public async Task Events_OfAnOrder_AreSignedCompleteAndInOrder()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        rig.Time.Advance(TimeSpan.FromHours(1));
        foreach (var (type, state) in new[] { ("order_create", "confirmed"), ("order_update", "processing"), ("order_update", "processing"), ("order_update", "completed") })
        {
            var received = await receiver.NextAsync();
            Assert.Equal((type, state), (received.Type, received.OrderState));
            Assert.Matches("^t=\\d+,v1=[0-9a-f]{64}$", received.Signature);
            Assert.True(received.IsSignedWith(Secret));
            Assert.Equal(done.OrderId, received.Body.GetProperty("data").GetProperty("id").GetString());
            Check(received);
        }

        await rig.World.WebhooksSettledAsync();
        Assert.All(rig.World.WebhookDeliveries, d => Assert.Equal(("delivered", 1, 200), (d.Outcome, d.Attempts, d.Status!.Value)));
        Assert.Equal(4, rig.World.WebhookDeliveries.Count);
    }

    [Fact]
    public async Task Url_WithAPlaceForTheMerchant_HasItsId()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await Rig.StartAsync(o => o with { WebhookUrl = receiver.Url + "/{merchant}", WebhookSecret = Secret });
        Assert.EndsWith("/events/{merchant}", rig.World.WebhookUrl, StringComparison.Ordinal);

        await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        await rig.World.WebhooksSettledAsync();

        Assert.Equal([$"/events/{Rig.Bills}", $"/events/{Rig.Trattoria}"], receiver.Rest().Select(received => received.Path).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Events_OfEveryKindOfMerchant_KeepToTheOrderSchema()
    {
        AcpOracle.Required();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        var parcel = AcpClient.Cart(["road-atlas"]);
        parcel["fulfillment_details"] = AcpClient.Address();
        await rig.Client.BuyAsync(Rig.Books, parcel);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        var ticket = await rig.Client.BuyAsync(Rig.Cinema, AcpClient.Cart(["film-comet-2015"], Rig.Visit("2026-03-07")));
        await rig.Client.BuyAsync(Rig.Hotel, AcpClient.Cart(["room-single"], Rig.Stay("2026-03-07")));
        await rig.Client.CancelOrderAsync(Rig.Cinema, ticket.OrderId);
        rig.World.Advance(steps: 10);
        await rig.World.WebhooksSettledAsync();
        var all = receiver.Rest();
        Assert.True(all.Length >= 14, $"{all.Length} events");
        Assert.All(all, Check);
    }

    [Fact]
    public async Task Receiver_Failing_AskedAgainWithGrowingWaitsAndThenGivenUp()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        receiver.Answer = () => 500;
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        var first = await receiver.NextAsync();
        for (var i = 1; i < 5; i++)
        {
            var next = receiver.NextAsync().AsTask();
            while (!next.IsCompleted)
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            Assert.Equal(first.RequestId, (await next).RequestId);
        }

        var second = receiver.NextAsync().AsTask();
        Assert.NotEqual(first.RequestId, (await second).RequestId);
        Assert.Equal(("gave_up", 5, 500), (rig.World.WebhookDeliveries[0].Outcome, rig.World.WebhookDeliveries[0].Attempts, rig.World.WebhookDeliveries[0].Status!.Value));
    }

    [Fact]
    public async Task Receiver_SaysNo_IsNotAskedAgain()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        receiver.Answer = () => 401;
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        await rig.World.WebhooksSettledAsync();
        Assert.All(rig.World.WebhookDeliveries, d => Assert.Equal(("refused", 1, 401), (d.Outcome, d.Attempts, d.Status!.Value)));
    }

    [Fact]
    public async Task Receiver_ComesBack_EventIsTakenLater()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        var answers = new Queue<int>([503, 429, 200, 200]);
        receiver.Answer = answers.Dequeue;
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        var settled = rig.World.WebhooksSettledAsync();
        while (!settled.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal([("delivered", 3), ("delivered", 1)], rig.World.WebhookDeliveries.Select(d => (d.Outcome, d.Attempts)));
    }

    [Fact]
    public async Task Fault_Duplicate_SameBytesTwice()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        rig.World.Faults.Add(FaultKind.WebhookDuplicate);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        var (first, second) = (await receiver.NextAsync(), await receiver.NextAsync());
        Assert.Equal(first.Raw, second.Raw);
        Assert.Equal("order_update", (await receiver.NextAsync()).Type);
    }

    [Fact]
    public async Task Fault_Reorder_UpdateComesBeforeCreate()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        rig.World.Faults.Add(FaultKind.WebhookReorder);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        Assert.Equal("order_update", (await receiver.NextAsync()).Type);
        Assert.Equal("order_create", (await receiver.NextAsync()).Type);
    }

    [Fact]
    public async Task Fault_Forge_SignatureIsWrong()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        rig.World.Faults.Add(FaultKind.WebhookForge);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        Assert.False((await receiver.NextAsync()).IsSignedWith(Secret));
        Assert.True((await receiver.NextAsync()).IsSignedWith(Secret));
    }

    [Fact]
    public async Task Fault_Stale_SignedRightlyAnHourAgo()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        rig.World.Faults.Add(FaultKind.WebhookStale);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        var received = await receiver.NextAsync();
        Assert.True(received.IsSignedWith(Secret));
        Assert.Equal(Rig.Start.AddHours(-1), received.SignedAt);
    }

    [Fact]
    public async Task Fault_Drop_EventNeverComes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await StartAsync(receiver);
        rig.World.Faults.Add(FaultKind.WebhookDrop, merchant: Rig.Bills);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        await rig.World.WebhooksSettledAsync();
        Assert.Equal("order_update", Assert.Single(receiver.Rest()).Type);
        Assert.Equal("dropped_by_fault", rig.World.WebhookDeliveries[0].Outcome);
    }

    [Fact]
    public async Task Target_SetByControl_TakesEffectAndCanBeTakenAway()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await Rig.StartAsync();
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2210"]));
        (await rig.ControlAsync("webhooks", new JsonObject { ["url"] = receiver.Url, ["secret"] = "another" })).Expect(200);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-toll-2211"]));
        Assert.True((await receiver.NextAsync()).IsSignedWith("another"));
        await rig.World.WebhooksSettledAsync();
        (await rig.ControlAsync("webhooks", new JsonObject { ["url"] = null })).Expect(200);
        await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-parking-7731"]));
        await rig.World.WebhooksSettledAsync();
        Assert.Single(receiver.Rest());
        var log = await rig.Client.SendAsync(HttpMethod.Get, "control/webhooks", null, null);
        Assert.Equal(2, log.Body.GetProperty("deliveries").GetArrayLength());
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://example.com/hook")]
    [InlineData("hook")]
    public async Task Target_NotOnLoopback_Refused(string url)
    {
        await using var rig = await Rig.StartAsync();
        Assert.Throws<ArgumentException>(() => rig.World.SendWebhooksTo(url));
        var reply = await rig.ControlAsync("webhooks", new JsonObject { ["url"] = url });
        Assert.Contains("loopback", reply.Expect(400).Text("message"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => MerchantWorld.StartAsync(new MerchantWorldOptions { WebhookUrl = url }));
    }

    private static Task<Rig> StartAsync(WebhookReceiver receiver) =>
        Rig.StartAsync(o => o with { WebhookUrl = receiver.Url, WebhookSecret = Secret });

    // The event itself is described in the protocol's OpenAPI file only; its data is the Order of the published schema with four fields required.
    private static void Check(WebhookReceiver.Received received)
    {
        Assert.Equal(["data", "type"], received.Body.EnumerateObject().Select(p => p.Name).Order());
        var data = received.Body.GetProperty("data");
        Assert.All(new[] { "type", "checkout_session_id", "permalink_url", "status" }, name => Assert.True(data.TryGetProperty(name, out _)));
        AcpOracle.Instance?.Check(AcpOracle.Checkout, "Order", data);
    }
}
