namespace EcuAgent.MerchantSim.Tests.Acp;

public sealed class DiscoveryAndFeedTests
{
    [Fact]
    public async Task Discovery_WithoutAnyHeader_TellsVersionBaseAndExtensions()
    {
        await using var rig = await Rig.StartAsync();
        foreach (var merchant in rig.World.Merchants)
        {
            var reply = (await rig.Client.SendAsync(
                HttpMethod.Get, $"{merchant.Id}/.well-known/acp.json", null, null, ("Authorization", null), ("API-Version", null))).Expect(200);
            Assert.Equal(merchant.BaseUrl.ToString(), reply.Text("api_base_url"));
            Assert.Equal("public, max-age=3600", reply.Header("Cache-Control"));
            var extensions = reply.Body.GetProperty("capabilities").GetProperty("extensions").EnumerateArray().Select(e => e.GetProperty("name").GetString());
            Assert.Contains("ecuagent.order_cancel", extensions);
        }
    }

    [Fact]
    public async Task Extension_SchemaAndSpec_AreServed()
    {
        await using var rig = await Rig.StartAsync();
        var discovery = await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/.well-known/acp.json", null, null);
        var extension = discovery.Body.GetProperty("capabilities").GetProperty("extensions")[0];
        var schema = await rig.Client.SendAsync(HttpMethod.Get, new Uri(extension.GetProperty("schema").GetString()!).AbsolutePath.TrimStart('/'), null, null);
        Assert.Equal("object", schema.Expect(200).Text("type"));
        (await rig.Client.SendAsync(HttpMethod.Get, new Uri(extension.GetProperty("spec").GetString()!).AbsolutePath.TrimStart('/'), null, null)).Expect(200);
    }

    [Theory]
    [InlineData("en", "Pizza Margherita")]
    [InlineData("zh", "玛格丽特披萨")]
    public async Task Feed_EachLanguage_HasNamesPricesAndDiets(string feed, string title)
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await FeedAsync(rig, feed)).Expect(200);
        var variant = reply.Body.GetProperty("products")[0].GetProperty("variants")[0];
        Assert.Equal(title, variant.GetProperty("title").GetString());
        Assert.Equal((1050, "EUR"), (variant.GetProperty("price").GetProperty("amount").GetInt64(), variant.GetProperty("price").GetProperty("currency").GetString()));
        var categories = variant.GetProperty("categories").EnumerateArray().Select(c => (c.GetProperty("taxonomy").GetString(), c.GetProperty("value").GetString())).ToArray();
        Assert.Contains(("ecuagent_diet", "vegetarian"), categories);
        Assert.Contains(("ecuagent_kind", "dish"), categories);
        Assert.Contains(("ecuagent_rating", "4.6"), categories);
        Assert.Equal("en", (await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/feeds/en", null, null)).Expect(200).Id);
    }

    [Fact]
    public async Task Feed_SponsoredMerchant_SaysSo()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Dragon}/feeds/en/products", null, null);
        Assert.All(reply.Body.GetProperty("products").EnumerateArray(), p => Assert.Contains(
            p.GetProperty("variants")[0].GetProperty("categories").EnumerateArray(), c => c.GetProperty("taxonomy").GetString() == "ecuagent_sponsored"));
    }

    [Fact]
    public async Task Feed_KnownETag_304UntilAPriceOrStockChanges()
    {
        await using var rig = await Rig.StartAsync();
        var tag = (await FeedAsync(rig, "en")).Header("ETag")!;
        var same = await FeedAsync(rig, "en", $"\"other\", {tag}");
        Assert.Equal((304, 0, tag), (same.Status, same.Raw.Length, same.Header("ETag")));
        rig.World.SetPrice(Rig.Trattoria, "pizza-margherita", 999);
        var changed = (await FeedAsync(rig, "en", tag)).Expect(200);
        Assert.NotEqual(tag, changed.Header("ETag"));
        rig.World.SetStock(Rig.Trattoria, "pizza-margherita", 0);
        var soldOut = (await FeedAsync(rig, "en", changed.Header("ETag"))).Expect(200);
        var availability = soldOut.Body.GetProperty("products")[0].GetProperty("variants")[0].GetProperty("availability");
        Assert.Equal((false, "out_of_stock"), (availability.GetProperty("available").GetBoolean(), availability.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Feed_OrderOfAPiece_ChangesTheETag()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Trattoria, "pizza-margherita", 4);
        var tag = (await FeedAsync(rig, "en")).Header("ETag");
        await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        (await FeedAsync(rig, "en", tag)).Expect(200);
    }

    [Fact]
    public async Task Feed_Unknown_404()
    {
        await using var rig = await Rig.StartAsync();
        Assert.Equal("feed_not_found", (await FeedAsync(rig, "fr")).Expect(404).Code);
    }

    private static Task<Reply> FeedAsync(Rig rig, string feed, string? ifNoneMatch = null) =>
        rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/feeds/{feed}/products", null, null, ("If-None-Match", ifNoneMatch));
}
