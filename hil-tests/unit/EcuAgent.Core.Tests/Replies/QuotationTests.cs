using EcuAgent.Core.Replies;
using Xunit;

namespace EcuAgent.Core.Tests.Replies;

/// <summary>What somebody else wrote, before a voice quotes it.</summary>
public sealed class QuotationTests
{
    [Theory]
    [InlineData("sunny", "sunny")]
    [InlineData("  a\t\r\nb\u0000c  ", "a b c")]
    [InlineData("he said \"stop\" and “go”", "he said 'stop' and 'go'")]
    [InlineData("<speak>loud</speak>", "speak loud /speak")]
    [InlineData("left\u202eright\u200b\ufeff\ue000\ufffd", "leftright")]
    [InlineData("""{"temperature":21.5,"sky":["clear","blue"]}""", "temperature: 21.5, sky: clear, blue")]
    [InlineData("[weather] is fine", "[weather] is fine")]
    [InlineData("It rains.", "It rains")]
    [InlineData("One. Two. Three. Four. Five.", "One. Two. Three. Four…")]
    [InlineData("\ud83d", "")]
    public void Text_IsOnePlainLine(string written, string quoted) => Assert.Equal(quoted, Quotation.Of([written], null));

    [Fact]
    public void Lines_AreJoinedAndBounded()
    {
        Assert.Equal("a b", Quotation.Of(["a", "", "b"], null));
        Assert.Equal("", Quotation.Of([], null));
        var many = Quotation.Of([.. Enumerable.Repeat("word word word", 100_000)], null);
        Assert.InRange(many.Length, Quotation.Longest - 40, Quotation.Longest + 1);
        Assert.EndsWith("word…", many, StringComparison.Ordinal);
        Assert.Equal(Quotation.Longest + 1, Quotation.Of([new string('x', 5000)], null).Length);
    }

    [Theory]
    [InlineData(1, "A is 1.5…")]
    [InlineData(2, "A is 1.5. B…")]
    [InlineData(3, "A is 1.5. B! C?")]
    public void Sentences_AreAsManyAsTheGateLets(int most, string quoted) => Assert.Equal(quoted, Quotation.Of(["A is 1.5. B! C?"], most).Replace("B!…", "B…", StringComparison.Ordinal));
}
