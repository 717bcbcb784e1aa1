using System.Text;
using EcuAgent.Core.Replies;
using Xunit;

namespace EcuAgent.Core.Tests.Replies;

public sealed class ReplyComposerTests
{
    private static readonly Phrases En = Phrases.For("en", "");

    [Theory]
    [InlineData(null, "A. B. C. Q?")]
    [InlineData(4, "A. B. C. Q?")]
    [InlineData(2, "A; b; c. Q?")]
    [InlineData(1, "A; b; c; q?")]
    public void Composer_SentenceLimit_JoinsInsteadOfDropping(int? most, string expected) =>
        Assert.Equal(expected, ReplyComposer.Compose(En, ["a", "b", "c"], "q", most));

    [Fact]
    public void Composer_Chinese_UsesItsOwnPunctuation() =>
        Assert.Equal("甲；乙。丙？", ReplyComposer.Compose(Phrases.For("zh-CN", ""), ["甲", "乙"], "丙", 2));

    [Fact]
    public void Composer_VeryLong_IsCutAtACharacterOfTheWireLimit()
    {
        var text = ReplyComposer.Compose(En, [new string('好', 2000)], null, null);

        Assert.InRange(Encoding.UTF8.GetByteCount(text), ReplyComposer.MaxBytes - 3, ReplyComposer.MaxBytes);
    }

    [Fact]
    public void Composer_VeryLongBeforeAQuestion_TheQuestionIsWhole()
    {
        var text = ReplyComposer.Compose(En, [new string('好', 2000)], "shall I go on", 2);

        Assert.EndsWith("好 Shall I go on?", text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), ReplyComposer.MaxBytes - 3, ReplyComposer.MaxBytes);
    }

    [Theory]
    [InlineData("", "去公司", "zh")]
    [InlineData("", "go to work", "en")]
    [InlineData("zh-Hans", "go", "zh")]
    [InlineData("fr", "去", "en")]
    public void Phrases_Language_FollowsTheTagThenTheText(string tag, string text, string expected) =>
        Assert.Equal(expected, Phrases.For(tag, text).Language);

    [Theory]
    [InlineData(350, 0, 0)]
    [InlineData(45, 0, 1)]
    [InlineData(225, 270, 7)]
    [InlineData(10, 190, 4)]
    [InlineData(-90, 0, 6)]
    public void Spoken_Sector_IsRelativeToTheReference(double bearing, double reference, int expected) =>
        Assert.Equal(expected, Spoken.Sector(bearing, reference));

    [Theory]
    [InlineData(10, 50, false)]
    [InlineData(920, 900, false)]
    [InlineData(1234, 1.2, true)]
    [InlineData(12_400, 12, true)]
    public void Spoken_Distance_IsRounded(double metres, double value, bool kilometres) =>
        Assert.Equal((value, kilometres), Spoken.Distance(metres));
}
