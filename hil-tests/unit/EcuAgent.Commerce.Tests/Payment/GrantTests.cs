namespace EcuAgent.Commerce.Tests.Payment;

/// <summary>Asking the payment provider for a token.</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private MerchantServer _provider = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await MerchantServer.StartAsync();
        _provider.Answer = (_, _) => Answer.Json("""{"id":"vt_1","created":"2026-05-04T16:00:00Z","metadata":{}}""", 201);
        _shop = new Shop(_provider.Base);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Grant_Allowance_IsBoundToSessionMerchantAmountAndTime()
    {
        var answer = await _shop.GrantAsync();

        Assert.Equal("vt_1", answer.Value!.Token);
        var seen = Assert.Single(_provider.Seen);
        Assert.Equal(("POST", "/acp/agentic_commerce/delegate_payment", $"Bearer {RegistryFolder.ProviderToken}", "key-grant", "2026-04-17"), (seen.Method, seen.Path, seen.Headers["Authorization"], seen.Headers["Idempotency-Key"], seen.Headers["API-Version"]));
        Assert.Equal(
            """{"payment_method":{"type":"card","card_number_type":"network_token","number":"pm_planted_reference","display_card_funding_type":"debit","metadata":{}},"allowance":{"reason":"one_time","max_amount":1590,"currency":"eur","checkout_session_id":"cs_1","merchant_id":"acct_trattoria","expires_at":"2026-05-04T16:15:00Z"},"risk_signals":[],"metadata":{}}""",
            seen.Body);
        Assert.False(seen.Headers.ContainsKey("Accept-Language"));
    }

    [Fact]
    public async Task Grant_NothingToPayWith_IsRefusedAndNotSent()
    {
        using var unpaid = new Shop(_provider.Base, change: registry => registry.Remove("payment"));
        Assert.False(unpaid.Adapter.CanPay);
        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NoInstrument), Of(await unpaid.GrantAsync()));

        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NoInstrument), Of(await _shop.GrantAsync(Shop.Allowance with { MerchantId = "nobody" })));
        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.AmountUnknown), Of(await _shop.GrantAsync(Shop.Allowance with { Limit = new Money(-1, "EUR") })));
        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.AmountUnknown), Of(await _shop.GrantAsync(Shop.Allowance with { Limit = new Money(5, null) })));
        Assert.Empty(_provider.Seen);
    }

    [Theory]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"created":"2026-05-04T16:00:00Z"}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":null}""")]
    public async Task Grant_NoTokenInTheAnswer_IsUnknown(string body)
    {
        _provider.Answer = (_, _) => Answer.Json(body, 201);

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GrantAsync()));
    }

    [Fact]
    public async Task Grant_Token_IsInNoTextForm()
    {
        Assert.DoesNotContain("vt_1", (await _shop.GrantAsync()).ToString(), StringComparison.Ordinal);
    }

    private static (CommerceOutcome, string) Of<T>(CommerceAnswer<T> answer)
        where T : class
        => (answer.Outcome, answer.Reason);
}
