namespace EcuAgent.MerchantSim.Tests.Payments;

public sealed class DelegatePaymentTests
{
    [Fact]
    public async Task Delegate_NetworkToken_201WithTokenAndMetadata()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_1"), "k")).Expect(201);
        Assert.StartsWith("vt_", reply.Id, StringComparison.Ordinal);
        Assert.Equal("2026-03-06T12:00:00Z", reply.Text("created"));
        var metadata = reply.Body.GetProperty("metadata");
        Assert.Equal((Rig.Trattoria, "k", "t-1"), (
            metadata.GetProperty("merchant_id").GetString(), metadata.GetProperty("idempotency_key").GetString(), metadata.GetProperty("trip").GetString()));
    }

    [Fact]
    public async Task Delegate_Repeated_SameToken()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_1"), "k");
        var second = await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_1"), "k");
        Assert.Equal(first.Id, second.Expect(201).Id);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_2"), "k")).Expect(422);
    }

    [Theory]
    [InlineData("$.payment_method.card_number_type", "\"fpan\"", 422)]
    [InlineData("$.payment_method.number", "\"4242424242424242\"", 422)]
    [InlineData("$.payment_method.exp_month", "\"13\"", 422)]
    [InlineData("$.payment_method.exp_year", "\"2025\"", 422)]
    [InlineData("$.payment_method.exp_year", "\"26\"", 422)]
    [InlineData("$.payment_method.display_last4", "\"12a4\"", 400)]
    [InlineData("$.payment_method.metadata", "null", 400)]
    [InlineData("$.allowance.reason", "\"recurring\"", 400)]
    [InlineData("$.allowance.max_amount", "0", 422)]
    [InlineData("$.allowance.max_amount", "\"100\"", 400)]
    [InlineData("$.allowance.currency", "\"EUR\"", 400)]
    [InlineData("$.allowance.expires_at", "\"2026-03-06T12:00:00Z\"", 422)]
    [InlineData("$.allowance.expires_at", "\"tomorrow\"", 400)]
    [InlineData("$.risk_signals", "[{\"type\":\"card_testing\",\"score\":99,\"action\":\"blocked\"}]", 422)]
    [InlineData("$.cvv", "\"123\"", 400)]
    public async Task Delegate_WrongField_NamesIt(string path, string value, int status)
    {
        await using var rig = await Rig.StartAsync();
        var body = AcpClient.Delegation(Rig.Trattoria, "cs_1");
        var names = path.Split('.')[1..];
        var at = names.Length == 1 ? body : body[names[0]]!.AsObject();
        at[names[^1]] = JsonNode.Parse(value);
        var reply = await rig.Client.DelegateAsync(body);
        Assert.Equal(("invalid_card", path), (reply.Expect(status).Code, reply.Param));
    }

    [Fact]
    public async Task Delegate_CardNumberRefused_IsNotInTheAnswer()
    {
        await using var rig = await Rig.StartAsync();
        var body = AcpClient.Delegation(Rig.Trattoria, "cs_1", instrument: "4242424242424242");
        var reply = await rig.Client.DelegateAsync(body);
        Assert.DoesNotContain("4242424242424242", System.Text.Encoding.UTF8.GetString(reply.Raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_Full_RefusedUntilOneIsUsedOrExpired()
    {
        await using var rig = await Rig.StartAsync(o => o with { TokenCapacity = 1 });
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        var full = await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, session.Id));
        Assert.Equal("too_many_requests", full.Expect(429).Code);
        Assert.NotNull(full.Header("Retry-After"));
        (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(200);
        (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, session.Id, expiresAt: "2026-03-06T12:05:00Z"))).Expect(201);
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, session.Id))).Expect(201);
    }

    [Fact]
    public async Task Ledger_Full_ChargeIsDeclined()
    {
        await using var rig = await Rig.StartAsync(o => o with { LedgerCapacity = 1 });
        await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var reply = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, await rig.Client.TokenAsync(Rig.Trattoria, session.Id));
        Assert.Contains("payment_declined", reply.Messages);
        Assert.Single(rig.World.Ledger);
    }
}
