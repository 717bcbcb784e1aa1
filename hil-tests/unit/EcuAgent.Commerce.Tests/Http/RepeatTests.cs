namespace EcuAgent.Commerce.Tests.Http;

/// <summary>What is sent again, with what, when, and how often.</summary>
public abstract class RepeatTests : IAsyncLifetime
{
    // Long enough that time which a test lets pass for a wait never ends a sending that is on its way.
    private static readonly Func<CommerceOptions, CommerceOptions> Patient =
        options => options with { AttemptTimeout = TimeSpan.FromMinutes(1), CallTimeout = TimeSpan.FromMinutes(2) };

    private readonly Dialect _dialect;
    private MerchantServer _merchant = null!;

    private protected RepeatTests(Dialect dialect) => _dialect = dialect;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _merchant.Discovery = _ => _dialect.Discovery();
        _merchant.Answer = (_, _) => Answer.Json(_dialect.Session().ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await _merchant.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public static TheoryData<string, bool> Passing => new()
    {
        { "503", true }, { "500", true }, { "409", true }, { "429", true }, { "408", true },
        { "400", false }, { "404", false }, { "302", false }, { "422", false },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Open_FailsOnceAndThenNot_IsSentAgainWhereThatMayHelp(string status, bool isRepeated)
    {
        var failure = status == "409" ? _dialect.Error(409, "idempotency_in_flight") : _dialect.Error(int.Parse(status), "code");
        _merchant.Answer = (_, before) => before == 0 ? failure : Answer.Json(_dialect.Session().ToJsonString(), 201);
        using var shop = new Shop(_merchant.Base, ownClock: true, repeats: 2, set: Patient, dialect: _dialect);

        var answer = await shop.Time.UntilAsync(shop.OpenAsync());

        Assert.Equal(isRepeated, answer.IsDone);
        Assert.Equal(isRepeated ? 2 : 1, _merchant.Seen.Count);
    }

    [Fact]
    public async Task Open_SentAgain_HasTheSameKeyAndTheSameBytes()
    {
        _merchant.Answer = (_, before) => before < 2 ? _dialect.Error(503, "busy") : Answer.Json(_dialect.Session().ToJsonString(), 201);
        using var shop = new Shop(_merchant.Base, ownClock: true, repeats: 2, set: Patient, dialect: _dialect);

        Assert.True((await shop.Time.UntilAsync(shop.OpenAsync())).IsDone);

        Assert.Equal(3, _merchant.Seen.Count);
        Assert.Single(_merchant.Seen.Select(seen => (seen.Headers["Idempotency-Key"], seen.Body)).Distinct());
        Assert.Equal(3, _merchant.Seen.Select(seen => seen.Headers["Request-Id"]).Distinct().Count());
    }

    [Fact]
    public async Task Open_FailsForEver_IsSentThreeTimesAndTellsTheLastFailure()
    {
        _merchant.Answer = (_, before) => before < 2 ? _dialect.Error(503, "busy") : _dialect.Error(429, "too_many_requests");
        using var shop = new Shop(_merchant.Base, ownClock: true, repeats: 2, set: Patient, dialect: _dialect);

        var answer = await shop.Time.UntilAsync(shop.OpenAsync());

        Assert.Equal((CommerceOutcome.Refused, "too_many_requests"), (answer.Outcome, answer.Reason));
        Assert.Equal(3, _merchant.Seen.Count);
    }

    [Fact]
    public async Task Cancel_InFlightWithRetryAfter_WaitsThatLong()
    {
        _merchant.Answer = (_, before) => before == 0
            ? _dialect.Error(409, "idempotency_in_flight").With("Retry-After", "5")
            : Answer.Json(_dialect.Canceled().ToJsonString());
        using var shop = new Shop(_merchant.Base, ownClock: true, repeats: 2, set: Patient, dialect: _dialect);
        var begun = shop.Time.GetUtcNow();

        var answer = await shop.Time.UntilAsync(shop.CancelAsync());

        Assert.Equal(CheckoutState.Canceled, answer.Value!.State);
        Assert.InRange(shop.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Cancel_InFlightBeyondTheTimeLeft_IsToldAtOnce()
    {
        _merchant.Answer = (_, _) => _dialect.Error(409, "idempotency_in_flight").With("Retry-After", "16");
        using var shop = new Shop(_merchant.Base, ownClock: true, repeats: 2, dialect: _dialect);

        var answer = await shop.Time.UntilAsync(shop.CancelAsync());

        Assert.Equal((CommerceOutcome.Unknown, "idempotency_in_flight"), (answer.Outcome, answer.Reason));
        Assert.Single(_merchant.Seen);
    }

    [Theory]
    [InlineData(409, "idempotency_in_flight")]
    [InlineData(503, "busy")]
    [InlineData(429, "too_many_requests")]
    public async Task Complete_FailureThatMayPass_IsNotSentAgain(int status, string code)
    {
        using var shop = new Shop(_merchant.Base, ownClock: true, repeats: 5, dialect: _dialect);
        Assert.True((await shop.GetAsync()).IsDone);
        var before = _merchant.Seen.Count;
        _merchant.Answer = (_, _) => _dialect.Error(status, code).With("Retry-After", "1");

        Assert.False((await shop.CompleteAsync()).IsDone);

        Assert.Equal(before + 1, _merchant.Seen.Count);
    }

    [Fact]
    public async Task Calls_ServerSilentForEver_EndWithinTheirTime()
    {
        await using var server = await HostileServer.StartAsync(new Script(ScriptEnd.Silence));
        using var shop = new Shop(server.Base, ownClock: true, repeats: 5, dialect: _dialect);
        var begun = shop.Time.GetUtcNow();

        var answer = await shop.Time.UntilAsync(shop.GetAsync(), stepMs: 100);

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.NoAnswer), (answer.Outcome, answer.Reason));
        Assert.InRange(shop.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(15.2));
        Assert.InRange(server.Requests, 1, 4);
    }

    [Fact]
    public async Task Complete_EachTime_HasAConnectionOfItsOwn()
    {
        var relay = await Relay.StartAsync(new Uri(_merchant.Base));
        using var shop = new Shop(relay.Base, dialect: _dialect);
        shop.Owned.Add(relay);
        Assert.True((await shop.GetAsync()).IsDone);
        Assert.True((await shop.GetAsync()).IsDone);
        var before = relay.Connections;

        await shop.CompleteAsync("key-1");
        await shop.CompleteAsync("key-2");

        Assert.Equal((1, 3), (before, relay.Connections));
    }
}

public sealed class AcpRepeatTests() : RepeatTests(Dialect.Acp);

public sealed class UcpRepeatTests() : RepeatTests(Dialect.Ucp);
