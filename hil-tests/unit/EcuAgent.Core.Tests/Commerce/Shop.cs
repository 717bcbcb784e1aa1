using System.Globalization;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>Short forms of hours and instants.</summary>
internal static class Shop
{
    public static OpeningHours Hours(string zone, params OpeningSpan[] spans) => new(TimeZoneInfo.FindSystemTimeZoneById(zone), spans);

    public static OpeningHours Daily(string zone, string from, string until) =>
        Hours(zone, [.. Enum.GetValues<DayOfWeek>().Select(day => Span(day, from, until))]);

    public static OpeningSpan Span(DayOfWeek day, string from, string until) =>
        new(day, TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(until, CultureInfo.InvariantCulture));

    public static DateTimeOffset At(string local, double offsetHours = 0) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(offsetHours));
}
