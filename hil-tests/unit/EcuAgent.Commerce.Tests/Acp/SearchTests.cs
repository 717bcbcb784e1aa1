using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>Looking into a product feed.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _merchant.Answer = (_, _) => Answer.Json(Menu().ToJsonString());
        _shop = new Shop(_merchant.Base, ownClock: true);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
    }

    [Theory]
    [InlineData("pizza", "margherita,marinara")]
    [InlineData("PIZZAS", "margherita,marinara")]
    [InlineData("a pizza margherita please", "margherita")]
    [InlineData("crème brûlée", "creme")]
    [InlineData("creme brulee", "creme")]
    [InlineData("brulée", "creme")]
    [InlineData("jalapeno poppers", "poppers")]
    [InlineData("pop", "")]
    [InlineData("rice", "")]
    [InlineData("牛肉面", "noodles")]
    [InlineData("红烧牛肉面", "noodles")]
    [InlineData("麻辣牛肉面", "noodles")]
    [InlineData("饺子", "dumplings")]
    [InlineData("来一份饺子", "")]
    [InlineData("ｐｉｚｚａ", "margherita,marinara")]
    [InlineData("tomato", "margherita,marinara")]
    [InlineData("margherita with extra cheese", "margherita")]
    [InlineData("the best burger in town", "")]
    [InlineData("来一份韭菜饺子不要辣", "dumplings")]
    [InlineData("tuna pizza", "margherita,marinara")]
    [InlineData("", "margherita,marinara,creme,noodles,dumplings,poppers")]
    [InlineData("a the some", "margherita,marinara,creme,noodles,dumplings,poppers")]
    public async Task Search_Text_FindsWordsAndPartsOfUnspacedText(string text, string expected)
    {
        var offers = (await _shop.SearchAsync(text)).Value!;

        Assert.Equal(expected, string.Join(',', offers.Select(offer => offer.OfferId)));
    }

    [Theory]
    [InlineData("vegan", "marinara")]
    [InlineData("vegetarian", "margherita,marinara,dumplings")]
    [InlineData("halal", "noodles")]
    [InlineData("gluten_free", "creme")]
    [InlineData("kosher", "")]
    [InlineData("vegetarian,vegan", "marinara")]
    [InlineData("vegan,halal", "")]
    public async Task Search_Diets_AreByCategoriesAndAllKept(string diets, string expected)
    {
        var offers = (await _shop.SearchAsync(diets: diets.Split(','))).Value!;

        Assert.Equal(expected, string.Join(',', offers.Select(offer => offer.OfferId)));
        Assert.All(offers, offer => Assert.Superset(diets.Split(',').ToHashSet(), offer.Diets.ToHashSet()));
    }

    [Fact]
    public async Task Search_Need_LeavesOutWhatIsForAnother()
    {
        Assert.Equal(["table"], (await _shop.SearchAsync(need: MerchantNeed.Table)).Value!.Select(offer => offer.OfferId).Intersect(["table"]));
        Assert.DoesNotContain("table", (await _shop.SearchAsync()).Value!.Select(offer => offer.OfferId));
    }

    [Fact]
    public async Task Search_Kind_LeavesOutWhatIsOfAnother()
    {
        _merchant.Answer = (_, _) => Answer.Json(Feed(
            Variant("film", "Dune", "Cinema > Movie"), Variant("zoo", "Zoo", "Attraction"), Variant("gift", "Gift card")).ToJsonString());

        var offers = (await _shop.SearchAsync(need: MerchantNeed.Ticket, kind: "movie")).Value!;

        Assert.Equal(["film", "gift"], offers.Select(offer => offer.OfferId));
    }

    [Fact]
    public async Task Search_Offer_HasWhatIsSpoken()
    {
        var offer = Assert.Single((await _shop.SearchAsync("margherita")).Value!);

        Assert.Equal(("trattoria", "margherita", "Pizza, Margherita", new Money(1390, "EUR"), true), (offer.MerchantId, offer.OfferId, offer.Title, offer.Price, offer.IsSponsored));
        Assert.Null(Assert.Single((await _shop.SearchAsync("poppers")).Value!).Price);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Search_OfferThatSaysItIsPaidFor_IsSponsored(string value, bool isSponsored)
    {
        var offer = Variant("v", "Soup").With("categories", new JsonArray(
            new JsonObject { ["value"] = value, ["taxonomy"] = "ecuagent_sponsored" },
            new JsonObject { ["value"] = "4.5", ["taxonomy"] = "ecuagent_rating" }));
        _merchant.Answer = (_, _) => Answer.Json(Feed(offer).ToJsonString());
        using var shop = new Shop(_merchant.Base, change: registry => registry["merchants"]![0]!.AsObject().Remove("sponsored"));

        Assert.Equal(isSponsored, Assert.Single((await shop.SearchAsync("soup")).Value!).IsSponsored);
        Assert.Empty((await shop.SearchAsync(value)).Value!);
        Assert.Empty((await shop.SearchAsync("4.5")).Value!);
    }

    [Fact]
    public async Task Search_Feed_IsAskedWithItsTagAndKept()
    {
        _merchant.Answer = (_, before) => before switch
        {
            0 => Answer.Json(Menu().ToJsonString()).With("ETag", "W/\"v1\""),
            1 => new Answer(304, ""),
            _ => Answer.Json(Feed(Variant("new", "New thing")).ToJsonString()),
        };

        Assert.Equal(6, (await _shop.SearchAsync()).Value!.Count);
        Assert.Equal(6, (await _shop.SearchAsync()).Value!.Count);
        Assert.Single(_merchant.Seen);

        _shop.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(6, (await _shop.SearchAsync()).Value!.Count);
        Assert.Equal("W/\"v1\"", _merchant.Seen[1].Headers["If-None-Match"]);
        Assert.Equal(6, (await _shop.SearchAsync()).Value!.Count);
        Assert.Equal(2, _merchant.Seen.Count);

        _shop.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(["new"], (await _shop.SearchAsync()).Value!.Select(offer => offer.OfferId));
        Assert.Equal(("GET", "/acp/feeds/feed_1/products"), (_merchant.Seen[2].Method, _merchant.Seen[2].Path));

        _shop.Time.Advance(TimeSpan.FromSeconds(61));
        await _shop.SearchAsync();
        Assert.False(_merchant.Seen[3].Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task Search_NotModifiedThatNobodyAskedFor_IsABadAnswer()
    {
        _merchant.Answer = (_, _) => new Answer(304, "");

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), ((await _shop.SearchAsync()) is var answer ? (answer.Outcome, answer.Reason) : default));
    }

    [Fact]
    public async Task Search_MerchantWithoutFeed_HasNothingAndIsNotAsked()
    {
        using var shop = new Shop(_merchant.Base, change: registry => registry["merchants"]![0]!.AsObject().Remove("feed"));

        Assert.Empty((await shop.SearchAsync("pizza")).Value!);
        Assert.Empty(_merchant.Seen);
    }

    [Fact]
    public async Task Search_ManyThings_GivesFiftyAtMost()
    {
        _merchant.Answer = (_, _) => Answer.Json(Feed([.. Enumerable.Range(0, 300).Select(i => Variant($"v{i}", $"Soup {i}"))]).ToJsonString());

        Assert.Equal(50, (await _shop.SearchAsync("soup")).Value!.Count);
    }

    [Fact]
    public async Task Search_HalfASurrogateAndNulls_DoNotHurt()
    {
        _merchant.Answer = (_, _) => Answer.Json("""{"products":[null,{"variants":[null,{"id":"a","title":"Half \ud83c soup","categories":[null]},{"id":"b","title":" "}]}]}""");

        var answer = await _shop.SearchAsync("soup");

        Assert.True(answer.Reason is CommerceReasons.Done or CommerceReasons.BadAnswer, answer.Reason);
    }

    private static JsonObject Menu() => Feed(
        Product("Pizza", "Tomatoes, oven", Variant("margherita", "Margherita", "Pizza > Vegetarian"), Variant("marinara", "Marinara", "Pizza > Vegan")),
        Product("Dessert", null, Variant("creme", "Crème brûlée Dessert", "gluten-free")),
        Product(null, null, Variant("noodles", "兰州红烧牛肉面", "面食 > 清真")),
        Product(null, null, Variant("dumplings", "韭菜饺子", "素食")),
        Product("Jalapeño Poppers", null, Variant("poppers", "Jalapeño Poppers", price: false)),
        Product("Soup of the day", null, Variant("gone", "Soup of the day").With("availability", new JsonObject { ["available"] = false })),
        Product("Stew", null, Variant("out", "Stew").With("availability", new JsonObject { ["status"] = "out_of_stock" })),
        Product("Reservation", null, Variant("table", "A table", "Table")));

    private static JsonObject Feed(params JsonObject[] products) => new()
    {
        ["products"] = new JsonArray([.. products.Select(product => product.ContainsKey("variants") ? product : Product(null, null, product))]),
    };

    private static JsonObject Product(string? title, string? description, params JsonObject[] variants)
    {
        var product = new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["variants"] = new JsonArray([.. variants]) };
        if (title is not null)
        {
            product["title"] = title;
        }

        return description is null ? product : product.With("description", new JsonObject { ["plain"] = description });
    }

    private static JsonObject Variant(string id, string title, string? category = null, bool price = true)
    {
        var variant = new JsonObject { ["id"] = id, ["title"] = title };
        if (price)
        {
            variant["price"] = new JsonObject { ["amount"] = 1390, ["currency"] = "EUR" };
        }

        return category is null ? variant : variant.With("categories", new JsonArray(new JsonObject { ["value"] = category, ["taxonomy"] = "merchant" }));
    }
}
