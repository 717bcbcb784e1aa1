using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>When proposed calls equal gold calls.</summary>
public sealed class ExactCallTests
{
    private const string Warm = """, "calls": [{"name": "set_temperature", "arguments": {"degrees": 22, "zone": "driver"}}]""";
    private const string Go = """, "calls": [{"name": "navigate_to", "arguments": {"destination": "Golden Dragon"}}]""";
    private const string Two = """, "calls": [{"name": "set_fan", "arguments": {"level": 2}}, {"name": "cancel_navigation", "arguments": {}}]""";

    public static TheoryData<object, bool> Temperatures => new()
    {
        { new { degrees = 22, zone = "driver" }, true },
        { new { degrees = 22.0, zone = "driver" }, true },
        { new { zone = "driver", degrees = 22m }, true },
        { new { degrees = 22.5, zone = "driver" }, false },
        { new { degrees = 22, zone = "passenger" }, false },
        { new { degrees = 22 }, false },
    };

    [Theory]
    [MemberData(nameof(Temperatures))]
    public async Task Numbers_Compared_AsNumbersAndWordsAsTheyAre(object arguments, bool isExact) =>
        Assert.Equal(isExact, await IsExactAsync("warm", Warm, ("set_temperature", arguments)));

    [Theory]
    [InlineData("Golden Dragon", true)]
    [InlineData(" the Golden Dragon ", true)]
    [InlineData("GOLDEN DRAGON", true)]
    [InlineData("Golden", false)]
    [InlineData("to the Golden Dragon", false)]
    public async Task CopiedText_Compared_TrimmedWithoutCaseAndArticle(string destination, bool isExact)
    {
        // Both spellings occur, so that a value is judged by the comparison and not by the copy rule.
        Assert.Equal(isExact, await IsExactAsync("to the Golden Dragon GOLDEN DRAGON", Go, ("navigate_to", new { destination })));
    }

    [Fact]
    public async Task OptionalArgument_Extra_IsNotExact() =>
        Assert.False(await IsExactAsync("fan", """, "calls": [{"name": "adjust_temperature", "arguments": {"direction": "warmer"}}]""", ("adjust_temperature", new { direction = "warmer", zone = "driver" })));

    [Fact]
    public async Task Calls_SameInOrder_AreExact() =>
        Assert.True(await IsExactAsync("both", Two, ("set_fan", new { level = 2 }), ("cancel_navigation", null)));

    [Fact]
    public async Task Calls_OtherOrder_AreNotExact() =>
        Assert.False(await IsExactAsync("both", Two, ("cancel_navigation", null), ("set_fan", new { level = 2 })));

    [Fact]
    public async Task Calls_OneMissing_AreNotExact() => Assert.False(await IsExactAsync("both", Two, ("set_fan", new { level = 2 })));

    [Fact]
    public async Task Calls_OneMore_AreNotExact() =>
        Assert.False(await IsExactAsync("both", Two, ("set_fan", new { level = 2 }), ("cancel_navigation", null), ("set_fan", new { level = 3 })));

    [Fact]
    public async Task Calls_RepeatedByTheModel_CountOnceAsTheAgentTakesThem() =>
        Assert.True(await IsExactAsync("both", Two, ("set_fan", new { level = 2 }), ("cancel_navigation", null), ("cancel_navigation", null)));

    [Fact]
    public async Task Calls_None_AreNotExact() => Assert.False(await IsExactAsync("both", Two));

    [Fact]
    public async Task Calls_MoreThanTheAgentTakes_AreNotExactAndCounted()
    {
        var fans = string.Join(", ", Enumerable.Range(1, 4).Select(level => $$$"""{"name": "set_fan", "arguments": {"level": {{{level}}}}}"""));
        var scores = await Runs.ScoreAsync(
            new ScriptedModel().Says("fan", [.. Enumerable.Range(1, 5).Select(level => ("set_fan", (object?)new { level }))]),
            Runs.Line("a", "hvac", "fan", $$""", "calls": [{{fans}}]"""));

        Assert.False(scores[0].IsExact);
        Assert.Equal(1, Runs.Report(scores).Overall.DroppedCalls);
    }

    [Fact]
    public async Task Gold_Missing_IsNotJudged()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("fan", ("set_fan", new { level = 2 })), Runs.Line("a", "hvac", "fan"));

        Assert.Null(scores[0].IsExact);
        Assert.False(scores[0].IsWrong);
        Assert.Null(Runs.Report(scores).Overall.ExactCall);
        Assert.Equal(0, Runs.Report(scores).Overall.ExactCallCount);
    }

    private static async Task<bool?> IsExactAsync(string utterance, string gold, params (string Name, object? Arguments)[] calls) =>
        (await Runs.ScoreAsync(new ScriptedModel().Says(utterance, calls), Runs.Line("a", "hvac", utterance, gold)))[0].IsExact;
}
