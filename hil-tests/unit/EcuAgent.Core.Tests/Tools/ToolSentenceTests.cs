using EcuAgent.Core.Gate;
using EcuAgent.Core.Tools;
using Xunit;

namespace EcuAgent.Core.Tests.Tools;

/// <summary>Which utterance is which call: whole sentences only, slots within their limits, and nothing guessed.</summary>
public sealed class ToolSentenceTests
{
    private static readonly Dictionary<string, ToolSlot> Limits = new(StringComparer.Ordinal)
    {
        ["city"] = new ToolSlot(null, null, 12, null),
        ["days"] = new ToolSlot(1, 7, null, null),
        ["warmth"] = new ToolSlot(-20, 30.5, null, null),
        ["room"] = new ToolSlot(null, null, null, ["Living Room", "bath", "客厅"]),
        ["what"] = new ToolSlot(null, null, null, null),
        ["whom"] = new ToolSlot(null, null, null, null),
        ["sum"] = new ToolSlot(0.5, 50, null, null),
    };

    [Theory]
    [InlineData("what is the weather in {city}", "en", "What is the weather in Bad Tölz?", """{"city":"Bad Tölz"}""")]
    [InlineData("what is the weather in {city}", "en", "  what IS the   weather, in \"Berlin\" ...", """{"city":"Berlin"}""")]
    [InlineData("what is the weather in {city}", "en", "what is the weather in ", null)]
    [InlineData("what is the weather in {city}", "en", "so what is the weather in Berlin", null)]
    [InlineData("what is the weather in {city}", "en", "what is the weather inBerlin", null)]
    [InlineData("what is the weather in {city}", "en", "what is the weather in Berlin-Friedrichshain", null)]
    [InlineData("what's the weather", "en", "What’s the weather?", "{}")]
    [InlineData("what's the weather", "en", "What's the weather like", null)]
    [InlineData("the weather for {days} days", "en", "the weather for three days", """{"days":3}""")]
    [InlineData("the weather for {days} days", "en", "the weather for 7 days", """{"days":7}""")]
    [InlineData("the weather for {days} days", "en", "the weather for 8 days", null)]
    [InlineData("the weather for {days} days", "en", "the weather for some days", null)]
    [InlineData("the weather for {days} days", "en", "the weather for 3 or 4 days", null)]
    [InlineData("set the freezer to {warmth} degrees", "en", "set the freezer to minus 18.5 degrees", """{"warmth":-18.5}""")]
    [InlineData("set the freezer to {warmth} degrees", "en", "set the freezer to minus thirty degrees", null)]
    [InlineData("light in the {room}", "en", "light in the living room", """{"room":"Living Room"}""")]
    [InlineData("light in the {room}", "en", "light in the cellar", null)]
    [InlineData("打开{room}的灯", "zh", "打开 客厅 的灯。", """{"room":"客厅"}""")]
    [InlineData("{city} 未来{days}天天气", "zh", "Berlin未来三天天气", """{"city":"Berlin","days":3}""")]
    [InlineData("{city} 未来{days}天天气", "zh", "北京 未来 3 天天气", """{"city":"北京","days":3}""")]
    [InlineData("tell {whom} that {what}", "en", "tell Anna that I am late", """{"what":"I am late","whom":"Anna"}""")]
    [InlineData("tell {whom} that {what}", "en", "tell Anna that", null)]
    public void AnUtterance_IsACallOrIsNot(string phrasing, string language, string said, string? arguments)
    {
        var match = new ToolSentences([Tool("t", phrasing, language)]).Find(said, language);

        Assert.Equal(arguments, match.Sentence?.Arguments);
        Assert.False(match.IsAmbiguous);
    }

    [Fact]
    public void AnUtterance_ThatCanBeCutInTwoWays_IsAmbiguousAndOneThatOnlySeemsSoIsNot()
    {
        var tell = new ToolSentences([Tool("t", "tell {whom} that {what}")]);
        var light = new ToolSentences([Tool("t", "light in {room} in {city}")]);

        Assert.True(tell.Find("tell Anna that I know that you know", "en").IsAmbiguous);
        Assert.Equal("""{"city":"bath in Ulm","room":"bath"}""", light.Find("light in bath in bath in Ulm", "en").Sentence?.Arguments);
    }

    [Fact]
    public void TwoTools_ThatBothFit_AreAmbiguousAndTheirLimitsTellThemApart()
    {
        var sentences = new ToolSentences([Tool("a", "light in the {room}"), Tool("b", "light in the {city}")]);

        Assert.True(sentences.Find("light in the bath", "en").IsAmbiguous);
        Assert.Equal("b", sentences.Find("light in the cellar", "en").Sentence?.Tool.Name);
    }

    [Fact]
    public void OtherLanguages_AreLookedAtOnlyWhereNoneIsKnown()
    {
        var sentences = new ToolSentences([Tool("t", "Licht im {room}", "de")]);

        Assert.Null(sentences.Find("Licht im Bath", "en-GB").Sentence);
        Assert.NotNull(sentences.Find("licht im bath", "de-AT").Sentence);
        Assert.NotNull(sentences.Find("licht im bath", "").Sentence);
    }

    [Theory]
    [InlineData("transfer twelve euros", 1200L)]
    [InlineData("transfer 12.50 euros", 1250L)]
    [InlineData("transfer 12.505 euros", null)]
    [InlineData("transfer twelve fifty euros", null)]
    [InlineData("transfer 51 euros", null)]
    public void AnAmount_IsWhatWasSaidOrThereIsNoCall(string said, long? minorUnits)
    {
        var tool = Tool("t", "transfer {sum} euros") with { Amount = new ToolAmount { Argument = "sum", Currency = "EUR" } };

        Assert.Equal(minorUnits, new ToolSentences([tool]).Find(said, "en").Sentence?.Amount?.MinorUnits);
    }

    [Fact]
    public void FixedArguments_AreSentWithThoseThatAreSaid()
    {
        var tool = Tool("t", "light in the {room}") with { Fixed = new Dictionary<string, object> { ["on"] = true, ["level"] = 0.5m, ["tone"] = "warm" } };

        var sentence = new ToolSentences([tool]).Find("light in the bath", "en").Sentence;

        Assert.Equal("""{"level":0.5,"on":true,"room":"bath","tone":"warm"}""", sentence?.Arguments);
        Assert.Equal(["0.5", "true", "bath", "warm"], sentence!.Words.Select(word => word.Value));
    }

    [Fact]
    public void ManyWords_EndSoonAndCallNothing()
    {
        var sentences = new ToolSentences([Tool("t", "a {what} a {whom} a {city} then")]);

        var match = sentences.Find(string.Concat(Enumerable.Repeat("a ", 250)) + "then", "en");

        Assert.Null(match.Sentence);
    }

    private static SpokenTool Tool(string name, string phrasing, string language = "en") => new("s", "S", name, ActionClass.Inform)
    {
        Phrasings = [ToolPhrasing.Read(language, phrasing, Limits).Phrasing ?? throw new ArgumentException(ToolPhrasing.Read(language, phrasing, Limits).Fault)],
    };
}
