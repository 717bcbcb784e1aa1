using EcuAgent.MerchantSim.Idempotency;

namespace EcuAgent.MerchantSim.Tests.Acp;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task Key_Missing_400OnEveryPost()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var home = $"{Rig.Trattoria}/checkout_sessions";
        foreach (var path in new[] { home, $"{home}/{session.Id}", $"{home}/{session.Id}/complete", $"{home}/{session.Id}/cancel", $"{Rig.Trattoria}/orders/o/cancel", "psp/agentic_commerce/delegate_payment" })
        {
            var reply = await rig.Client.SendAsync(HttpMethod.Post, path, "{}", null);
            Assert.Equal("idempotency_key_required", reply.Expect(400).Code);
            Assert.Equal("invalid_request", reply.Text("type"));
        }
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task Key_Length_AtMost255(int length, int status)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), new string('k', length))).Expect(status);
    }

    [Fact]
    public async Task Repetition_SameBody_OriginalAnswerAndHeader()
    {
        await using var rig = await Rig.StartAsync();
        var first = (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Expect(201);
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        var second = (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Expect(201);
        Assert.Equal(first.Raw, second.Raw);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Repetition_OtherOrderOfNamesAndWriting_IsTheSame()
    {
        await using var rig = await Rig.StartAsync();
        var path = $"{Rig.Trattoria}/checkout_sessions";
        var first = await rig.Client.SendAsync(HttpMethod.Post, path, """{"currency":"eur","line_items":[{"id":"pizza-margherita","unit_amount":1050}],"capabilities":{}}""", "k");
        var second = await rig.Client.SendAsync(HttpMethod.Post, path, """{ "capabilities": {}, "line_items": [{"unit_amount": 1.05e3, "id": "pizza-m\u0061rgherita"}], "currency": "eur" }""", "k");
        Assert.Equal(first.Expect(201).Id, second.Expect(201).Id);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":100}""", """{"a":1e2}""", true)]
    [InlineData("""{"a":0.10}""", """{"a":0.1}""", true)]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""", true)]
    [InlineData("""{"a":null}""", """{}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("""{"a":9007199254740993}""", """{"a":9007199254740992}""", false)]
    [InlineData("""{"a":{"x":null}}""", """{"a":{}}""", false)]
    public void Bodies_Compared_Semantically(string a, string b, bool same)
    {
        using var first = JsonDocument.Parse(a);
        using var second = JsonDocument.Parse(b);
        Assert.Equal(same, IdempotencyStore.IsSame(first.RootElement, second.RootElement));
    }

    [Fact]
    public async Task Repetition_OtherBody_422ForGood()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k");
        for (var i = 0; i < 2; i++)
        {
            var reply = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-diavola"]), "k");
            Assert.Equal("idempotency_conflict", reply.Expect(422).Code);
        }

        Assert.Equal(first.Id, (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Id);
    }

    [Fact]
    public async Task Repetition_NullInsteadOfAbsent_422()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, new JsonObject { ["order_notes"] = "x" }, "k");
        var reply = await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, new JsonObject { ["order_notes"] = "x", ["metadata"] = null }, "k");
        reply.Expect(422);
    }

    [Fact]
    public async Task Key_OtherEndpointOrIdentity_IsAnotherKey()
    {
        await using var rig = await Rig.StartAsync(o => o with { ApiKeys = [MerchantWorldOptions.DefaultApiKey, "second"] });
        var cart = AcpClient.Cart(["pizza-margherita"]).ToJsonString();
        var path = $"{Rig.Trattoria}/checkout_sessions";
        var first = await rig.Client.SendAsync(HttpMethod.Post, path, cart, "k");
        var other = await rig.Client.SendAsync(HttpMethod.Post, path, cart, "k", ("Authorization", "Bearer second"));
        Assert.NotEqual(first.Expect(201).Id, other.Expect(201).Id);
        (await rig.Client.UpdateAsync(Rig.Trattoria, first.Id, [], "k")).Expect(200);
        (await rig.Client.CancelAsync(Rig.Trattoria, first.Id, "k")).Expect(200);
    }

    [Fact]
    public async Task Repetition_WhileTheFirstRuns_409WithRetryAfterThenReplay()
    {
        await using var rig = await Rig.StartAsync();
        var slow = rig.World.Faults.Add(FaultKind.Slow, SimOperation.Create);
        var first = rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k");
        await slow.HitAsync();
        var second = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k");
        Assert.Equal("idempotency_in_flight", second.Expect(409).Code);
        Assert.Equal("1", second.Header("Retry-After"));
        var conflict = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-diavola"]), "k");
        Assert.Equal("idempotency_conflict", conflict.Expect(422).Code);
        slow.Release();
        var done = (await first).Expect(201);
        var third = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k");
        Assert.Equal(done.Id, third.Expect(201).Id);
    }

    [Fact]
    public async Task ClientError_Repeated_IsReplayed()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["no-such-dish"]), "k");
        var second = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["no-such-dish"]), "k");
        Assert.Equal("invalid_item_id", first.Expect(400).Code);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Expect(400).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task ServerError_Repeated_IsDoneAfresh()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.Faults.Add(FaultKind.ErrorAfter, SimOperation.Create);
        (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Expect(500);
        var second = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k");
        Assert.Null(second.Expect(201).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Key_After24Hours_IsNewAgain()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k");
        rig.Time.Advance(IdempotencyStore.Retention - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Id);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Id, (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "k")).Id);
    }

    [Fact]
    public async Task Store_Full_RefusesNewKeysAndKeepsTheOld()
    {
        await using var rig = await Rig.StartAsync(o => o with { IdempotencyCapacity = 2 });
        var first = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "a");
        await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "b");
        var full = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "c");
        Assert.Equal("idempotency_store_full", full.Expect(503).Code);
        Assert.Equal(first.Id, (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "a")).Id);
        rig.Time.Advance(IdempotencyStore.Retention);
        (await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]), "c")).Expect(201);
    }
}
