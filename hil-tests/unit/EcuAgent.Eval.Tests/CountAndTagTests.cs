using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>Too few and too many calls, tools and tags.</summary>
public sealed class CountAndTagTests
{
    private const string Two = """, "calls": [{"name": "set_fan", "arguments": {"level": 2}}, {"name": "cancel_navigation", "arguments": {}}]""";

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(3, 0, 1)]
    [InlineData(5, 0, 1)]
    public async Task Calls_Count_TooFewOrTooMany(int proposed, int few, int many)
    {
        var calls = Enumerable.Range(1, proposed).Select(level => ("set_fan", (object?)new { level })).ToArray();

        var overall = Runs.Report(await Runs.ScoreAsync(new ScriptedModel().Says("both", calls), Runs.Line("a", "hvac", "both", Two))).Overall;

        Assert.Equal((few, many), (overall.TooFewCalls, overall.TooManyCalls));
    }

    [Fact]
    public async Task LineWithoutGold_Count_IsNotJudged()
    {
        var overall = Runs.Report(await Runs.ScoreAsync(new ScriptedModel().Says("both"), Runs.Line("a", "hvac", "both"))).Overall;

        Assert.Equal((0, 0), (overall.TooFewCalls, overall.TooManyCalls));
    }

    [Theory]
    [InlineData("set_fan", 2, "set_fan")]
    [InlineData("set_seat_heating", 2, "set_seat_heating")]
    [InlineData("set_fan", 99, "(invalid)")]
    public async Task FirstCall_ToolConfusion_IsItsToolAgainstTheWantedOne(string tool, int level, string found)
    {
        var report = Runs.Report(await Runs.ScoreAsync(new ScriptedModel().Says("both", (tool, new { level })), Runs.Line("a", "hvac", "both", Two)));

        Assert.Equal(found, Assert.Single(report.ToolConfusion["set_fan"]).Key);
        Assert.Single(report.ToolConfusion);
    }

    [Fact]
    public async Task NoCallAndNoGold_ToolConfusion_NoneAndNotCounted()
    {
        var report = Runs.Report(await Runs.ScoreAsync(
            new ScriptedModel().Says("both").Says("more"), Runs.Line("a", "hvac", "both", Two), Runs.Line("b", "hvac", "more")));

        Assert.Equal(1, Assert.Single(report.ToolConfusion["set_fan"]).Value);
        Assert.Equal("(none)", report.ToolConfusion["set_fan"].Keys.Single());
        Assert.Single(report.ToolConfusion);
    }

    [Fact]
    public async Task Tags_Report_GroupsTheirLinesAndThoseWithAnEarlierExchange()
    {
        const string Before = """, "before": {"utterance": "warm", "calls": [{"name": "set_temperature", "arguments": {"degrees": 22}}]}""";
        var report = Runs.Report(await Runs.ScoreAsync(
            new ScriptedModel().Says("one", ("set_fan", new { level = 2 })).Says("two").Says("three"),
            Runs.Line("1", "hvac", "one", """, "tags": ["multi", "correction"]""" + Before),
            Runs.Line("2", "hvac", "two", """, "tags": ["multi"]"""),
            Runs.Line("3", "hvac", "three")));

        Assert.Equal(["before", "correction", "multi"], report.Tags.Keys);
        Assert.Equal([1, 1, 2], report.Tags.Values.Select(figures => figures.Count));
        Assert.Equal([1.0, 1.0, 0.5], report.Tags.Values.Select(figures => figures.DomainAccuracy));
    }
}
