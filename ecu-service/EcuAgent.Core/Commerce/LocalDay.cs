namespace EcuAgent.Core.Commerce;

/// <summary>The day that an instant falls on somewhere. Pure.</summary>
internal static class LocalDay
{
    /// <summary>The day of <paramref name="instant"/> in <paramref name="zone"/>.</summary>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
