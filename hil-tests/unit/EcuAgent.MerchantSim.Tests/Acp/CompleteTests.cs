namespace EcuAgent.MerchantSim.Tests.Acp;

public sealed class CompleteTests
{
    [Fact]
    public async Task Complete_Ready_OrdersAndChargesExactlyTheTotal()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita", "tiramisu");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id, session.Total);
        var done = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(200);
        Assert.Equal("completed", done.State);
        Assert.Equal(session.Id, done.Order.GetProperty("checkout_session_id").GetString());
        var entry = Assert.Single(rig.World.Ledger);
        Assert.Equal(
            new LedgerEntry(1, LedgerKind.Charge, Rig.Trattoria, session.Id, done.OrderId, session.Total, "eur", token, Rig.Start), entry);
    }

    [Fact]
    public async Task Complete_Fifty_AtOnceWithDifferentKeys_ChargesOnce()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var tokens = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            tokens.Add(await rig.Client.TokenAsync(Rig.Trattoria, session.Id));
        }

        var replies = await Task.WhenAll(tokens.Select(t => Task.Run(() => rig.Client.CompleteAsync(Rig.Trattoria, session.Id, t))));
        Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r.Status != 200), r => Assert.Contains(r.Code, new[] { "session_completed", "complete_in_progress" }));
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task Complete_Fifty_AtOnceWithOneKey_ChargesOnceAndAnswersAlike()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k"))));
        Assert.All(replies, r => Assert.True(r.Status == 200 || r.Code == "idempotency_in_flight", r.Code));
        Assert.Single(replies.Where(r => r.Status == 200).Select(r => r.OrderId).Distinct());
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task Complete_OneTokenForFiftySessions_PaysOnce()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, first.Id);
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")));
        await Task.WhenAll(others.Append(first).Select(s => rig.Client.CompleteAsync(Rig.Trattoria, s.Id, token)));
        Assert.Equal(first.Id, Assert.Single(rig.World.Ledger).Session);
    }

    [Fact]
    public async Task Complete_Again_OtherKeyRefusedSameKeyReplayed()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        var done = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k");
        Assert.Equal("session_completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(405).Code);
        Assert.Equal("session_completed", (await rig.Client.CancelAsync(Rig.Trattoria, session.Id)).Expect(405).Code);
        Assert.Equal("session_completed", (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, [])).Expect(405).Code);
        Assert.Equal(done.Raw, (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Raw);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task Complete_WhileAnotherRuns_BusyAndSeenAsInProgress()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        var slow = rig.World.Faults.Add(FaultKind.Slow, SimOperation.Complete);
        var first = rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "a");
        await slow.HitAsync();
        Assert.Equal("complete_in_progress", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
        var second = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "b");
        Assert.Equal("complete_in_progress", second.Expect(409).Code);
        Assert.Equal("1", second.Header("Retry-After"));
        (await rig.Client.CancelAsync(Rig.Trattoria, session.Id)).Expect(409);
        (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, [])).Expect(409);
        slow.Release();
        Assert.Equal("completed", (await first).Expect(200).State);
        Assert.Single(rig.World.Ledger);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("used")]
    [InlineData("expired")]
    [InlineData("merchant")]
    [InlineData("session")]
    [InlineData("currency")]
    [InlineData("amount")]
    [InlineData("declined")]
    [InlineData("limit")]
    public async Task Complete_TokenThatDoesNotFit_PaymentDeclinedAndNothingCharged(string why)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita", "pizza-diavola");
        var token = why switch
        {
            "unknown" => "vt_nothing",
            "used" => await UsedTokenAsync(rig),
            "merchant" => (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Dragon, session.Id))).Id,
            "session" => (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_other"))).Id,
            "currency" => (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, session.Id, currency: "usd"))).Id,
            "amount" => (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, session.Id, session.Total - 1))).Id,
            "declined" => await rig.Client.TokenAsync(Rig.Trattoria, session.Id, instrument: TestInstruments.Declined),
            "limit" => await rig.Client.TokenAsync(Rig.Trattoria, session.Id, instrument: TestInstruments.Limited),
            _ => (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, session.Id, expiresAt: "2026-03-06T12:01:00Z"))).Id,
        };
        var before = rig.World.Ledger.Count;
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var reply = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(200);
        Assert.Equal(("ready_for_payment", "payment_declined"), (reply.State, Assert.Single(reply.Messages)));
        Assert.Equal("requires_buyer_input", reply.Message("payment_declined").GetProperty("resolution").GetString());
        Assert.DoesNotContain(token, reply.Message("payment_declined").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, rig.World.Ledger.Count);

        var good = await rig.Client.TokenAsync(Rig.Trattoria, session.Id, session.Total);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, good)).State);
    }

    [Fact]
    public async Task Complete_InstrumentUnderItsLimit_Pays()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        Assert.True(session.Total <= TestInstruments.LimitMinorUnits);
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id, instrument: TestInstruments.Limited);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).State);
    }

    [Fact]
    public async Task Complete_InstrumentWantsAuthentication_ThenWithResultPays()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id, instrument: TestInstruments.RequiresAuthentication);
        var asked = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(200);
        Assert.Equal("authentication_required", asked.State);
        Assert.Contains("requires_3ds", asked.Messages);
        Assert.True(asked.Body.TryGetProperty("authentication_metadata", out _));
        var without = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        Assert.Equal(("requires_3ds", "$.authentication_result"), (without.Expect(400).Code, without.Param));
        Assert.Empty(rig.World.Ledger);
        var denied = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, outcome: "denied");
        Assert.Contains("payment_declined", denied.Expect(200).Messages);
        Assert.Empty(rig.World.Ledger);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, outcome: "authenticated")).State);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task Create_AmountAboveTheMerchantsLine_AuthenticationRequiredAtOnce()
    {
        await using var rig = await Rig.StartAsync();
        var below = await rig.Client.CreateAsync(Rig.Trattoria, [.. Enumerable.Repeat("lasagne-forno", 13)]);
        var above = await rig.Client.CreateAsync(Rig.Trattoria, [.. Enumerable.Repeat("lasagne-forno", 14)]);
        Assert.Equal(("ready_for_payment", "authentication_required"), (below.State, above.State));
        var token = await rig.Client.TokenAsync(Rig.Trattoria, above.Id);
        Assert.Equal("requires_3ds", (await rig.Client.CompleteAsync(Rig.Trattoria, above.Id, token)).Expect(400).Code);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, above.Id, token, outcome: "attempt_acknowledged")).State);
    }

    [Fact]
    public async Task Create_ItemNeedsAuthentication_AgentWithoutItGetsAPage()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["bill-repair-5520"]);
        cart["capabilities"] = new JsonObject();
        var session = await rig.Client.CreateAsync(Rig.Bills, cart);
        Assert.Equal("authentication_required", session.State);
        var page = new Uri(session.Text("continue_url")!);
        (await rig.Client.SendAsync(HttpMethod.Post, page.AbsolutePath.TrimStart('/'), null, null)).Expect(200);
        Assert.Equal("ready_for_payment", (await rig.Client.GetAsync(Rig.Bills, session.Id)).State);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Bills, session.Id, await rig.Client.TokenAsync(Rig.Bills, session.Id))).State);
    }

    [Fact]
    public async Task Create_Alcohol_EscalatesUntilAPersonAgreed()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "house-red");
        Assert.Equal("requires_escalation", session.State);
        var message = session.Message("age_verification_required");
        Assert.Equal("requires_buyer_review", message.GetProperty("resolution").GetString());
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        Assert.Equal("requires_escalation", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(200).State);
        Assert.Empty(rig.World.Ledger);
        var page = await rig.Client.SendAsync(HttpMethod.Get, new Uri(session.Text("continue_url")!).AbsolutePath.TrimStart('/'), null, null, ("Authorization", null), ("API-Version", null));
        Assert.StartsWith("text/html", page.Expect(200).ContentType, StringComparison.Ordinal);
        Assert.True(rig.World.Approve(session.Id));
        var ready = await rig.Client.GetAsync(Rig.Trattoria, session.Id);
        Assert.Equal("ready_for_payment", ready.State);
        Assert.False(ready.Body.TryGetProperty("continue_url", out _));
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).State);
    }

    [Fact]
    public async Task Complete_PriceChangedSinceTheLastAnswer_TellsAndChargesNothing()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        rig.World.SetPrice(Rig.Trattoria, "pizza-margherita", 1300);
        var told = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(200);
        Assert.Equal(("ready_for_payment", 1391), (told.State, told.Total));
        Assert.Equal("requires_buyer_review", told.Message("price_change").GetProperty("resolution").GetString());
        Assert.Empty(rig.World.Ledger);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).State);
        Assert.Equal(1391, Assert.Single(rig.World.Ledger).Amount);
    }

    [Fact]
    public async Task Get_PriceChanged_TellsOnceAndThenItCanBeCompleted()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        rig.World.SetPrice(Rig.Trattoria, "pizza-margherita", 1000);
        var told = await rig.Client.GetAsync(Rig.Trattoria, session.Id);
        Assert.Contains("price_change", told.Messages);
        Assert.Equal(1070, told.Total);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, await rig.Client.TokenAsync(Rig.Trattoria, session.Id))).State);
    }

    [Fact]
    public async Task Complete_ComesMuchLaterThanPromised_TellsAndChargesNothing()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        rig.Time.Advance(TimeSpan.FromMinutes(20));
        var told = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        Assert.Equal(("ready_for_payment", "shipping_delay"), (told.Expect(200).State, Assert.Single(told.Messages)));
        Assert.Empty(rig.World.Ledger);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).State);
    }

    [Fact]
    public async Task Complete_SoldOutMeanwhile_NotReadyAndNothingCharged()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        rig.World.SetStock(Rig.Trattoria, "tiramisu", 0);
        var reply = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        Assert.Equal(("not_ready_for_payment", "out_of_stock"), (reply.Expect(200).State, Assert.Single(reply.Messages)));
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task Complete_LastPiece_OnlyOneOfManySessionsGetsIt()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Trattoria, "tiramisu", 1);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")));
        var replies = await Task.WhenAll(sessions.Select(async s => await rig.Client.CompleteAsync(Rig.Trattoria, s.Id, await rig.Client.TokenAsync(Rig.Trattoria, s.Id))));
        Assert.Single(replies, r => r.State == "completed");
        Assert.Equal(7, replies.Count(r => r.State == "not_ready_for_payment"));
        Assert.Single(rig.World.Ledger);
    }

    [Theory]
    [InlineData("""{"payment_data":{"purchase_order_number":"PO-1"}}""", "unsupported_payment")]
    [InlineData("""{"payment_data":{"handler_id":"cash","instrument":{"type":"card","credential":{"type":"spt","token":"t"}}}}""", "unsupported_payment")]
    [InlineData("""{"payment_data":{"handler_id":"card_tokenized"}}""", "missing")]
    [InlineData("""{"payment_data":{}}""", "missing")]
    [InlineData("""{}""", "missing")]
    [InlineData("""{"payment_data":{"handler_id":"card_tokenized","instrument":{"type":"card","credential":{"type":"spt","token":"t"}}},"authentication_result":{"outcome":"authenticated"}}""", "missing")]
    public async Task Complete_WrongPayment_400AndSessionStaysOpen(string body, string code)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var reply = await rig.Client.PostAsync($"{Rig.Trattoria}/checkout_sessions/{session.Id}/complete", JsonNode.Parse(body)!);
        Assert.Equal(code, reply.Expect(400).Code);
        Assert.Equal("ready_for_payment", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
    }

    private static async Task<string> UsedTokenAsync(Rig rig)
    {
        var other = await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, other.Id);
        (await rig.Client.CompleteAsync(Rig.Trattoria, other.Id, token)).Expect(200);
        return token;
    }
}
