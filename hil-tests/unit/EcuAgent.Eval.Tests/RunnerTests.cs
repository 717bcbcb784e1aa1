using System.Globalization;
using EcuAgent.Core.Agent;
using EcuAgent.Eval.Running;
using EcuAgent.Eval.Scoring;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>What the model is asked, and what becomes of failures.</summary>
public sealed class RunnerTests
{
    [Theory]
    [InlineData("", "[car: parked; speaker: driver]", "parked")]
    [InlineData(""", "car": "moving", "speaker": "rear_left" """, "[car: moving; speaker: rear_left]", "moving")]
    [InlineData(""", "car": "unknown", "speaker": "unknown" """, "[car: unknown; speaker: unknown]", "unknown")]
    public async Task Item_Request_CarriesCarSpeakerAndContext(string more, string header, string state)
    {
        var model = new ScriptedModel().Says("fan", ("set_fan", new { level = 3 }));

        await Runs.ScoreAsync(model, Runs.Line("a", "hvac", " fan  ", more));

        var (messages, options) = Assert.Single(model.Requests);
        Assert.Equal(header + "\nfan", messages[^1].Text);
        Assert.Equal($$"""Vehicle context: {"drivingState":"{{state}}"}""", messages[^2].Text);
        Assert.Equal(Runs.Catalogue.Tools.Select(tool => tool.Name), options!.Tools!.Select(tool => tool.Name));
        Assert.Equal(new AgentOptions().MaxOutputTokens, options.MaxOutputTokens);
    }

    [Fact]
    public async Task ItemWithEarlierExchange_Request_CarriesItAndTextsMayBeCopiedFromIt()
    {
        var model = new ScriptedModel().Says("no, Elm Lane", ("navigate_to", new { destination = "Elm Lane" })).Says("two", ("order_food", new { item = "miso soup", quantity = 2 }));

        var scores = await Runs.ScoreAsync(
            model,
            Runs.Line("a", "navigation", "no, Elm Lane", """, "car": "moving", "before": {"utterance": "to Oak Lane", "calls": [{"name": "navigate_to", "arguments": {"destination": "Oak Lane"}}]}"""),
            Runs.Line("b", "food", "two", """, "before": {"utterance": "one miso soup", "calls": [{"name": "order_food", "arguments": {"item": "miso soup", "quantity": 1}}]}"""));

        var messages = model.Requests[0].Messages;
        Assert.Equal("[car: moving; speaker: driver]\nto Oak Lane", messages[^3].Text);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(messages[^2].Contents));
        Assert.Equal("navigate_to", call.Name);
        Assert.Equal("Oak Lane", call.Arguments!["destination"]);
        Assert.Equal("[car: moving; speaker: driver]\nno, Elm Lane", messages[^1].Text);
        Assert.Equal([0, 0], scores.Select(score => score.InvalidCalls));
    }

    [Fact]
    public async Task OwnEarlierAnswer_Request_CarriesWhatTheModelAnsweredOrNothingWhereThatIsInvalid()
    {
        const string Before = """, "before": {"utterance": "fan on", "calls": [{"name": "set_fan", "arguments": {"level": 4}}]}""";
        var model = new ScriptedModel().Says("fan on", ("set_fan", new { level = 3 })).Says("more", ("adjust_fan", new { direction = "up" }));
        await Runs.ScoreAsync(model, answersBefore: true, Runs.Line("a", "hvac", "more", Before));
        model.Says("fan on", ("set_fan", new { level = 30 }));
        await Runs.ScoreAsync(model, answersBefore: true, Runs.Line("a", "hvac", "more", Before));

        Assert.Equal(4, model.Requests.Count);
        var call = model.Requests[1].Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
        Assert.Equal(3, Convert.ToInt32(call.Arguments!["level"], CultureInfo.InvariantCulture));
        Assert.Empty(model.Requests[3].Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
    }

    [Fact]
    public async Task FailingModel_Item_IsCountedAndTheRunGoesOn()
    {
        var scores = await Runs.ScoreAsync(
            new ScriptedModel().Fails("boom", new InvalidOperationException("no logits")).Says("fan", ("set_fan", new { level = 3 })),
            Runs.Line("a", "hvac", "boom"),
            Runs.Line("b", "hvac", "fan"));
        var report = Runs.Report(scores);

        Assert.Equal(ItemStatus.Failed, scores[0].Outcome.Status);
        Assert.Equal(1, report.Overall.Failed);
        Assert.Equal(1, report.Overall.NoCall);
        Assert.Equal(0.5, report.Overall.DomainAccuracy);
        Assert.Equal("no logits", Assert.Single(report.Wrong).Error);
        Assert.Null(scores[0].Outcome.Duration);
        Assert.NotNull(scores[1].Outcome.Duration);
    }

    [Fact]
    public async Task TextAboveTheServicesLimit_Item_IsNotAskedAndCounted()
    {
        var model = new ScriptedModel();

        var scores = await Runs.ScoreAsync(model, Runs.Line("a", "hvac", new string('x', 513)));

        Assert.Empty(model.Requests);
        Assert.Equal(ItemStatus.TooLong, scores[0].Outcome.Status);
        Assert.Equal(1, Runs.Report(scores).Overall.NoCall);
    }

    [Fact]
    public async Task Cancellation_Run_Stops()
    {
        using var stop = new CancellationTokenSource();
        var model = new ScriptedModel().Says("fan", ("set_fan", new { level = 3 }));
        var item = Runs.Item(Runs.Line("a", "hvac", "fan"));
        var runner = new EvalRunner(model, Runs.Catalogue, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync([item, item, item], _ => stop.Cancel(), stop.Token));

        Assert.Single(model.Requests);
    }

    [Theory]
    [InlineData(461, 10)]
    [InlineData(10, 10)]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    public void Lines_Progress_AtMostOneForEveryTenth(int total, int expected)
    {
        var lines = new List<string>();
        var report = EvalProgress.Lines(lines.Add, total);

        for (var done = 1; done <= total; done++)
        {
            report(done);
        }

        Assert.Equal(expected, lines.Count);
        Assert.Equal($"{total}/{total} utterances (100 %)", lines[^1]);
    }
}
