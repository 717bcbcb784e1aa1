using System.Reflection;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Commerce.Ranking;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

public sealed class WhyCodesTests
{
    [Theory]
    [InlineData(typeof(WhyCodes))]
    [InlineData(typeof(LeftOutReasons))]
    [InlineData(typeof(ErrandReasons))]
    public void Codes_OfEachList_AreTheirOwnAndFitTheWire(Type list)
    {
        var codes = list.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(codes);
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z]+(_[a-z]+)*_?$", code));
        Assert.All(codes, code => Assert.InRange(code.Length, 1, 48));
    }

    [Theory]
    [InlineData("distance_m", "1200", "distance_m=1200")]
    [InlineData("used_before", "", "used_before")]
    public void ToString_Reason_IsTheFormOfTheJournal(string code, string value, string text) => Assert.Equal(text, new WhyReason(code, value, 7).ToString());
}
