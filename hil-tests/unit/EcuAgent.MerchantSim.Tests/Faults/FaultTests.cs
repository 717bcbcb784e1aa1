using System.Net.Sockets;
using System.Text;

namespace EcuAgent.MerchantSim.Tests.Faults;

public sealed class FaultTests
{
    public FaultTests() => AnswerCheck.IsOff.Value = true;

    [Fact]
    public async Task ResetBefore_Complete_NothingHappenedAndTheKeyIsFree()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(FaultKind.ResetBefore, SimOperation.Complete);
        await Assert.ThrowsAsync<HttpRequestException>(() => rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k"));
        Assert.Empty(rig.World.Ledger);
        var reply = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k");
        Assert.Equal("completed", reply.State);
        Assert.Null(reply.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task ResetAfter_Complete_HappenedAndTheKeyGivesTheAnswer()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(FaultKind.ResetAfter, SimOperation.Complete);
        await Assert.ThrowsAsync<HttpRequestException>(() => rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k"));
        Assert.Single(rig.World.Ledger);
        var reply = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k");
        Assert.Equal(("completed", "true"), (reply.State, reply.Header("Idempotent-Replayed")));
        Assert.Single(rig.World.Ledger);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(1_000_000)]
    public async Task CutAnswer_AtAnyByte_HappenedAndTheAnswerIsShort(long bytes)
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.CutAnswer, Operation = SimOperation.Complete, Bytes = bytes });
        await Assert.ThrowsAsync<HttpRequestException>(() => rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k"));
        Assert.Single(rig.World.Ledger);
        Assert.Equal("true", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task CutAnswer_SeenOnTheWire_HasJustThoseBytes()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.CutAnswer, Operation = SimOperation.Discovery, Bytes = 17 });
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, rig.World.BaseUrl.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /{Rig.Trattoria}/.well-known/acp.json HTTP/1.1\r\nHost: x\r\n\r\n"));
        var text = await ReadToEndAsync(socket);
        Assert.Contains("Content-Length: ", text, StringComparison.Ordinal);
        Assert.Equal(17, text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Length);
    }

    [Theory]
    [InlineData(null, 500)]
    [InlineData(503, 503)]
    public async Task ErrorBefore_Complete_NothingHappened(int? status, int expected)
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.ErrorBefore, Operation = SimOperation.Complete, Status = status, Count = 2 });
        for (var i = 0; i < 2; i++)
        {
            var reply = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Expect(expected);
            Assert.Equal(expected == 503 ? "1" : null, reply.Header("Retry-After"));
        }

        Assert.Empty(rig.World.Ledger);
        (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Expect(200);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task ErrorAfter_Complete_HappenedAndTheSameKeyResumesIt()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.ErrorAfter, Operation = SimOperation.Complete, Status = 502 });
        (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Expect(502);
        Assert.Single(rig.World.Ledger);
        Assert.Equal("completed", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
        (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "other")).Expect(405);
        var resumed = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Expect(200);
        Assert.Equal("completed", resumed.State);
        Assert.Null(resumed.Header("Idempotent-Replayed"));
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task ErrorAfter_CancelAndOrderCancel_ResumedByTheSameKey()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        rig.World.Faults.Add(FaultKind.ErrorAfter, SimOperation.Cancel);
        (await rig.Client.CancelAsync(Rig.Trattoria, session.Id, "k")).Expect(500);
        Assert.Equal("canceled", (await rig.Client.CancelAsync(Rig.Trattoria, session.Id, "k")).Expect(200).State);

        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        rig.World.Faults.Add(FaultKind.ErrorAfter, SimOperation.OrderCancel);
        (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, key: "c")).Expect(500);
        (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, key: "c")).Expect(200);
        Assert.Equal(2, rig.World.Ledger.Count);
    }

    [Theory]
    [InlineData(FaultKind.GarbageBody)]
    [InlineData(FaultKind.TruncatedJson)]
    public async Task SpoiltBody_IsWholeHttpButNotJson_AndTheReplayIsRight(FaultKind kind)
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(kind, SimOperation.Complete);
        var reply = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Expect(200);
        Assert.Equal("application/json", reply.ContentType);
        Assert.ThrowsAny<JsonException>(() => reply.Body);
        Assert.Equal("completed", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).State);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task WrongContentType_SameBody()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.Faults.Add(FaultKind.WrongContentType, SimOperation.Create);
        var reply = (await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")).Expect(201);
        Assert.Equal(("text/html; charset=utf-8", "ready_for_payment"), (reply.ContentType, reply.State));
    }

    [Fact]
    public async Task HugeBody_AsManyBlanksBeforeTheAnswer()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.HugeBody, Operation = SimOperation.Create, Bytes = 1_000_001 });
        var reply = (await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")).Expect(201);
        Assert.Equal(1_000_001, reply.Raw.TakeWhile(b => b == ' ').Count());
        Assert.Null(reply.Header("Content-Length"));
        Assert.Equal("ready_for_payment", reply.State);
    }

    [Theory]
    [InlineData(null, "/elsewhere")]
    [InlineData("http://127.0.0.1:1/steal", "http://127.0.0.1:1/steal")]
    public async Task Redirect_NothingHappened(string? location, string expected)
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.Redirect, Operation = SimOperation.Complete, Location = location });
        var reply = (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(307);
        Assert.Equal(expected, reply.Header("Location"));
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task UnknownFieldsAndStatus_AreInTheAnswer()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(FaultKind.UnknownFields, SimOperation.Complete);
        var done = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        Assert.True(done.Body.TryGetProperty("x_tomorrow", out _));
        Assert.Equal("beamed_up", done.Order.GetProperty("fulfillments")[0].GetProperty("status").GetString());
        rig.World.Faults.Add(FaultKind.UnknownStatus, SimOperation.Get);
        Assert.Equal("awaiting_moonrise", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
        Assert.Equal("completed", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
    }

    [Fact]
    public async Task PriceChange_AtComplete_ToldInsteadOfCharged()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.PriceChange, Operation = SimOperation.Complete, Percent = 20 });
        var reply = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        Assert.Equal(("ready_for_payment", 1260), (reply.State, reply.Amount("subtotal")));
        Assert.Contains("price_change", reply.Messages);
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task OutOfStock_AtComplete_NothingCharged()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        rig.World.Faults.Add(FaultKind.OutOfStock, SimOperation.Complete);
        var reply = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        Assert.Equal(("not_ready_for_payment", "out_of_stock"), (reply.State, Assert.Single(reply.Messages)));
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task Delay_OnTheClock_ThenDone()
    {
        await using var rig = await Rig.StartAsync();
        var ticket = rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.Delay, Operation = SimOperation.Create, Wait = TimeSpan.FromSeconds(30) });
        var call = rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        await ticket.HitAsync();
        Assert.False(call.IsCompleted);
        while (!call.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        (await call).Expect(201);
    }

    [Fact]
    public async Task Stall_ClientGivesUp_TheWorkIsDoneAllTheSame()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        var ticket = rig.World.Faults.Add(FaultKind.Stall, SimOperation.Complete);
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(IPAddress.Loopback, rig.World.BaseUrl.Port);
            await SendAsync(socket, $"/{Rig.Trattoria}/checkout_sessions/{session.Id}/complete", AcpClient.Payment(token).ToJsonString(), "k");
            await ticket.HitAsync();
        }

        Assert.Empty(rig.World.Ledger);
        ticket.Release();
        Reply reply;
        do
        {
            reply = await rig.Client.GetAsync(Rig.Trattoria, session.Id);
        }
        while (reply.State != "completed");
        Assert.Single(rig.World.Ledger);
        Assert.Equal("true", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token, "k")).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task StallAnswer_Complete_ChargedBeforeTheAnswerComes()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        var ticket = rig.World.Faults.Add(FaultKind.StallAnswer, SimOperation.Complete);
        var call = rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        await ticket.HitAsync();
        Assert.Single(rig.World.Ledger);
        Assert.False(call.IsCompleted);
        ticket.Release();
        Assert.Equal("completed", (await call).State);
    }

    [Fact]
    public async Task Slow_WithATime_FollowsTheClock()
    {
        await using var rig = await Rig.StartAsync();
        var (session, token) = await ReadyAsync(rig);
        var ticket = rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.Slow, Operation = SimOperation.Complete, Wait = TimeSpan.FromSeconds(5) });
        var call = rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token);
        await ticket.HitAsync();
        Assert.Equal("complete_in_progress", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);

        // Whether the fault waits on the clock already cannot be seen: it is turned until the answer is there, and slowly, as sessions run out.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!call.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(5));
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("completed", (await call).State);
    }

    [Fact]
    public async Task World_Disposed_WhileRequestsStall_Ends()
    {
        var rig = await Rig.StartAsync();
        var ticket = rig.World.Faults.Add(FaultKind.Stall, SimOperation.Get);
        var call = rig.Client.GetAsync(Rig.Trattoria, "cs_1");
        await ticket.HitAsync();
        await rig.World.DisposeAsync();
        var end = await Record.ExceptionAsync(() => call);
        Assert.True(end is null or HttpRequestException);
    }

    [Fact]
    public async Task Scope_MerchantOperationSkipAndCount_AreKept()
    {
        await using var rig = await Rig.StartAsync();
        var ticket = rig.World.Faults.Add(new FaultRequest { Kind = FaultKind.ErrorBefore, Merchant = Rig.Trattoria, Operation = SimOperation.Create, Skip = 1, Count = 2 });
        (await rig.Client.CreateAsync(Rig.Dragon, "beef-noodles")).Expect(201);
        (await rig.Client.GetAsync(Rig.Trattoria, "cs_1")).Expect(404);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(201);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(500);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(500);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(201);
        Assert.Equal((2, 0), (ticket.Hits, ticket.Remaining));
    }

    [Fact]
    public async Task PaymentProvider_HasFaultsOfItsOwn()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.Faults.Add(FaultKind.ErrorAfter, SimOperation.DelegatePayment, "psp");
        (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_1"))).Expect(500);
        (await rig.Client.DelegateAsync(AcpClient.Delegation(Rig.Trattoria, "cs_1"))).Expect(201);
    }

    [Fact]
    public async Task Clear_ForgetsFaultsAndLetsGoWhatWaits()
    {
        await using var rig = await Rig.StartAsync();
        var ticket = rig.World.Faults.Add(FaultKind.Stall, SimOperation.Create, count: 5);
        var call = rig.Client.CreateAsync(Rig.Trattoria, "tiramisu");
        await ticket.HitAsync();
        rig.World.Faults.Clear();
        (await call).Expect(201);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(201);
        Assert.Empty(rig.World.Faults.Tickets);
    }

    [Fact]
    public async Task Faults_TooMany_Refused()
    {
        await using var rig = await Rig.StartAsync();
        for (var i = 0; i < FaultDesk.Capacity; i++)
        {
            rig.World.Faults.Add(FaultKind.ErrorBefore);
        }

        Assert.Throws<ArgumentException>(() => rig.World.Faults.Add(FaultKind.ErrorBefore));
    }

    [Fact]
    public async Task Faults_Spent_MakeRoom()
    {
        await using var rig = await Rig.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            rig.World.Faults.Add(FaultKind.ErrorBefore, SimOperation.Get);
            (await rig.Client.GetAsync(Rig.Trattoria, "cs_1")).Expect(500);
        }

        Assert.Single(rig.World.Faults.Tickets);
    }

    private static async Task<(Reply Session, string Token)> ReadyAsync(Rig rig)
    {
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        return (session, await rig.Client.TokenAsync(Rig.Trattoria, session.Id));
    }

    private static async Task SendAsync(Socket socket, string path, string body, string key) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MerchantWorldOptions.DefaultApiKey}\r\nAPI-Version: {AcpClient.Version}\r\n"
            + $"Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await socket.ReceiveAsync(buffer)) > 0)
        {
            all.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }
}
