using EcuAgent.MerchantSim.Checkout;

namespace EcuAgent.MerchantSim.Tests.Trades;

public sealed class LocalClockTests
{
    private readonly LocalClock _clock = new("Europe/Berlin");

    [Theory]
    [InlineData("2026-03-28T02:30:00", "2026-03-28T01:30:00Z")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00Z")]
    [InlineData("2026-03-29T03:30:00", "2026-03-29T01:30:00Z")]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T01:30:00Z")]
    public void Instant_OfALocalTime_AlsoWhereTheClockChanges(string local, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant), _clock.Instant(DateTime.Parse(local)));

    [Fact]
    public void Day_IsTheMerchantsNotUtc() =>
        Assert.Equal(new DateOnly(2026, 3, 7), _clock.Day(new DateTimeOffset(2026, 3, 6, 23, 0, 0, TimeSpan.Zero)));
}
