using EcuAgent.Core.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>Opening hours at the edges: midnight, 24 hours, summer time, zones. Days are written as dates: 2026-03-02 is a Monday.</summary>
public sealed class OpeningHoursTests
{
    private const string Berlin = "Europe/Berlin";

    [Theory]
    [InlineData("11:00", "22:00", "2026-03-02T10:59:59.999", false)]
    [InlineData("11:00", "22:00", "2026-03-02T11:00", true)]
    [InlineData("11:00", "22:00", "2026-03-02T21:59:59.999", true)]
    [InlineData("11:00", "22:00", "2026-03-02T22:00", false)]
    [InlineData("11:00", "22:00", "2026-03-03T12:00", false)]
    [InlineData("18:00", "02:00", "2026-03-02T01:00", false)]
    [InlineData("18:00", "02:00", "2026-03-02T23:59:59.999", true)]
    [InlineData("18:00", "02:00", "2026-03-03T00:00", true)]
    [InlineData("18:00", "02:00", "2026-03-03T01:59:59.999", true)]
    [InlineData("18:00", "02:00", "2026-03-03T02:00", false)]
    [InlineData("18:00", "02:00", "2026-03-03T18:00", false)]
    [InlineData("18:00", "00:00", "2026-03-02T23:59:59.999", true)]
    [InlineData("18:00", "00:00", "2026-03-03T00:00", false)]
    [InlineData("00:00", "00:00", "2026-03-01T23:59:59.999", false)]
    [InlineData("00:00", "00:00", "2026-03-02T00:00", true)]
    [InlineData("00:00", "00:00", "2026-03-02T23:59:59.999", true)]
    [InlineData("00:00", "00:00", "2026-03-03T00:00", false)]
    [InlineData("06:00", "06:00", "2026-03-02T05:59", false)]
    [InlineData("06:00", "06:00", "2026-03-03T05:59:59.999", true)]
    [InlineData("06:00", "06:00", "2026-03-03T06:00", false)]
    public void IsOpenAt_OneSpanOnMonday_IncludesItsBeginAndNotItsEnd(string from, string until, string local, bool isOpen)
    {
        var hours = Shop.Hours(Berlin, Shop.Span(DayOfWeek.Monday, from, until));

        Assert.Equal(isOpen, hours.IsOpenAt(Shop.At(local, 1)));
    }

    [Fact]
    public void IsOpenAt_SaturdayIntoSunday_WrapsTheWeek()
    {
        var hours = Shop.Hours(Berlin, Shop.Span(DayOfWeek.Saturday, "22:00", "04:00"));

        Assert.True(hours.IsOpenAt(Shop.At("2026-03-08T03:59", 1)));
        Assert.False(hours.IsOpenAt(Shop.At("2026-03-08T04:00", 1)));
        Assert.False(hours.IsOpenAt(Shop.At("2026-03-09T03:00", 1)));
    }

    [Fact]
    public void IsOpenAt_InstantOfAnotherZone_IsTakenAtTheMerchantsClock()
    {
        var hours = Shop.Hours("Asia/Shanghai", Shop.Span(DayOfWeek.Tuesday, "08:00", "20:00"));

        // Monday evening in New York is Tuesday morning in Shanghai.
        Assert.True(hours.IsOpenAt(Shop.At("2026-03-02T19:00", -5)));
        Assert.False(hours.IsOpenAt(Shop.At("2026-03-02T18:59", -5)));
    }

    [Fact]
    public void IsOpenAt_NightThatSkipsAnHour_TheSkippedHourIsNoOpeningTime()
    {
        // 2026-03-29: 02:00 becomes 03:00 in Berlin.
        var hours = Shop.Hours(Berlin, Shop.Span(DayOfWeek.Sunday, "02:15", "03:30"));

        Assert.False(hours.IsOpenAt(Shop.At("2026-03-29T01:59:59", 1)));
        Assert.True(hours.IsOpenAt(Shop.At("2026-03-29T03:00", 2)));
        Assert.False(hours.IsOpenAt(Shop.At("2026-03-29T03:30", 2)));
    }

    [Fact]
    public void IsOpenAt_NightThatRepeatsAnHour_BothCount()
    {
        // 2026-10-25: 03:00 becomes 02:00 in Berlin.
        var hours = Shop.Hours(Berlin, Shop.Span(DayOfWeek.Saturday, "20:00", "02:30"));

        Assert.True(hours.IsOpenAt(Shop.At("2026-10-25T02:15", 2)));
        Assert.False(hours.IsOpenAt(Shop.At("2026-10-25T02:45", 2)));
        Assert.True(hours.IsOpenAt(Shop.At("2026-10-25T02:15", 1)));
        Assert.False(hours.IsOpenAt(Shop.At("2026-10-25T02:30", 1)));
    }

    [Fact]
    public void IsOpenAt_NoSpans_NeverOpen() => Assert.False(Shop.Hours(Berlin).IsOpenAt(Shop.At("2026-03-02T12:00", 1)));
}
