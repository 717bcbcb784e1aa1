namespace EcuAgent.MerchantSim.Tests.Acp;

public sealed class HeaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong-key")]
    [InlineData("Basic bWVyY2hhbnQ=")]
    [InlineData("Bearer ")]
    public async Task Authorization_MissingOrWrong_401(string? header)
    {
        await using var rig = await Rig.StartAsync();
        foreach (var path in new[] { $"{Rig.Trattoria}/checkout_sessions/cs_1", "psp/agentic_commerce/delegate_payment" })
        {
            var method = path.StartsWith("psp", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
            var reply = await rig.Client.SendAsync(method, path, method == HttpMethod.Post ? "{}" : null, "k", ("Authorization", header));
            reply.Expect(401);
            Assert.Equal("unauthorized", reply.Code);
            Assert.Equal("Bearer", reply.Header("WWW-Authenticate"));
        }
    }

    [Theory]
    [InlineData(null, "missing_api_version")]
    [InlineData("2026-01-30", "unsupported_api_version")]
    [InlineData("latest", "unsupported_api_version")]
    public async Task ApiVersion_MissingOrOther_400WithSupportedVersions(string? version, string code)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/checkout_sessions/cs_1", null, null, ("API-Version", version));
        reply.Expect(400);
        Assert.Equal(code, reply.Code);
        Assert.Equal([AcpClient.Version], reply.Body.GetProperty("supported_versions").EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public async Task RequestIdAndKey_Given_Echoed()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(
            HttpMethod.Post, $"{Rig.Trattoria}/checkout_sessions", AcpClient.Cart(["pizza-margherita"]).ToJsonString(), "my-key", ("Request-Id", "req 7"));
        reply.Expect(201);
        Assert.Equal("req 7", reply.Header("Request-Id"));
        Assert.Equal("my-key", reply.Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Timestamp_NotRfc3339_400()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/checkout_sessions/cs_1", null, null, ("Timestamp", "yesterday"));
        Assert.Equal("invalid_timestamp", reply.Expect(400).Code);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/json; charset=utf-8", 201)]
    public async Task ContentType_OnlyJson_IsTaken(string type, int status)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(
            HttpMethod.Post, $"{Rig.Trattoria}/checkout_sessions", AcpClient.Cart(["pizza-margherita"]).ToJsonString(), "k", ("Content-Type", type));
        reply.Expect(status);
    }

    [Fact]
    public async Task Body_Absent_400ExceptForCancel()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var path = $"{Rig.Trattoria}/checkout_sessions/{session.Id}";
        Assert.Equal("missing_body", (await rig.Client.SendAsync(HttpMethod.Post, path, null, "a")).Expect(400).Code);
        (await rig.Client.SendAsync(HttpMethod.Post, path + "/cancel", null, "b")).Expect(200);
    }

    [Fact]
    public async Task Body_TooLarge_413()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Post, $"{Rig.Trattoria}/checkout_sessions", $"\"{new string('x', 300_000)}\"", "k");
        Assert.Equal("body_too_large", reply.Expect(413).Code);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"currency\":\"eur\",\"currency\":\"eur\"}")]
    [InlineData("[1,]")]
    public async Task Body_NotJson_400AndTheKeyStaysFree(string body)
    {
        await using var rig = await Rig.StartAsync();
        var path = $"{Rig.Trattoria}/checkout_sessions";
        Assert.Equal("malformed_json", (await rig.Client.SendAsync(HttpMethod.Post, path, body, "k")).Expect(400).Code);
        (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Expect(201);
    }

    [Theory]
    [InlineData("DELETE", "trattoria-bellavista/checkout_sessions/cs_1", "GET, POST")]
    [InlineData("GET", "trattoria-bellavista/checkout_sessions", "POST")]
    [InlineData("PUT", "trattoria-bellavista/checkout_sessions/cs_1/complete", "POST")]
    [InlineData("POST", "trattoria-bellavista/.well-known/acp.json", "GET")]
    [InlineData("GET", "psp/agentic_commerce/delegate_payment", "POST")]
    public async Task Method_NotOfThePath_405WithAllow(string method, string path, string allow)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(new HttpMethod(method), path, null, "k");
        Assert.Equal("method_not_allowed", reply.Expect(405).Code);
        Assert.Equal(allow, reply.Header("Allow"));
    }

    [Theory]
    [InlineData("nobody/checkout_sessions")]
    [InlineData("trattoria-bellavista/baskets")]
    [InlineData("psp/elsewhere")]
    [InlineData("")]
    public async Task Path_Unknown_404(string path)
    {
        await using var rig = await Rig.StartAsync();
        Assert.Equal("not_found", (await rig.Client.SendAsync(HttpMethod.Get, path, null, null)).Expect(404).Code);
    }

    [Fact]
    public async Task Session_Unknown_404ForEveryOperation()
    {
        await using var rig = await Rig.StartAsync();
        Assert.Equal("session_not_found", (await rig.Client.GetAsync(Rig.Trattoria, "cs_none")).Expect(404).Code);
        Assert.Equal("session_not_found", (await rig.Client.UpdateAsync(Rig.Trattoria, "cs_none", [])).Expect(404).Code);
        Assert.Equal("session_not_found", (await rig.Client.CompleteAsync(Rig.Trattoria, "cs_none", "t")).Expect(404).Code);
        Assert.Equal("session_not_found", (await rig.Client.CancelAsync(Rig.Trattoria, "cs_none")).Expect(404).Code);
        Assert.Equal("order_not_found", (await rig.Client.CancelOrderAsync(Rig.Trattoria, "ord_none")).Expect(404).Code);
    }

    [Fact]
    public async Task Session_OfAnotherMerchant_404()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        (await rig.Client.GetAsync(Rig.Dragon, session.Id)).Expect(404);
    }
}
