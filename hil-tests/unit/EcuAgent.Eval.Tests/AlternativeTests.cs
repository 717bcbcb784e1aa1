using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>Lines with more than one right answer.</summary>
public sealed class AlternativeTests
{
    private const string Stay = """
        , "calls": [{"name": "search_hotels", "arguments": {"near": "route"}}],
        "alternatives": [[{"name": "search_places", "arguments": {"category": "hotel", "near": "route"}}], [{"name": "search_hotels", "arguments": {}}, {"name": "cancel_navigation", "arguments": {}}]]
        """;

    [Fact]
    public async Task Alternative_Proposed_IsExactAndOfTheRightDomain()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("stay", ("search_places", new { category = "hotel", near = "route" })), Line);

        Assert.True(scores[0].IsExact);
        Assert.Equal("hotel", scores[0].FoundDomain);
        Assert.False(scores[0].IsWrong);
        Assert.Equal("search_places", Assert.Single(Runs.Report(scores).ToolConfusion).Key);
    }

    [Fact]
    public async Task NearAlternative_Proposed_IsMeasuredAgainstIt()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("stay", ("search_places", new { category = "hotel" })), Line);
        var report = Runs.Report(scores);

        Assert.False(scores[0].IsExact);
        Assert.True(scores[0].IsDomainRight);
        Assert.Equal((1, 1), (report.Overall.Slots.Right, report.Overall.Slots.Missing));
        Assert.Equal("search_places", report.Wrong[0].ExpectedCalls![0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task AlternativeWithMoreCalls_Proposed_IsNotTooMany()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("stay", ("search_hotels", new { }), ("cancel_navigation", null)), Line);

        Assert.True(scores[0].IsExact);
        Assert.Equal(0, Runs.Report(scores).Overall.TooManyCalls);
    }

    [Fact]
    public async Task NeitherAnswer_Proposed_IsWrong()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("stay", ("navigate_to_saved", new { place = "home" })), Line);

        Assert.False(scores[0].IsExact);
        Assert.Equal("navigation", scores[0].FoundDomain);
        Assert.True(scores[0].IsWrong);
    }

    private static string Line => Runs.Line("a", "hotel", "stay", Stay);
}
