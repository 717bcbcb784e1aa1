using CsCheck;
using EcuAgent.Core.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

public sealed class OpeningTimesTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
    ];

    // Nights of summer time begin and end in these weeks, somewhere; the last is the day that Samoa left out.
    private static readonly DateTimeOffset[] Starts =
    [
        Shop.At("2026-03-06T00:00"), Shop.At("2026-03-27T00:00"), Shop.At("2026-04-03T13:37"), Shop.At("2026-10-02T01:00"),
        Shop.At("2026-10-23T00:00"), Shop.At("2026-11-13T11:11"), Shop.At("2011-12-28T00:00"),
    ];

    private static readonly Gen<OpeningSpan> Spans = Gen.Select(
        Gen.Enum<DayOfWeek>(), Gen.Int[0, 95], Gen.Int[0, 95], (day, from, until) => new OpeningSpan(day, Quarter(from), Quarter(until)));

    [Fact]
    public void Periods_AnyHoursAndWeek_AgreeWithTheWallClockAtEveryQuarterAndEdge()
    {
        var edges = 0;
        Gen.Select(Gen.OneOf(Zones), Spans.Array[0, 9], Gen.OneOf(Starts)).Sample(
            (zone, spans, start) =>
            {
                var hours = Shop.Hours(zone, spans);
                var end = start.AddDays(4);
                var periods = OpeningTimes.Periods(hours, start, end);
                for (var at = start; at < end; at = at.AddMinutes(15))
                {
                    Assert.Equal(hours.IsOpenAt(at), periods.Any(period => at >= period.From && at < period.Until));
                }

                foreach (var (from, until) in periods)
                {
                    Interlocked.Increment(ref edges);
                    Assert.True(from < until && from >= start && until <= end);
                    Assert.True(hours.IsOpenAt(from) && hours.IsOpenAt(until.AddTicks(-1)));
                    Assert.True(from == start || !hours.IsOpenAt(from.AddTicks(-1)));
                    Assert.True(until == end || !hours.IsOpenAt(until));
                }
            },
            iter: 2000);
        Assert.True(edges > 2000, $"only {edges} periods");
    }

    [Fact]
    public void Periods_OpenDayAndNight_IsOnePeriod()
    {
        var from = Shop.At("2026-10-24T12:00");

        var period = Assert.Single(OpeningTimes.Periods(Shop.Daily("Europe/Berlin", "00:00", "00:00"), from, from.AddDays(3)));

        Assert.Equal((from, from.AddDays(3)), (period.From, period.Until));
    }

    [Fact]
    public void Periods_NightOfTheChange_IsAnHourShorterOrLonger()
    {
        var hours = Shop.Daily("Europe/Berlin", "22:00", "06:00");

        Assert.Equal(TimeSpan.FromHours(7), Length(hours, "2026-03-28T12:00"));
        Assert.Equal(TimeSpan.FromHours(9), Length(hours, "2026-10-24T12:00"));
        Assert.Equal(TimeSpan.FromHours(8), Length(hours, "2026-10-26T12:00"));
    }

    [Fact]
    public void Periods_NothingToLookAt_None()
    {
        var at = Shop.At("2026-03-02T12:00");

        Assert.Empty(OpeningTimes.Periods(Shop.Daily("UTC", "00:00", "00:00"), at, at));
        Assert.Empty(OpeningTimes.Periods(Shop.Daily("UTC", "00:00", "00:00"), at, at.AddDays(-1)));
    }

    [Fact]
    public void Periods_EndOfTheCalendar_IsRefusedByName()
    {
        var hours = Shop.Daily("UTC", "00:00", "00:00");

        Assert.Throws<ArgumentOutOfRangeException>("from", () => OpeningTimes.Periods(hours, DateTimeOffset.MinValue, Shop.At("2026-03-02T12:00")));
        Assert.Throws<ArgumentOutOfRangeException>("until", () => OpeningTimes.Periods(hours, Shop.At("2026-03-02T12:00"), DateTimeOffset.MaxValue));
    }

    private static TimeSpan Length(OpeningHours hours, string from)
    {
        var period = OpeningTimes.Periods(hours, Shop.At(from), Shop.At(from).AddDays(1))[0];
        return period.Until - period.From;
    }

    private static TimeOnly Quarter(int quarters) => new(quarters / 4, quarters % 4 * 15);
}
