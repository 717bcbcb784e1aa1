using System.Text.Json.Nodes;
using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.Commerce.Tests.Ucp;

/// <summary>Every operation of UCP at the simulated merchants, which take only signed requests here and sign every answer.</summary>
public sealed class UcpSimTests
{
    [Fact]
    public async Task Purchase_FromSearchToPickup_IsOrderedPaidAndFollowed()
    {
        await using var shop = await SimShop.StartAsync();
        var found = (await shop.Adapter.SearchAsync(SimShop.Trattoria, new OfferQuery { Need = MerchantNeed.Food, Text = "margherita" }, CancellationToken.None)).Value!;
        Assert.Equal("pizza-margherita", found[0].OfferId);

        var opened = (await shop.OpenAsync(SimShop.Order(found[0].OfferId, 2) with { Delivery = DeliveryKind.Pickup })).Value!;
        Assert.Equal((CheckoutState.Ready, new Money(2247, "EUR"), DeliveryKind.Pickup, true), (opened.State, opened.Total, opened.Delivery!.Kind, opened.IsCancelableLater));
        Assert.Empty(opened.Remarks);
        Assert.Equal([("pizza-margherita", 2)], opened.Lines.Select(line => (line.OfferId, line.Quantity)));

        var done = await shop.PayAsync(opened);
        Assert.Equal((CheckoutState.Completed, OrderProgress.Placed), (done.Value!.State, done.Value.Order!.Progress));
        var charge = Assert.Single(shop.World.Ledger);
        Assert.Equal((done.Value.Order.OrderId, 2247), (charge.Order, charge.Amount));

        shop.World.Advance();
        Assert.Equal(OrderProgress.Preparing, (await shop.GetAsync(opened)).Order!.Progress);
        shop.World.Advance();
        var ready = (await shop.GetAsync(opened)).Order!;
        Assert.Equal((OrderProgress.Ready, new Money(2247, "EUR")), (ready.Progress, ready.Charged));
        Assert.Equal(OrderProgress.Ready, Assert.Single(ready.Parcels).Progress);
        shop.World.Advance();
        Assert.Equal(OrderProgress.Fulfilled, (await shop.GetAsync(opened)).Order!.Progress);
        Assert.DoesNotContain(shop.Logs.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Update_ToTheDoor_IsPricedWithDeliveryAndBackAgain()
    {
        await using var shop = await SimShop.StartAsync();
        var opened = (await shop.OpenAsync(SimShop.Order("pizza-margherita", 2) with { Delivery = DeliveryKind.Pickup })).Value!;
        var home = SimShop.Order("pizza-margherita", 2) with
        {
            Delivery = DeliveryKind.LocalDelivery,
            Place = DeliveryPlace.Home,
            ArriveAt = shop.Time.GetUtcNow().AddHours(2),
        };

        var brought = (await shop.Adapter.UpdateAsync(SimShop.Trattoria, opened.SessionId, home, "update-1", CancellationToken.None)).Value!;

        Assert.Empty(brought.Remarks);
        Assert.Equal((CheckoutState.Ready, DeliveryKind.Shipping, opened.Total!.Value.MinorUnits + 350), (brought.State, brought.Delivery!.Kind, brought.Total!.Value.MinorUnits));
        Assert.Empty(brought.Remarks);
        Assert.InRange(brought.Delivery.Until!.Value, home.ArriveAt.Value, home.ArriveAt.Value.AddHours(1));
        var back = await shop.Adapter.UpdateAsync(SimShop.Trattoria, opened.SessionId, SimShop.Order("pizza-margherita", 2) with { Delivery = DeliveryKind.Pickup }, "update-2", CancellationToken.None);
        Assert.Equal((opened.Total, DeliveryKind.Pickup), (back.Value!.Total, back.Value.Delivery!.Kind));
    }

    [Fact]
    public async Task Delivery_NotOffered_IsARemark()
    {
        await using var shop = await SimShop.StartAsync();

        var session = (await shop.OpenAsync(SimShop.Order("road-atlas", need: MerchantNeed.Parcel) with { Delivery = DeliveryKind.Pickup }, SimShop.Books)).Value!;

        Assert.Contains(session.Remarks, remark => remark.Code == AdapterReasons.DeliveryNotOffered);
    }

    [Fact]
    public async Task Stay_NightsAndPeople_AreTakenOutOfTheMetadata()
    {
        await using var shop = await SimShop.StartAsync();
        var search = await shop.Adapter.SearchAsync(SimShop.Hotel, new OfferQuery { Need = MerchantNeed.Hotel, Text = "" }, CancellationToken.None);
        var order = SimShop.Order(search.Value![0].OfferId, need: MerchantNeed.Hotel) with { Day = new DateOnly(2026, 3, 8), Nights = 3, People = 1 };

        var session = (await shop.OpenAsync(order, SimShop.Hotel)).Value!;

        Assert.Equal(CheckoutState.Ready, session.State);
        Assert.Equal(3, Assert.Single(session.Lines).Quantity);
        Assert.DoesNotContain(session.Remarks, remark => remark.Code == AdapterReasons.ItemsDiffer);
        var longer = await shop.Adapter.UpdateAsync(SimShop.Hotel, session.SessionId, order with { Nights = 5 }, "update-1", CancellationToken.None);
        Assert.Equal(5, Assert.Single(longer.Value!.Lines).Quantity);
    }

    [Fact]
    public async Task Escalation_Age_NeedsAPersonWhoGoesOnAtTheMerchants()
    {
        await using var shop = await SimShop.StartAsync();

        var session = (await shop.OpenAsync(SimShop.Order("house-red") with { Delivery = DeliveryKind.Pickup })).Value!;

        Assert.Equal(CheckoutState.NeedsPerson, session.State);
        Assert.StartsWith($"{shop.World.UrlOf(SimShop.Trattoria)}/continue/", session.ContinueAt!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains(session.Remarks, remark => remark is { Code: "age_verification_required", IsError: true, NeedsPerson: true });
        Assert.True(shop.World.Approve(session.SessionId));
        Assert.Equal(CheckoutState.Ready, (await shop.GetAsync(session)).State);
    }

    [Fact]
    public async Task Payment_Declined_IsDoneWithARemarkAndNothingIsOrdered()
    {
        await using var shop = await SimShop.StartAsync(instrument: "sim_token_declined");
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;

        var answer = await shop.PayAsync(opened);

        Assert.Equal((CommerceOutcome.Done, CheckoutState.Ready), (answer.Outcome, answer.Value!.State));
        Assert.Contains(answer.Value.Remarks, remark => remark is { Code: CommerceReasons.PaymentDeclined, IsError: true, NeedsPerson: false });
        Assert.Null(answer.Value.Order);
    }

    [Fact]
    public async Task Cancel_OpenSession_IsCanceledAndThenClosed()
    {
        await using var shop = await SimShop.StartAsync();
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;

        Assert.Equal(CheckoutState.Canceled, (await shop.Adapter.CancelAsync(SimShop.Trattoria, opened.SessionId, "cancel-1", CancellationToken.None)).Value!.State);

        var again = await shop.Adapter.CancelAsync(SimShop.Trattoria, opened.SessionId, "cancel-2", CancellationToken.None);
        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.SessionClosed), (again.Outcome, again.Reason));
        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NotFound), await shop.Adapter.GetAsync(SimShop.Trattoria, "cs_none", CancellationToken.None) is var none ? (none.Outcome, none.Reason) : default);
    }

    [Fact]
    public async Task CancelOrder_BeforeThePreparation_GivesTheMoneyBackAndIsTooLateAfter()
    {
        await using var shop = await SimShop.StartAsync();
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;
        var order = (await shop.PayAsync(opened)).Value!.Order!;

        var taken = (await shop.Adapter.CancelOrderAsync(SimShop.Trattoria, opened.SessionId, order.OrderId, "back-1", CancellationToken.None)).Value!;

        Assert.Equal((OrderProgress.Canceled, opened.Total), (taken.Order!.Progress, taken.Order.Refunded));
        Assert.Equal(OrderProgress.Canceled, (await shop.GetAsync(opened)).Order!.Progress);

        var second = (await shop.OpenAsync(SimShop.Order("tiramisu"), key: "open-2")).Value!;
        var late = (await shop.PayAsync(second, "complete-2")).Value!.Order!;
        shop.World.Advance(late.OrderId);
        var refused = await shop.Adapter.CancelOrderAsync(SimShop.Trattoria, second.SessionId, late.OrderId, "back-2", CancellationToken.None);
        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NotCancelable), (refused.Outcome, refused.Reason));
    }

    [Theory]
    [InlineData(FaultKind.ResetAfter)]
    [InlineData(FaultKind.CutAnswer)]
    [InlineData(FaultKind.ErrorAfter)]
    [InlineData(FaultKind.GarbageBody)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.WrongContentType)]
    public async Task Complete_AnswerLost_IsUnknownAndReadingSaysThatItIsOrdered(FaultKind fault)
    {
        await using var shop = await SimShop.StartAsync();
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;
        shop.World.Faults.Add(fault, SimOperation.Complete);

        Assert.Equal(CommerceOutcome.Unknown, (await shop.PayAsync(opened)).Outcome);

        Assert.Equal(CheckoutState.Completed, (await shop.GetAsync(opened)).State);
        Assert.Single(shop.World.Ledger);
    }

    [Fact]
    public async Task Complete_SameKeyWithAnotherToken_IsUnknownAndPaidOnce()
    {
        await using var shop = await SimShop.StartAsync();
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;
        Assert.True((await shop.PayAsync(opened)).IsDone);

        var again = await shop.Adapter.CompleteAsync(SimShop.Trattoria, opened.SessionId, new PaymentGrant("another"), "complete-1", CancellationToken.None);

        Assert.Equal((CommerceOutcome.Unknown, "idempotency_conflict"), (again.Outcome, again.Reason));
        Assert.Single(shop.World.Ledger);
    }

    [Fact]
    public async Task Complete_AfterARestart_ReadsTheSessionFirst()
    {
        await using var shop = await SimShop.StartAsync();
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;
        using var restarted = CommerceAdapter.Open(new CommerceOptions { RegistryFile = shop.RegistryFile }, time: shop.Time);
        var grant = (await restarted.GrantAsync(
            new PaymentAllowance("p", SimShop.Trattoria, opened.SessionId, opened.Total!.Value, shop.Time.GetUtcNow().AddMinutes(5)), "grant", CancellationToken.None)).Value!;

        Assert.Equal(CheckoutState.Completed, (await restarted.CompleteAsync(SimShop.Trattoria, opened.SessionId, grant, "k", CancellationToken.None)).Value!.State);

        using var again = CommerceAdapter.Open(new CommerceOptions { RegistryFile = shop.RegistryFile }, time: shop.Time);
        Assert.Equal(CheckoutState.Completed, (await again.CompleteAsync(SimShop.Trattoria, opened.SessionId, grant, "other", CancellationToken.None)).Value!.State);
        Assert.Single(shop.World.Ledger);
    }

    [Fact]
    public async Task Requests_WithoutASignatureOrWithAnotherKey_AreRefused()
    {
        await using var unsigned = await SimShop.StartAsync(before: file => Change(file, ucp => ucp.Remove("signingKeyFile")));
        Assert.Equal((CommerceOutcome.Refused, "signature_missing"), await unsigned.OpenAsync(SimShop.Order("tiramisu")) is var one ? (one.Outcome, one.Reason) : default);

        await using var stranger = await SimShop.StartAsync(before: file =>
        {
            var path = Path.Combine(Path.GetDirectoryName(file)!, "other-key");
            File.WriteAllText(path, RegistryFolder.UcpSigningKeyPem);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Change(file, ucp => ucp["signingKeyFile"] = "other-key");
        });
        Assert.Equal((CommerceOutcome.Refused, "key_not_found"), await stranger.OpenAsync(SimShop.Order("tiramisu")) is var two ? (two.Outcome, two.Reason) : default);
    }

    private static void Change(string registry, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(registry))!;
        change(json["ucp"]!.AsObject());
        File.WriteAllText(registry, json.ToJsonString());
    }
}
