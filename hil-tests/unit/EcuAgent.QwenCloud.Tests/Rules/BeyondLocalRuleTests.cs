using EcuAgent.Core.Catalogue;
using EcuAgent.QwenCloud.Helping;

namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class BeyondLocalRuleTests
{
    private static readonly CallValidator Validator = new(ToolCatalogue.LoadEmbedded());

    private static CallValidation Fan => Of("set_fan", ("level", 3));

    private static CallValidation Clarify => Of("clarify", ("about", "unclear"));

    private static CallValidation OutOfScope => Of("refuse", ("reason", "out_of_scope"));

    private static CallValidation Unsafe => Of("refuse", ("reason", "unsafe"));

    private static CallValidation Broken => Of("set_fan", ("level", 99));

    [Fact]
    public void Judge_TheLocalModelKnowsWhatToDo_IsNotBeyondIt()
    {
        Assert.Equal(BeyondLocal.No, BeyondLocalRule.Judge([Fan]));
        Assert.Equal(BeyondLocal.No, BeyondLocalRule.Judge([Fan, Broken]));
        Assert.Equal(BeyondLocal.No, BeyondLocalRule.Judge([Clarify, Fan]));
        Assert.Equal(BeyondLocal.No, BeyondLocalRule.Judge([Of("chat", ("topic", "joke"))]));
        Assert.Equal(BeyondLocal.No, BeyondLocalRule.Judge([Of("other_vehicle_function", ("function", "window"))]));
    }

    [Fact]
    public void Judge_UnsafeAnywhere_IsFinal()
    {
        Assert.Equal(BeyondLocal.Unsafe, BeyondLocalRule.Judge([Unsafe]));
        Assert.Equal(BeyondLocal.Unsafe, BeyondLocalRule.Judge([Clarify, Unsafe]));
        Assert.Equal(BeyondLocal.Unsafe, BeyondLocalRule.Judge([OutOfScope, Unsafe, Broken]));
    }

    [Fact]
    public void Judge_RefusalWhoseReasonIsUnreadable_CountsAsUnsafe() =>
        Assert.Equal(BeyondLocal.Unsafe, BeyondLocalRule.Judge([Of("refuse", ("reason", "UNSAFE"))]));

    [Fact]
    public void Judge_NothingUsable_IsBeyondItWithTheReason()
    {
        Assert.Equal(BeyondLocal.NoCall, BeyondLocalRule.Judge([]));
        Assert.Equal(BeyondLocal.Invalid, BeyondLocalRule.Judge([Broken]));
        Assert.Equal(BeyondLocal.Invalid, BeyondLocalRule.Judge([Of("launch", ("what", "rocket"))]));
        Assert.Equal(BeyondLocal.Clarify, BeyondLocalRule.Judge([Clarify]));
        Assert.Equal(BeyondLocal.Clarify, BeyondLocalRule.Judge([OutOfScope, Clarify, Broken]));
        Assert.Equal(BeyondLocal.OutOfScope, BeyondLocalRule.Judge([OutOfScope]));
    }

    internal static CallValidation Of(string name, params (string Name, object? Value)[] arguments) =>
        Validator.Validate(new ProposedCall(name, arguments.ToDictionary(a => a.Name, a => a.Value)), "");
}
