using EcuAgent.Core.Agent;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class DialogueTurnTests
{
    private static readonly Place Near = new()
    {
        PlaceId = "p1", Name = "Golden Dragon", DistanceM = 1200, BearingDeg = 315, Position = new GeoPoint(48.1, 11.5),
    };

    private static readonly Place Far = Near with { PlaceId = "p2", DistanceM = 3400, BearingDeg = 90, Position = new GeoPoint(48.2, 11.6) };

    [Theory]
    [InlineData(0.44)]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1.1)]
    public async Task Agent_LowOrUnusableConfidence_AsksAndDoesNothing(double confidence)
    {
        using var rig = new AgentRig();
        rig.Park();

        var report = await rig.SayAsync("fan seven", confidence);

        Assert.Equal((TurnStatus.Asked, "I did not hear that well, could you say it again?"), (report.Status, rig.Ports.LastReply));
        Assert.Empty(rig.Model.Asked);
        Assert.Empty(rig.Ports.Commands);
        Assert.Equal((DecisionKind.Ask, AgentReasons.UtteranceUnclear), Assert.Single(rig.Ports.Decisions) is var d ? (d.Kind, d.Reason) : default);
    }

    [Fact]
    public async Task Agent_HypothesesGiveDifferentCalls_AsksWhich()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 })).On("van heaven", ("refuse", new { reason = "out_of_scope" }));

        await rig.SayAsync("fan seven", 0.5, "en", "van heaven");

        Assert.Equal("Did you say \"fan seven\" or \"van heaven\"?", rig.Ports.LastReply);
        Assert.Empty(rig.Ports.Commands);
    }

    [Fact]
    public async Task Agent_HypothesesGiveTheSameCalls_Acts()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 })).On("fan, seven", ("set_fan", new { level = 7 }));

        await rig.SayAsync("fan seven", 0.5, "en", "fan, seven");

        Assert.Single(rig.Ports.Commands);
    }

    [Fact]
    public async Task Agent_SeveralEqualPlaces_AsksThenTakesTheChosenOne()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("to golden dragon", ("navigate_to", new { destination = " golden dragon" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(Near, Far));

        var asked = await rig.SayAsync("to golden dragon");
        await rig.SayAsync("the second one");

        Assert.Equal(TurnStatus.Asked, asked.Status);
        Assert.NotEmpty(asked.OpenQuestionId);
        Assert.Equal("Which one do you mean: first, Golden Dragon, 1.2 km to the north-west; second, Golden Dragon, 3.4 km to the east?", asked.ReplyText);
        Assert.Equal("p2", ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
        Assert.Equal("The route to Golden Dragon is set.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_ChoiceAfterAnotherRequest_IsGone()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("to golden dragon", ("navigate_to", new { destination = "golden dragon" }))
            .On("hello", ("chat", new { topic = "greeting" })).On("the second one", ("clarify", new { about = "unclear" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(Near, Far));

        await rig.SayAsync("to golden dragon");
        await rig.SayAsync("hello");
        await rig.SayAsync("the second one");

        Assert.Empty(rig.Ports.Commands);
    }

    [Fact]
    public async Task Agent_OnePlaceOfThatName_IsTaken()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("to golden dragon", ("navigate_to", new { destination = "golden dragon" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(Far with { PlaceId = "x", Name = "Golden Dragon Garage" }, Near));

        await rig.SayAsync("to golden dragon");

        Assert.Equal("p1", ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
    }

    [Fact]
    public async Task Agent_NoSuchPlace_SaysSo()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("to golden dragon", ("navigate_to", new { destination = "golden dragon" }));

        await rig.SayAsync("to golden dragon");

        Assert.Equal("I found no place called golden dragon.", rig.Ports.LastReply);
        Assert.Empty(rig.Ports.Commands);
    }

    [Fact]
    public async Task Agent_MapSilent_SaysSoAfterTheTimeOut()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("to golden dragon", ("navigate_to", new { destination = "golden dragon" }));
        rig.Ports.OnQuery = _ => new TaskCompletionSource<PlaceAnswer>().Task;

        var turn = rig.SayAsync("to golden dragon");
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        await turn;

        Assert.Equal("The navigation does not answer, so I could not look for the place.", rig.Ports.LastReply);
        Assert.Equal(1, rig.Agent.Counters.PlaceFailures);
    }

    [Fact]
    public async Task Agent_SearchWhileMoving_ThreeOptionsWithBearingInWords()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.State.Apply(new LocationSample(rig.Envelope(), 48, 11, 500, 270, 5));
        rig.Model.On("coffee", ("search_places", new { category = "cafe" }));
        rig.Ports.OnQuery = query => Task.FromResult(PlaceAnswer.Found(
            [.. Enumerable.Range(1, 6).Select(i => Near with { PlaceId = $"p{i}", Name = $"Cafe {i}", BearingDeg = 225 })]));

        await rig.SayAsync("coffee");

        Assert.Equal("I found 3: first, Cafe 1, 1.2 km ahead on the left; second, Cafe 2, 1.2 km ahead on the left; third, Cafe 3, 1.2 km ahead on the left.", rig.Ports.LastReply);
        Assert.Equal((3, PlaceCategory.Cafe, new GeoPoint(48, 11)), rig.Ports.Queries[0] is var q ? (q.MaxResults, q.Category, q.Position!.Value) : default);
    }

    [Fact]
    public async Task Agent_StatusNeverReceived_SaysThatItIsNotKnown()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("how warm is it", ("get_climate_status", new { about = "inside_temperature" }), ("get_vehicle_status", new { about = "fuel" }));

        await rig.SayAsync("how warm is it");

        Assert.Equal("I do not know the inside temperature right now. I do not know the fuel level.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_InvalidCalls_AreRefusedCountedAndTheValidOneIsDone()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("do it", ("open_trunk", null), ("set_fan", new { level = 99 }), ("navigate_to", new { destination = "moscow" }), ("set_fan", new { level = 2 }));

        var report = await rig.SayAsync("do it");

        Assert.Equal(2, ((HvacCommand)Assert.Single(rig.Ports.Commands)).Level);
        Assert.Equal(3, rig.Agent.Counters.CallsInvalid);
        Assert.Equal("The fan is at level 2. I did not understand that, could you say it in other words?", rig.Ports.LastReply);
        Assert.Equal([AgentReasons.CallInvalid, AgentReasons.CallInvalid, AgentReasons.CallInvalid, "allowed"], report.Calls.Select(call => call.ReasonCode));
    }

    [Fact]
    public async Task Agent_MoreCallsThanAllowed_DropsTheRestAndSaysSo()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("much", [.. Enumerable.Range(1, 6).Select(i => ("set_fan", (object?)new { level = i }))]);

        await rig.SayAsync("much");

        Assert.Equal(4, rig.Ports.Commands.Count);
        Assert.Equal(2, rig.Agent.Counters.CallsTooMany);
        Assert.Contains("more requests than I can take", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_ModelThrows_HonestReplyDegradedThenWellAgain()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", _ => throw new InvalidOperationException("no weights")).On("hello", ("chat", new { topic = "greeting" }));

        var report = await rig.SayAsync("fan seven");
        var degraded = rig.Agent.DegradedReasons;
        await rig.SayAsync("hello");

        Assert.Equal((TurnStatus.ModelFailed, "I cannot work that out right now, and nothing was changed."), (report.Status, report.ReplyText));
        Assert.Equal([AgentReasons.ModelFailed], degraded);
        Assert.Empty(rig.Agent.DegradedReasons);
        Assert.Equal(1, rig.Agent.Counters.ModelFailures);
    }

    [Fact]
    public async Task Agent_ModelHangsAndIgnoresItsToken_TimesOut()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", _ => new TaskCompletionSource<ChatResponse>().Task);

        var turn = rig.SayAsync("fan seven");
        rig.Time.Advance(TimeSpan.FromSeconds(8));
        var report = await turn;

        Assert.Equal(TurnStatus.ModelFailed, report.Status);
        Assert.Equal([AgentReasons.ModelTimedOut], rig.Agent.DegradedReasons);
    }

    [Fact]
    public async Task Agent_ModelWritesTextOnly_AsksAgainAndSpeaksNoneOfIt()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.OnRaw("fan seven", [new TextContent("The fan is at level 7.")]);

        await rig.SayAsync("fan seven");

        Assert.Equal("I did not understand that, could you say it in other words?", rig.Ports.LastReply);
        Assert.Equal(1, rig.Agent.Counters.ModelNoCalls);
    }

    [Fact]
    public async Task Agent_QueueFull_RefusesTheNewestWithOneMoment()
    {
        using var rig = new AgentRig(new AgentOptions { MaxWaitingUtterances = 1, ReadBackWait = TimeSpan.Zero });
        rig.Park();
        var answer = new TaskCompletionSource<ChatResponse>();
        rig.Model.On("slow", _ => answer.Task).On("hello", ("chat", new { topic = "greeting" }));

        var first = rig.SayAsync("slow");
        var second = rig.SayAsync("hello");
        var third = await rig.SayAsync("hello");
        answer.SetResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [])));
        await first;
        var answered = await second;

        Assert.Equal((TurnStatus.Busy, "One moment, I am still busy with what was said before."), (third.Status, third.ReplyText));
        Assert.Equal(1, rig.Agent.Counters.UtterancesDropped);

        // Replies wait for outcomes outside the turn, so their order among each other is open.
        Assert.Equal("Hello, what can I do for you.", answered.ReplyText);
        Assert.Contains(rig.Ports.Replies, r => r.Text == answered.ReplyText);
    }

    [Fact]
    public async Task Agent_SameUtteranceTwice_ActsOnce()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        var said = rig.Said("fan seven");

        await rig.Agent.HandleUtteranceAsync(said, CancellationToken.None);
        var again = await rig.Agent.HandleUtteranceAsync(said, CancellationToken.None);

        Assert.Equal(TurnStatus.Ignored, again.Status);
        Assert.Single(rig.Ports.Commands);
        Assert.Equal(1, rig.Agent.Counters.UtterancesRepeated);
    }

    [Fact]
    public async Task Agent_PublishingFails_TurnEndsAndFailuresAreCounted()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.PublishingFails = true;

        var report = await rig.SayAsync("fan seven");

        Assert.Equal(TurnStatus.Done, report.Status);
        Assert.Single(rig.Ports.Commands);
        Assert.Equal(2, rig.Agent.Counters.PortFailures);
    }

    [Fact]
    public async Task Agent_EveryToolOfTheCatalogue_SaysSomething()
    {
        foreach (string language in new[] { "en", "zh" })
        {
            foreach (var tool in AgentRig.Catalogue.Tools)
            {
                using var rig = new AgentRig();
                rig.Park();
                var arguments = tool.Parameters.ToDictionary(p => p.Name, p => (object?)(p.Kind switch
                {
                    Core.Catalogue.ToolParameterKind.Word => p.Words[0],
                    Core.Catalogue.ToolParameterKind.Text => "dragon",
                    Core.Catalogue.ToolParameterKind.Flag => true,
                    _ => Math.Max(p.Minimum, 2),
                }));
                rig.Model.OnRaw("the dragon", [new FunctionCallContent("c", tool.Name, arguments)]);

                var report = await rig.SayAsync("the dragon", language: language);

                Assert.True(report.ReplyText.Length > 3, $"{language} {tool.Name}: '{report.ReplyText}'");
                Assert.True(report.Plan!.Calls[0].Check.IsValid, tool.Name);
            }
        }
    }

    [Fact]
    public async Task Agent_Messages_FollowTheModelContract()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("hello", ("chat", new { topic = "greeting" }));

        await rig.SayAsync("hello");

        var messages = Assert.Single(rig.Model.Asked);
        Assert.Equal([ChatRole.System, ChatRole.System, ChatRole.User], messages.Select(m => m.Role));
        Assert.Equal("Vehicle context: {\"drivingState\":\"parked\"}", messages[1].Text);
        Assert.Equal("[car: parked; speaker: driver]\nhello", messages[2].Text);
        Assert.Equal(39, rig.Model.Options[0]!.Tools!.Count);
    }
}
