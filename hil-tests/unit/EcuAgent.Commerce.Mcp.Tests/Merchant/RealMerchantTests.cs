namespace EcuAgent.Commerce.Mcp.Tests.Merchant;

/// <summary>Buying over MCP from a merchant of the simulator: its sessions, its orders, its ledger.</summary>
public sealed class RealMerchantTests
{
    private static readonly OfferQuery Pizza = new() { Need = MerchantNeed.Food, Text = "pizza" };

    [Theory]
    [InlineData(nameof(ResultForm.Structured), true)]
    [InlineData(nameof(ResultForm.Text), true)]
    [InlineData(nameof(ResultForm.Structured), false)]
    public async Task An_order_is_found_opened_paid_and_charged_once(string form, bool hasSessions)
    {
        await using var merchant = await MerchantOverMcp.StartAsync(Enum.Parse<ResultForm>(form), hasSessions: hasSessions);
        using var shop = new McpShop(merchant.Url, merchant.World);
        var found = await shop.Adapter.SearchAsync(MerchantOverMcp.Merchant, Pizza, CancellationToken.None);
        Assert.True(found.TryGet(out var offers), found.Reason);
        var offer = offers[0].OfferId;

        var opened = await shop.OpenAsync(offer);
        Assert.True(opened.TryGet(out var session), opened.Reason);
        Assert.Equal(CheckoutState.Ready, session.State);
        Assert.False(session.IsCancelableLater, "the binding has no tool to take an order back");
        var granted = await shop.Adapter.GrantAsync(
            new PaymentAllowance("p1", MerchantOverMcp.Merchant, session.SessionId, session.Total!.Value, TimeProvider.System.GetUtcNow().AddMinutes(10)),
            "key-grant",
            CancellationToken.None);
        Assert.True(granted.TryGet(out var grant), granted.Reason);

        var completed = await shop.CompleteAsync(session.SessionId, grant.Token);

        Assert.True(completed.TryGet(out var done), completed.Reason);
        Assert.Equal(CheckoutState.Completed, done.State);
        Assert.NotNull(done.Order);
        var charge = Assert.Single(merchant.World.Ledger);
        Assert.Equal(session.Total.Value.MinorUnits, charge.Amount);
        Assert.Single(merchant.Calls, call => call.Tool == "complete_checkout_session");
        Assert.Equal(
            new CommerceAnswer<CheckoutSession>(CommerceOutcome.Refused, CommerceReasons.NotCancelable),
            await shop.Adapter.CancelOrderAsync(MerchantOverMcp.Merchant, session.SessionId, done.Order.OrderId, "key-back", CancellationToken.None));
    }

    [Theory]
    [InlineData(nameof(ErrorForm.JsonRpc))]
    [InlineData(nameof(ErrorForm.ToolError))]
    public async Task A_refusal_with_the_protocols_error_is_one(string form)
    {
        await using var merchant = await MerchantOverMcp.StartAsync(errors: Enum.Parse<ErrorForm>(form));
        using var shop = new McpShop(merchant.Url, merchant.World);

        var answer = await shop.GetAsync("no-such-session");

        Assert.Equal(new CommerceAnswer<CheckoutSession>(CommerceOutcome.Refused, CommerceReasons.NotFound), answer);
    }

    [Fact]
    public async Task A_canceled_session_is_over()
    {
        await using var merchant = await MerchantOverMcp.StartAsync();
        using var shop = new McpShop(merchant.Url, merchant.World);
        var offers = await shop.Adapter.SearchAsync(MerchantOverMcp.Merchant, Pizza, CancellationToken.None);
        Assert.True((await shop.OpenAsync(offers.Value![0].OfferId)).TryGet(out var session));

        Assert.True((await shop.CancelAsync(session.SessionId)).TryGet(out var canceled));
        var again = await shop.Adapter.CancelAsync(MerchantOverMcp.Merchant, session.SessionId, "key-cancel-2", CancellationToken.None);

        Assert.Equal(CheckoutState.Canceled, canceled.State);
        Assert.Equal(new CommerceAnswer<CheckoutSession>(CommerceOutcome.Refused, CommerceReasons.SessionClosed), again);
        Assert.Empty(merchant.World.Ledger);
    }

    [Fact]
    public async Task Arguments_are_what_the_published_binding_says()
    {
        AcpData.Require();
        await using var merchant = await MerchantOverMcp.StartAsync();
        using var shop = new McpShop(merchant.Url, merchant.World);
        var offers = await shop.Adapter.SearchAsync(MerchantOverMcp.Merchant, Pizza, CancellationToken.None);
        Assert.True((await shop.OpenAsync(offers.Value![0].OfferId)).TryGet(out var session));
        await shop.Adapter.UpdateAsync(MerchantOverMcp.Merchant, session.SessionId, McpShop.Order(offers.Value[1].OfferId), "key-update", CancellationToken.None);
        await shop.GetAsync(session.SessionId);
        await shop.CompleteAsync(session.SessionId);
        await shop.CancelAsync(session.SessionId);

        Assert.Equal(5, merchant.Calls.Select(call => call.Tool).Distinct().Count());
        Assert.All(merchant.Calls, call => Assert.Empty(OpenRpc.Objections(call.Tool, call.Arguments)));
        Assert.All(merchant.Calls.Where(call => !call.Tool.StartsWith("get", StringComparison.Ordinal)), call => Assert.NotNull(call.Arguments["meta"]!["idempotency_key"]));
        Assert.Equal(merchant.Calls.Count, merchant.Calls.Select(call => (string)call.Arguments["meta"]!["request_id"]!).Distinct().Count());
    }

    [Fact]
    public async Task A_wrong_token_is_a_refusal_and_no_order()
    {
        await using var server = await SdkServer.StartAsync(() => [], (_, _) => throw new InvalidOperationException("must not be called"));
        var logs = new LogList();
        await using var link = new McpLink(
            new McpServer("x", server.Url, new Secret("test", "planted-wrong")), new McpLinkOptions(TimeSpan.FromSeconds(5), 1), TimeProvider.System, logs);

        var end = await link.SendAsync(new McpRequest("tools/list", []) { TimeLimit = TimeSpan.FromSeconds(10), MostBytes = 1000 }, CancellationToken.None);

        Assert.Equal(McpEndKind.Unauthorized, end.Kind);
        Assert.DoesNotContain("planted-wrong", string.Join('\n', logs.Lines.Select(line => line.Text)), StringComparison.Ordinal);
    }
}
