namespace EcuAgent.MerchantSim.Tests.Schemas;

/// <summary>One of every answer, held against the published schemas by the client itself.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task EveryOperation_OfEveryMerchant_KeepsToTheSchemas()
    {
        AcpOracle.Required();
        await using var rig = await Rig.StartAsync();
        var before = Volatile.Read(ref AnswerCheck.Checked);
        foreach (var merchant in rig.World.Merchants)
        {
            await rig.Client.SendAsync(HttpMethod.Get, $"{merchant.Id}/.well-known/acp.json", null, null);
            foreach (var feed in new[] { "en", "zh" })
            {
                await rig.Client.SendAsync(HttpMethod.Get, $"{merchant.Id}/feeds/{feed}", null, null);
                var products = (await rig.Client.SendAsync(HttpMethod.Get, $"{merchant.Id}/feeds/{feed}/products", null, null)).Expect(200);
                foreach (var product in products.Body.GetProperty("products").EnumerateArray())
                {
                    await WalkAsync(rig, merchant.Id, product.GetProperty("id").GetString()!, feed);
                }
            }
        }

        Assert.True(Volatile.Read(ref AnswerCheck.Checked) - before > 500);
    }

    private static async Task WalkAsync(Rig rig, string merchant, string item, string language)
    {
        var cart = AcpClient.Cart([item]);
        cart["locale"] = language;
        cart["timezone"] = "Europe/Berlin";
        cart["buyer"] = new JsonObject { ["email"] = "ada@example.com", ["full_name"] = "Ada Driver" };
        var bare = await rig.Client.CreateAsync(merchant, cart);
        cart["fulfillment_details"] = AcpClient.Address();
        cart["metadata"] = new JsonObject
        {
            ["ecuagent_check_in"] = "2026-03-12", ["ecuagent_nights"] = 2, ["ecuagent_visit_date"] = "2026-03-08", ["ecuagent_people"] = 1,
            ["ecuagent_arrival_time"] = "2026-03-06T13:00:00Z",
        };
        var session = (await rig.Client.CreateAsync(merchant, cart)).Expect(201);
        await rig.Client.UpdateAsync(merchant, session.Id, new JsonObject { ["order_notes"] = "none" });
        await rig.Client.GetAsync(merchant, session.Id);
        await rig.Client.CancelAsync(merchant, bare.Id);
        var outcome = session.State == "authentication_required" ? "authenticated" : null;
        rig.World.Approve(session.Id);
        var done = await rig.Client.CompleteAsync(merchant, session.Id, await rig.Client.TokenAsync(merchant, session.Id), outcome: outcome);
        if (done.State == "completed")
        {
            await rig.Client.CancelOrderAsync(merchant, done.OrderId);
            rig.World.Advance(done.OrderId, steps: 5);
            await rig.Client.GetAsync(merchant, session.Id);
        }
        else
        {
            Assert.Equal("conflict", Assert.Single(done.Messages));
        }
    }
}
