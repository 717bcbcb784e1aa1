using EcuAgent.QwenCloud.Helping;

namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class ConsentJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly QwenCloudOptions Options = new() { Endpoint = new Uri("https://a.example/compatible-mode/v1") };

    private static readonly StandingConsent Yes = new() { Given = true, Endpoint = "https://a.example", FieldsVersion = SentFields.Version, Time = Now };

    [Fact]
    public void Refusal_YesToTheseTerms_None() => Assert.Null(RefusalOf(Yes));

    [Fact]
    public void Refusal_OtherwiseEachHasItsReason()
    {
        Assert.Equal(HelpRefusal.ConsentMissing, RefusalOf(null));
        Assert.Equal(HelpRefusal.ConsentRevoked, RefusalOf(Yes with { Given = false }));
        Assert.Equal(HelpRefusal.ConsentForOtherTerms, RefusalOf(Yes with { Endpoint = "https://b.example" }));
        Assert.Equal(HelpRefusal.ConsentForOtherTerms, RefusalOf(Yes with { FieldsVersion = SentFields.Version + 1 }));
        Assert.Equal(HelpRefusal.ConsentMissing, RefusalOf(Yes with { Time = Now + TimeSpan.FromDays(2) }));
    }

    [Fact]
    public void Refusal_Age_BothSidesOfTheBound()
    {
        Assert.Null(RefusalOf(Yes with { Time = Now - Options.ConsentHolds }));
        Assert.Equal(HelpRefusal.ConsentExpired, RefusalOf(Yes with { Time = Now - Options.ConsentHolds - TimeSpan.FromTicks(1) }));
    }

    [Fact]
    public void Refusal_GivenDuringThePresentDrive_CountsFromTheNextStandstill()
    {
        Assert.Equal(HelpRefusal.ConsentGivenWhileMoving, RefusalOf(Yes, movingSince: Now - TimeSpan.FromTicks(1)));
        Assert.Null(RefusalOf(Yes, movingSince: Now));
        Assert.Equal(HelpRefusal.ConsentRevoked, RefusalOf(Yes with { Given = false }, movingSince: Now - TimeSpan.FromMinutes(1)));
    }

    private static HelpRefusal? RefusalOf(StandingConsent? consent, DateTimeOffset? movingSince = null) =>
        ConsentJudge.Refusal(ConsentJudge.Judge(consent, Options, Now, movingSince));
}
