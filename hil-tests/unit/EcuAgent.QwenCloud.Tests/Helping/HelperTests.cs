using EcuAgent.Core.Policy;
using EcuAgent.QwenCloud.Helping;
using Microsoft.Extensions.AI;

namespace EcuAgent.QwenCloud.Tests.Helping;

/// <summary>When the helper asks, when it does not, and what it does when the endpoint is bad.</summary>
public sealed class HelperTests : IAsyncLifetime
{
    private HelperRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await HelperRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Try_AllAllows_TheAnswerIsACheckedCallAndOnRecord(bool stream)
    {
        _rig.Options = _rig.Options with { Stream = stream };
        AnswerWith(stream, ("set_fan", """{"level":5}"""));

        var response = await _rig.AskAsync();

        var call = Assert.Single(HelperRig.CallsOf(response));
        Assert.Equal(("set_fan", "5"), (call.Name, call.Arguments["level"]));
        var entry = Assert.Single(_rig.Record);
        Assert.Equal(("clarify", "answered", _rig.Options.Origin), (entry.Why, entry.Outcome, entry.To));
        Assert.Equal((1, 1, 1), (_rig.Helper.Count("asked"), _rig.Helper.Count("sent"), _rig.Helper.Count("answered")));
    }

    [Fact]
    public async Task Try_WhatIsSent_IsOnRecordBeforeTheAnswer()
    {
        _rig.Endpoint.Answer = Reply.Hang;
        var asking = _rig.AskAsync();
        await _rig.Endpoint.ArrivedAsync();

        var entry = Assert.Single(_rig.Record);
        Assert.Null(entry.Outcome);

        Assert.Null(await _rig.Time.UntilAsync(asking));
        Assert.NotNull(Assert.Single(_rig.Record).Outcome);
    }

    [Fact]
    public async Task Try_LocalAnswerKnowsOrIsUnsafe_NothingLeaves()
    {
        Assert.Null(await _rig.AskAsync(local: [_rig.Call("set_fan", ("level", 3))]));
        Assert.Null(await _rig.AskAsync(local: [_rig.Call("refuse", ("reason", "unsafe"))]));
        Assert.Null(await _rig.AskAsync(local: [_rig.Call("clarify", ("about", "hvac")), _rig.Call("refuse", ("reason", "unsafe"))]));

        NothingLeft(asked: 0);
    }

    public static TheoryData<string> Reasons => ["question_open", "policy_forbids", "consent_missing", "consent_revoked", "consent_expired",
        "consent_for_other_terms", "key_missing", "offline", "no_time_left", "record_unavailable"];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Try_SomethingForbidsIt_NothingLeavesAndTheReasonIsShown(string reason)
    {
        var spent = TimeSpan.Zero;
        var inTheWay = Path.Combine(_rig.Folder, "sent.jsonl");
        switch (reason)
        {
            case "question_open":
                _rig.IsQuestionOpen = true;
                break;
            case "policy_forbids":
                var strict = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policies", "strict.json"));
                _rig.Policy = PolicyLoader.Parse(
                    System.Text.Encoding.UTF8.GetBytes(strict.Replace(",\n  \"cloudHelper\": [\"parked\", \"idling\", \"moving\"]", "", StringComparison.Ordinal)), "test");
                break;
            case "consent_missing":
                File.Delete(Path.Combine(_rig.Folder, "consent.json"));
                break;
            case "consent_revoked":
                _rig.Consent(given: false);
                break;
            case "consent_expired":
                _rig.Time.Advance(TimeSpan.FromDays(366));
                _rig.Park();
                break;
            case "consent_for_other_terms":
                _rig.Consent(endpoint: "https://elsewhere.example");
                break;
            case "key_missing":
                _rig.Options = _rig.Options with { ApiKeyVariable = "ECUAGENT_NOT_SET" };
                break;
            case "offline":
                _rig.IsOnline = false;
                break;
            case "no_time_left":
                spent = TimeSpan.FromSeconds(7.2);
                break;
            case "record_unavailable":
                // A folder where the file should be: appending fails for root as well.
                _ = _rig.Helper;
                Directory.CreateDirectory(inTheWay);
                break;
        }

        Assert.Null(await _rig.AskAsync(spent: spent));

        if (Directory.Exists(inTheWay))
        {
            Directory.Delete(inTheWay);
        }

        NothingLeft(asked: 1);
        Assert.Equal(1, _rig.Helper.Count(reason));
        var status = HelperStatus.Read(_rig.Folder)!;
        Assert.Equal([reason], status.LastRefusals.Select(r => r.Reason));
        Assert.DoesNotContain(TestKey.Secret, File.ReadAllText(Path.Combine(_rig.Folder, "status.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_DrivingStateUnknown_NothingLeaves()
    {
        _rig.Time.Advance(TimeSpan.FromSeconds(30));
        _rig.State.Evaluate();

        Assert.Null(await _rig.AskAsync());

        NothingLeft(asked: 1);
        Assert.Equal(1, _rig.Helper.Count("policy_forbids"));
    }

    [Fact]
    public async Task Try_ConsentGivenWhileRunning_CountsFromTheNextRequest()
    {
        _rig.Consent(given: false);
        Assert.Null(await _rig.AskAsync());

        _rig.Consent();
        AnswerWith(true, ("set_fan", """{"level":5}"""));

        Assert.NotNull(await _rig.AskAsync());
        Assert.Single(_rig.Endpoint.Seen);
    }

    [Fact]
    public async Task Try_ConsentGivenWhileMoving_CountsOnlyFromTheNextStandstill()
    {
        _rig.Drive();
        _rig.Time.Advance(TimeSpan.FromMilliseconds(100));
        _rig.Consent();

        Assert.Null(await _rig.AskAsync());
        NothingLeft(asked: 1);
        Assert.Equal(1, _rig.Helper.Count("consent_given_while_moving"));
        Assert.Equal("given_while_moving", HelperStatus.Read(_rig.Folder)!.Consent);

        AnswerWith(true, ("set_fan", """{"level":5}"""));
        _rig.Park();
        Assert.NotNull(await _rig.AskAsync());
        _rig.Drive();
        Assert.NotNull(await _rig.AskAsync());
    }

    [Fact]
    public async Task Try_CallerGaveUpBeforeAnythingWasSent_NothingIsOnRecord()
    {
        using var gaveUp = new CancellationTokenSource();
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.Helper.TryAsync("blow harder", _rig.Unclear, default, gaveUp.Token));

        Assert.Empty(_rig.Endpoint.Seen);
        Assert.False(File.Exists(Path.Combine(_rig.Folder, "sent.jsonl")));
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { "unknown tool", "answer_invalid" }, { "wrong value", "answer_invalid" }, { "not said", "answer_invalid" }, { "no json", "answer_invalid" },
        { "one good one bad", "answer_invalid" }, { "none", "answer_without_call" }, { "five", "answer_too_many_calls" },
        { "buys", "answer_forbidden" }, { "sets up", "answer_forbidden" }, { "asks back", "answer_no_better" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task Try_AnswerIsNotUsable_LocalHolds(string answer, string outcome)
    {
        (string, string) fan = ("set_fan", """{"level":5}""");
        foreach (var stream in new[] { true, false })
        {
            AnswerWith(stream, answer switch
            {
                "unknown tool" => [("open_trunk", "{}")],
                "wrong value" => [("set_fan", """{"level":50}""")],
                "not said" => [("navigate_to", """{"destination":"Casino"}""")],
                "no json" => [("set_fan", """{"level":""")],
                "one good one bad" => [fan, ("set_fan", """{"level":"high"}""")],
                "none" => [],
                "five" => [fan, fan, fan, fan, fan],
                "buys" => [("order_food", """{"item":"please"}""")],
                "sets up" => [("setup_account", """{"what":"account"}""")],
                _ => [("clarify", """{"about":"hvac"}""")],
            });
            _rig.Options = _rig.Options with { Stream = stream };
            _rig.Restart();

            Assert.Null(await _rig.AskAsync());
            Assert.Equal(1, _rig.Helper.Count(outcome));
        }

        Assert.Equal([outcome, outcome], _rig.Record.Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Try_ToolsThatBuyOrSetUp_AreNotEvenOffered()
    {
        await _rig.AskAsync();

        var body = Assert.Single(_rig.Endpoint.Seen).Body;
        Assert.All(
            HelperRig.Catalogue.Tools,
            tool => Assert.Equal(AnswerRule.MayPropose(tool), body.Contains($"\"name\":\"{tool.Name}\"", StringComparison.Ordinal)));
        Assert.DoesNotContain("x-copied-from", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no headers")]
    [InlineData("headers, no body")]
    [InlineData("half a body")]
    [InlineData("half a stream")]
    [InlineData("whole answer, no end")]
    public async Task Try_ServerStalls_LocalHoldsWithinTheLimit(string where)
    {
        _rig.Options = _rig.Options with { Stream = where is "half a stream" or "whole answer, no end" };
        var events = Reply.Events(3, ("set_fan", """{"level":5}"""));
        _rig.Endpoint.Answer = async context =>
        {
            context.Response.ContentType = _rig.Options.Stream ? "text/event-stream" : "application/json";
            switch (where)
            {
                case "headers, no body":
                    await context.Response.Body.FlushAsync();
                    break;
                case "half a body":
                    await Reply.Send(context, Reply.Completion(("set_fan", """{"level":5}"""))[..60]);
                    break;
                case "half a stream":
                    await Reply.Stream(context, events.Take(3), done: false);
                    break;
                case "whole answer, no end":
                    // All but the finish reason: the call looks whole already.
                    await Reply.Stream(context, events.Take(events.Count - 2), done: false);
                    break;
            }

            await Reply.Hang(context);
        };
        var started = _rig.Time.GetTimestamp();

        Assert.Null(await _rig.AskPumpedAsync());

        Assert.InRange(_rig.Time.GetElapsedTime(started), _rig.Options.StallTimeout, _rig.Options.RequestTimeout + TimeSpan.FromSeconds(1));
        Assert.Contains(Assert.Single(_rig.Record).Outcome, new[] { "stalled", "timed_out" });
    }

    [Fact]
    public async Task Try_SlowDrip_EndsAtTheLimitForTheWhole()
    {
        // A piece each time the test's clock has gone on: never silent, never done.
        _rig.Endpoint.Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await Reply.Send(context, ": still thinking\n\n");
                await Task.Delay(2);
            }
        };

        Assert.Null(await _rig.AskPumpedAsync());

        Assert.Contains(Assert.Single(_rig.Record).Outcome, new[] { "timed_out", "response_too_large" });
    }

    [Fact]
    public async Task Try_AgentsBudgetIsShorter_EndsBeforeIt()
    {
        _rig.ModelBudget = TimeSpan.FromSeconds(2);
        _rig.Endpoint.Answer = Reply.Hang;
        var spent = TimeSpan.FromSeconds(1);
        var asking = _rig.AskAsync(spent: spent);
        await _rig.Endpoint.ArrivedAsync();

        _rig.Time.Advance(_rig.ModelBudget - spent - _rig.Options.Reserve);

        Assert.Null(await asking);
        Assert.Equal("timed_out", Assert.Single(_rig.Record).Outcome);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Try_RetryAfter_TheEndpointIsLeftAloneForSoLong(int status)
    {
        _rig.Endpoint.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "20";
            return Reply.Json(context, "{}", status);
        };
        Assert.Null(await _rig.AskAsync());
        AnswerWith(true, ("set_fan", """{"level":5}"""));

        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        _rig.Park();
        Assert.Null(await _rig.AskAsync());
        Assert.Single(_rig.Endpoint.Seen);
        Assert.Equal(1, _rig.Helper.Count("held_off"));

        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        _rig.Park();
        Assert.NotNull(await _rig.AskAsync());
    }

    [Fact]
    public async Task Try_ServerKeepsFailing_CircuitOpensAndClosesAfterAGoodOne()
    {
        _rig.Endpoint.Answer = context => Reply.Json(context, "{}", 500);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await _rig.AskAsync());
        }

        Assert.Equal(_rig.Options.RequestsToOpen, _rig.Endpoint.Seen.Count);
        Assert.Equal(2, _rig.Helper.Count("circuit_open"));
        Assert.Equal("open", HelperStatus.Read(_rig.Folder)!.Circuit);

        AnswerWith(true, ("set_fan", """{"level":5}"""));
        _rig.Time.Advance(_rig.Options.BreakFor);
        _rig.Park();

        Assert.NotNull(await _rig.AskAsync());
        Assert.NotNull(await _rig.AskAsync());
        Assert.Equal("closed", HelperStatus.Read(_rig.Folder)!.Circuit);
    }

    [Fact]
    public async Task Try_TrialRequestThatNeverLeft_DoesNotCloseTheCircuit()
    {
        _rig.Endpoint.Answer = context => Reply.Json(context, "{}", 500);
        for (var i = 0; i < _rig.Options.RequestsToOpen; i++)
        {
            Assert.Null(await _rig.AskAsync());
        }

        _rig.Time.Advance(_rig.Options.BreakFor);
        _rig.Park();
        var record = Path.Combine(_rig.Folder, "sent.jsonl");
        File.Delete(record);
        Directory.CreateDirectory(record);

        Assert.Null(await _rig.AskAsync());

        Assert.Equal(1, _rig.Helper.Count("record_unavailable"));
        Assert.Equal("open", HelperStatus.Read(_rig.Folder)!.Circuit);
    }

    [Fact]
    public async Task Try_NobodyListens_LocalHolds()
    {
        _ = _rig.Helper;
        await _rig.Endpoint.DisposeAsync();

        Assert.Null(await _rig.AskAsync());

        Assert.Equal("unreachable", Assert.Single(_rig.Record).Outcome);
    }

    [Fact]
    public async Task Try_NumberInTheRequest_ComesBackInsideTheCarOnly()
    {
        AnswerWith(true, ("navigate_to", """{"destination":"lot [number 1]"}"""));

        var response = await _rig.AskAsync("bring me to lot 555 0123 456");

        Assert.Equal("lot 555 0123 456", Assert.Single(HelperRig.CallsOf(response)).Arguments["destination"]);
        Assert.DoesNotContain("0123", Assert.Single(_rig.Endpoint.Seen).Everything, StringComparison.Ordinal);
    }

    private void AnswerWith(bool stream, params (string Name, string Arguments)[] calls) => _rig.Endpoint.Answer = stream
        ? context => Reply.Stream(context, Reply.Events(4, calls))
        : context => Reply.Json(context, Reply.Completion(calls));

    private void NothingLeft(int asked)
    {
        Assert.Empty(_rig.Endpoint.Seen);
        Assert.Empty(SentRecordReader.Read(_rig.Folder).Entries);
        Assert.Equal(asked, _rig.Helper.Count("asked"));
        Assert.Equal(0, _rig.Helper.Count("sent"));
    }
}
