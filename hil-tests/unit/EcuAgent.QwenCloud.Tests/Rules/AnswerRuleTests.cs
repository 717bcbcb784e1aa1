using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.QwenCloud.Helping;
using static EcuAgent.QwenCloud.Tests.Rules.BeyondLocalRuleTests;

namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class AnswerRuleTests
{
    private static readonly CallValidation Fan = Of("set_fan", ("level", 3));

    [Fact]
    public void Judge_ValidAndDoesSomething_Answers() => Assert.Equal(AnswerVerdict.Answered, AnswerRule.Judge([Fan, Fan], 4));

    [Fact]
    public void Judge_AnythingElse_IsNoAnswerAsAWhole()
    {
        Assert.Equal(AnswerVerdict.AnswerWithoutCall, AnswerRule.Judge([], 4));
        Assert.Equal(AnswerVerdict.AnswerTooManyCalls, AnswerRule.Judge([Fan, Fan, Fan, Fan, Fan], 4));
        Assert.Equal(AnswerVerdict.AnswerInvalid, AnswerRule.Judge([Fan, Of("set_fan", ("level", 9))], 4));
        Assert.Equal(AnswerVerdict.AnswerInvalid, AnswerRule.Judge([Fan, Of("launch")], 4));
        Assert.Equal(AnswerVerdict.AnswerNoBetter, AnswerRule.Judge([Fan, Of("clarify", ("about", "hvac"))], 4));
        Assert.Equal(AnswerVerdict.AnswerNoBetter, AnswerRule.Judge([Of("refuse", ("reason", "unsafe"))], 4));
    }

    [Fact]
    public void MayPropose_WholeCatalogue_NothingThatBuysBooksPaysOrSetsUp() => Assert.All(
        ToolCatalogue.LoadEmbedded().Tools,
        tool => Assert.Equal(tool.ActionClass is not (ActionClass.Commit or ActionClass.Setup), AnswerRule.MayPropose(tool)));

    [Theory]
    [InlineData("order_food")]
    [InlineData("book_hotel")]
    [InlineData("book_table")]
    [InlineData("book_ticket")]
    [InlineData("pay")]
    [InlineData("setup_account")]
    public void Judge_CommitOrSetup_IsForbiddenValidOrNot(string tool) =>
        Assert.Equal(AnswerVerdict.AnswerForbidden, AnswerRule.Judge([Fan, Of(tool)], 4));
}
