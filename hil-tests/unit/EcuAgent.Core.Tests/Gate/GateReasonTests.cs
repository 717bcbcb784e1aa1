using EcuAgent.Core.Gate;
using Xunit;

namespace EcuAgent.Core.Tests.Gate;

public class GateReasonTests
{
    [Fact]
    public void Code_OfEveryReason_IsOwnAndFitsTheWire()
    {
        string[] codes = [.. GateReasons.All.Select(reason => reason.Code())];

        Assert.Equal(Enum.GetValues<GateReason>().Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z]+(_[a-z]+)*$", code));
        Assert.All(codes, code => Assert.InRange(code.Length, 1, 48));
    }

    [Theory]
    [InlineData(GateReason.Undecided, "undecided")]
    [InlineData(GateReason.VoiceOnly, "voice_only")]
    [InlineData(GateReason.AmountOverOrderCap, "amount_over_order_cap")]
    [InlineData((GateReason)999, "undecided")]
    public void Code_IsStable(GateReason reason, string expected) => Assert.Equal(expected, reason.Code());

    [Fact]
    public void Readme_NamesEveryCode()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "gate-readme.md"));

        Assert.All(GateReasons.All, reason => Assert.Contains($"`{reason.Code()}`", readme, StringComparison.Ordinal));
    }
}
