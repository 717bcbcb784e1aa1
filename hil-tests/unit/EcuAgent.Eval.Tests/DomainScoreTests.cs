using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>Which domain an answer counts as.</summary>
public sealed class DomainScoreTests
{
    [Theory]
    [InlineData("hvac", "set_fan", "hvac", true)]
    [InlineData("poi", "set_fan", "hvac", false)]
    [InlineData("chitchat", "set_fan", "hvac", false)]
    public async Task FirstCall_Domain_IsItsToolsInTheCatalogue(string wanted, string tool, string found, bool isRight)
    {
        var scores = await Runs.ScoreAsync(
            new ScriptedModel().Says("blow", (tool, new { level = 3 }), ("cancel_navigation", null)),
            Runs.Line("a", wanted, "blow"));

        Assert.Equal(found, scores[0].FoundDomain);
        Assert.Equal(isRight, scores[0].IsDomainRight);
        Assert.Equal(!isRight, scores[0].IsWrong);
    }

    [Theory]
    [InlineData("hvac", "hvac", "hvac")]
    [InlineData("navigation", "hvac", "hvac")]
    [InlineData("hvac", "unclear", "chitchat")]
    [InlineData("other_vehicle", "payment", "payment")]
    [InlineData("chitchat", "hvac", "chitchat")]
    [InlineData("out_of_scope", "hvac", "chitchat")]
    [InlineData("out_of_scope", "unclear", "chitchat")]
    public async Task Clarify_Domain_IsWhatItAsksAboutOnLinesOfARealDomain(string wanted, string about, string found)
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("hm", ("clarify", new { about })), Runs.Line("a", wanted, "hm"));

        Assert.Equal(found, scores[0].FoundDomain);
        Assert.Equal(found == wanted, scores[0].IsDomainRight);
    }

    [Fact]
    public async Task NoCall_Domain_CountsAsWrong()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("hm"), Runs.Line("a", "chitchat", "hm"));

        Assert.Equal("(none)", scores[0].FoundDomain);
        Assert.False(scores[0].IsDomainRight);
    }

    [Theory]
    [InlineData("set_fan", 99)]
    [InlineData("fly", 3)]
    public async Task InvalidCall_Domain_CountsAsWrongAndIsCounted(string tool, int level)
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("blow", (tool, new { level })), Runs.Line("a", "hvac", "blow"));

        Assert.Equal("(invalid)", scores[0].FoundDomain);
        Assert.False(scores[0].IsDomainRight);
        Assert.Equal(1, scores[0].InvalidCalls);
    }

    [Fact]
    public async Task InvalidSecondCall_Item_RightDomainButWrongItem()
    {
        var scores = await Runs.ScoreAsync(
            new ScriptedModel().Says("blow", ("set_fan", new { level = 3 }), ("set_fan", new { level = 99 })), Runs.Line("a", "hvac", "blow"));

        Assert.True(scores[0].IsDomainRight);
        Assert.Equal(1, scores[0].InvalidCalls);
        Assert.True(scores[0].IsWrong);
    }
}
