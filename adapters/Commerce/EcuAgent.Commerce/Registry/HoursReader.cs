using System.Globalization;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Registry;

/// <summary>Reads opening hours.</summary>
internal static class HoursReader
{
    private const int MostSpans = 32;
    private const string TimeForm = "HH':'mm";

    internal static OpeningHours? Read(JsonAt at)
    {
        if (at.Members(["zone", "spans"], []) is not { } members)
        {
            return null;
        }

        var zone = members.TryGetValue("zone", out var zoneAt) ? ReadZone(zoneAt) : null;
        var spans = members.TryGetValue("spans", out var spansAt) ? ReadSpans(spansAt) : null;
        return zone is null || spans is null ? null : new OpeningHours(zone, spans);
    }

    /// <summary>Reads a time zone.</summary>
    internal static TimeZoneInfo? ReadZone(JsonAt at)
    {
        const string Allowed = "a time zone of the IANA data base, such as Europe/Berlin";
        return at.Text(IsIanaZone, Allowed) is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : null;
    }

    // .NET also takes the names that Windows has for zones; a file that works on one system only is refused on all.
    private static bool IsIanaZone(string id) =>
        !TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var iana) || iana == id
            ? TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId
            : false;

    private static List<OpeningSpan>? ReadSpans(JsonAt at)
    {
        if (at.Items(1, MostSpans) is not { } items)
        {
            return null;
        }

        var spans = new List<OpeningSpan>();
        foreach (var item in items)
        {
            if (item.Members(["days", "from", "until"], []) is not { } members)
            {
                continue;
            }

            var from = members.TryGetValue("from", out var fromAt) ? ReadTime(fromAt) : null;
            var until = members.TryGetValue("until", out var untilAt) ? ReadTime(untilAt) : null;
            var days = members.TryGetValue("days", out var daysAt) ? daysAt.Items(1, RegistryWords.Days.Length) : null;
            foreach (var day in days ?? [])
            {
                if (day.Word("day", RegistryWords.Days) is { } known && from is { } begin && until is { } end)
                {
                    spans.Add(new OpeningSpan(known, begin, end));
                }
            }
        }

        return spans;
    }

    private static TimeOnly? ReadTime(JsonAt at) =>
        at.Text(text => TimeOnly.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "a time such as 09:30")
            is { } time
            ? TimeOnly.ParseExact(time, TimeForm, CultureInfo.InvariantCulture)
            : null;
}
