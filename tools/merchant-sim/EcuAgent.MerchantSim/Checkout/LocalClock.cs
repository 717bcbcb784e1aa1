namespace EcuAgent.MerchantSim.Checkout;

/// <summary>A merchant's wall clock.</summary>
internal sealed class LocalClock(string timeZone)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    public DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone).DateTime;

    public DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(Local(time));

    /// <summary>The instant of a local time; one that the spring change skips counts with the offset before it.</summary>
    public DateTimeOffset Instant(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(plain, _zone.IsInvalidTime(plain) ? _zone.GetUtcOffset(plain.AddHours(-1)) : _zone.GetUtcOffset(plain));
    }

    public DateTimeOffset Instant(DateOnly day, TimeOnly time) => Instant(day.ToDateTime(time));
}
