using System.Text.Json.Nodes;
using EcuAgent.Commerce.Buyer;
using EcuAgent.Commerce.Ucp;

namespace EcuAgent.Commerce.Tests.Ucp;

/// <summary>
/// The engine and its journal buy at a merchant that behaves like UCP's published sample, set up by a registry alone; a small provider of payment
/// hands out the tokens that the sample's mock handler knows.
/// </summary>
public sealed class UcpSampleTests : IAsyncLifetime
{
    private readonly RegistryFolder _folder = new();
    private readonly Dictionary<SampleEdition, SampleMerchant> _merchants = [];
    private MerchantServer _provider = null!;
    private string _token = "success_token";

    public async ValueTask InitializeAsync()
    {
        // It hosts the car's profiles as well.
        _provider = await MerchantServer.StartAsync();
        _provider.Answer = (request, _) => request.Path switch
        {
            "/newest.json" => Answer.Json(UcpProfile.Of(_folder.File)),
            "/first.json" => Answer.Json(UcpProfile.FirstOf(_folder.File)),
            _ => Answer.Json(new JsonObject { ["id"] = _token, ["created"] = "2026-05-04T16:00:00Z", ["metadata"] = new JsonObject() }.ToJsonString(), 201),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var merchant in _merchants.Values)
        {
            await merchant.DisposeAsync();
        }

        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SampleEdition.First)]
    [InlineData(SampleEdition.Second)]
    [InlineData(SampleEdition.SecondWithCodes)]
    public async Task Buy_SampleMerchant_OrdersOnce(SampleEdition edition)
    {
        var merchant = await StartAsync(edition);
        using var shopping = Open(merchant);
        var quote = await shopping.QuoteAsync(DeliveryKind.Shipping, 2);
        Assert.True(quote.IsReady, quote.Reason);
        Assert.Equal((CheckoutState.Ready, new Money(10_000, "USD"), "International Express"), (quote.Session!.State, quote.Session.Total, quote.Session.Delivery!.Title));
        Assert.Equal(["incomplete"], merchant.States);

        var bought = await shopping.CommitResultAsync(quote);

        Assert.Equal((CommitKind.Placed, "placed", PurchaseStage.Placed, new Money(10_000, "USD")), (bought.Kind, bought.Reason, bought.Record.Stage, bought.Record.Charged));
        Assert.Equal((1, 8, "completed"), (merchant.Orders, merchant.Stock, Assert.Single(merchant.States)));
        Assert.Contains(merchant.Seen, seen => seen.Method == "GET" && seen.Path.StartsWith("/orders/", StringComparison.Ordinal));
        Assert.Equal(merchant.Seen.Count, merchant.Verified);
        var profile = $"profile=\"{new Uri(_provider.Address, edition == SampleEdition.First ? "first.json" : "newest.json")}\"";
        Assert.All(merchant.Seen, seen => Assert.Equal(profile, seen.Headers["UCP-Agent"]));
    }

    [Theory]
    [InlineData(SampleEdition.First, "fail_token", CommerceReasons.PaymentDeclined)]
    [InlineData(SampleEdition.Second, "fail_token", CommerceReasons.PaymentDeclined)]
    [InlineData(SampleEdition.SecondWithCodes, "fail_token", CommerceReasons.PaymentDeclined)]
    [InlineData(SampleEdition.Second, "fraud_token", CommerceReasons.BadAnswer)]
    [InlineData(SampleEdition.SecondWithCodes, "fraud_token", "fraud_detected")]
    [InlineData(SampleEdition.First, "another_token", CommerceReasons.BadAnswer)]
    public async Task Buy_TokenThatDoesNotPay_OrdersNothingClosesTheSessionAndSaysSo(SampleEdition edition, string token, string reason)
    {
        _token = token;
        var merchant = await StartAsync(edition);
        using var shopping = Open(merchant);

        var bought = await shopping.CommitResultAsync(await shopping.QuoteAsync(DeliveryKind.Shipping));

        Assert.Equal((CommitKind.Refused, reason, PurchaseStage.Canceled), (bought.Kind, bought.Reason, bought.Record.Stage));
        Assert.Equal((0, 10, "canceled"), (merchant.Orders, merchant.Stock, Assert.Single(merchant.States)));
        Assert.Null(bought.Record.Charged);
    }

    // Before it is asked again the session is read, because it names no way of paying; and it is completed already.
    [Theory]
    [InlineData(SampleEdition.First)]
    [InlineData(SampleEdition.Second)]
    public async Task Buy_AnswerToCompletingIsLost_IsOrderedOnceAllTheSame(SampleEdition edition)
    {
        var merchant = await StartAsync(edition);
        merchant.Lost = 1;
        using var shopping = Open(merchant);

        var bought = await shopping.CommitResultAsync(await shopping.QuoteAsync(DeliveryKind.Shipping));

        Assert.Equal((CommitKind.Placed, 1, 9, 0), (bought.Kind, merchant.Orders, merchant.Stock, merchant.Lost));
        Assert.Single(merchant.Seen, seen => seen.Path.EndsWith("/complete", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SampleEdition.First, CommerceOutcome.Unknown, CommerceReasons.BadAnswer)]
    [InlineData(SampleEdition.Second, CommerceOutcome.Unknown, CommerceReasons.BadAnswer)]
    [InlineData(SampleEdition.SecondWithCodes, CommerceOutcome.Refused, "idempotency_conflict")]
    public async Task Open_SameKeyAgain_IsTheSameSessionAndAnotherOrderIsRefused(SampleEdition edition, CommerceOutcome outcome, string reason)
    {
        var merchant = await StartAsync(edition);
        WriteRegistry(merchant);
        using var adapter = CommerceAdapter.Open(new CommerceOptions { RegistryFile = _folder.File });
        var order = new CheckoutOrder
        {
            Need = MerchantNeed.Parcel,
            Lines = [new OrderLine(SampleMerchant.Roses, "Roses", 1)],
            Currency = "USD",
            Delivery = DeliveryKind.Shipping,
            Place = DeliveryPlace.Home,
        };

        var first = await adapter.OpenAsync(Shop.Merchant, order, "key-1", CancellationToken.None);
        var again = await adapter.OpenAsync(Shop.Merchant, order, "key-1", CancellationToken.None);
        var other = await adapter.OpenAsync(Shop.Merchant, order with { Lines = [new OrderLine(SampleMerchant.Roses, "Roses", 2)] }, "key-1", CancellationToken.None);

        Assert.Equal((true, true, outcome, reason), (first.IsDone, again.IsDone, other.Outcome, other.Reason));
        Assert.Equal(first.Value!.SessionId, again.Value!.SessionId);
        Assert.Single(merchant.States);
    }

    [Theory]
    [InlineData(SampleEdition.First)]
    [InlineData(SampleEdition.Second)]
    [InlineData(SampleEdition.SecondWithCodes)]
    public async Task Quote_NotWanted_IsCanceledAtTheMerchant(SampleEdition edition)
    {
        var merchant = await StartAsync(edition);
        using var shopping = Open(merchant);
        var quote = await shopping.QuoteAsync(DeliveryKind.Shipping);

        var left = await shopping.Engine.AbandonAsync(quote.Record, "not_wanted", CancellationToken.None);

        Assert.Equal((PurchaseStage.Canceled, "not_wanted", "canceled", 0), (left.Stage, left.Reason, Assert.Single(merchant.States), merchant.Orders));
    }

    [Theory]
    [InlineData(SampleEdition.First, CommerceReasons.BadAnswer)]
    [InlineData(SampleEdition.Second, CommerceReasons.BadAnswer)]
    [InlineData(SampleEdition.SecondWithCodes, CommerceReasons.OutOfStock)]
    public async Task Buy_SoldOut_OrdersNothing(SampleEdition edition, string reason)
    {
        var merchant = await StartAsync(edition);
        using var shopping = Open(merchant);
        var quote = await shopping.QuoteAsync(DeliveryKind.Shipping, 3);
        Assert.True(quote.IsReady);
        merchant.Stock = 2;

        var bought = await shopping.CommitResultAsync(quote);
        var again = await shopping.QuoteAsync(DeliveryKind.Shipping, 3);

        Assert.Equal((CommitKind.Refused, reason, PurchaseStage.Canceled), (bought.Kind, bought.Reason, bought.Record.Stage));
        Assert.Equal((false, reason, PurchaseStage.Failed), (again.IsReady, again.Reason, again.Record.Stage));
        Assert.Equal((0, 2, "canceled"), (merchant.Orders, merchant.Stock, Assert.Single(merchant.States)));
    }

    // It offers no place to fetch things at, and would refuse to complete.
    [Theory]
    [InlineData(SampleEdition.First, DeliveryKind.Pickup)]
    [InlineData(SampleEdition.Second, DeliveryKind.Pickup)]
    public async Task Quote_NothingSelectedInItsMethod_IsNotReady(SampleEdition edition, DeliveryKind delivery)
    {
        var merchant = await StartAsync(edition);
        using var shopping = Open(merchant);

        var quote = await shopping.QuoteAsync(delivery);

        Assert.Equal((false, CheckoutState.Incomplete, PurchaseStage.Canceled), (quote.IsReady, quote.Session!.State, quote.Record.Stage));
        Assert.DoesNotContain(merchant.Seen, seen => seen.Path.EndsWith("/complete", StringComparison.Ordinal));
    }

    private async Task<SampleMerchant> StartAsync(SampleEdition edition) => _merchants[edition] = await SampleMerchant.StartAsync(edition);

    private Shopping Open(SampleMerchant merchant)
    {
        WriteRegistry(merchant);
        return Shopping.Open(_folder.File, _folder.In("journal"), new Goods(Shop.Merchant, MerchantNeed.Parcel, SampleMerchant.Roses, "Roses", "USD"));
    }

    private void WriteRegistry(SampleMerchant merchant)
    {
        var registry = RegistryFolder.Registry(merchant.Url, _provider.Address.AbsoluteUri.TrimEnd('/'));
        Dialect.Ucp.Speak(registry);
        var shop = registry["merchants"]![0]!.AsObject();
        shop["needs"] = new JsonArray("parcel");
        shop["currency"] = "USD";
        shop.Remove("feed");
        shop.Remove("bearerToken");
        registry["payment"]!["ucpHandlers"] = new JsonArray("dev.ucp.mock_payment");
        registry["ucp"]!["profileUrl"] = new Uri(_provider.Address, "newest.json").AbsoluteUri;
        registry["ucp"]!["firstProfileUrl"] = new Uri(_provider.Address, "first.json").AbsoluteUri;
        _folder.WriteRegistry(registry);
    }
}
