using EcuAgent.Core.Agent;
using EcuAgent.Eval.Running;
using EcuAgent.Eval.Scoring;
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
