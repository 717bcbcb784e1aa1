using Xunit;

namespace EcuAgent.DemoRun.Tests;

public sealed class SummaryTests
{
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.95, 4)]
    [InlineData(1, 4)]
    public void Percentile_FourValues_NearestRank(double part, double expected) =>
        Assert.Equal(expected, Summary.Percentile([1, 2, 3, 4], part));

    [Fact]
    public void Percentile_NoValues_IsNull() => Assert.Null(Summary.Percentile([], 0.5));
}
