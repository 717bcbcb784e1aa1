using System.Globalization;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>Opening hours in local time. A span ends on its day; midnight is 24:00.</summary>
internal sealed class OpeningHours
{
    private const int DaysAhead = 8;

    private readonly IReadOnlyList<Span>[] _days;

    private OpeningHours(IReadOnlyList<Span>[] days) => _days = days;

    /// <exception cref="FormatException">A day or span cannot be read, spans overlap or are not in order: names it.</exception>
    public static OpeningHours Parse(IReadOnlyDictionary<string, IReadOnlyList<string>> source)
    {
        var days = new IReadOnlyList<Span>[7];
        Array.Fill(days, []);
        foreach (var (name, texts) in source)
        {
            var spans = texts.Select(Span.Parse).ToArray();
            for (var i = 1; i < spans.Length; i++)
            {
                if (spans[i].FromMinute < spans[i - 1].ToMinute)
                {
                    throw new FormatException($"{name}: '{texts[i]}' overlaps or stands before '{texts[i - 1]}'");
                }
            }

            days[(int)DayNamed(name)] = spans;
        }

        return new OpeningHours(days);
    }

    public bool IsOpenOn(DateOnly day) => _days[(int)day.DayOfWeek].Count > 0;

    /// <summary>True at opening and at closing time too: a dish can be handed out at the last minute.</summary>
    public bool IsOpenAt(DateTime local)
    {
        var minute = local.TimeOfDay.TotalMinutes;
        return _days[(int)local.DayOfWeek].Any(s => minute >= s.FromMinute && minute <= s.ToMinute);
    }

    /// <summary>The given time when open then, else the next opening; null when there is none within a week.</summary>
    public DateTime? OpenFrom(DateTime local)
    {
        for (var ahead = 0; ahead < DaysAhead; ahead++)
        {
            var day = local.Date.AddDays(ahead);
            foreach (var span in _days[(int)day.DayOfWeek])
            {
                var opens = day.AddMinutes(span.FromMinute);
                if (local < opens)
                {
                    return opens;
                }

                if (local < day.AddMinutes(span.ToMinute))
                {
                    return local;
                }
            }
        }

        return null;
    }

    /// <summary>Closing time of a day; null when closed all day.</summary>
    public DateTime? ClosesOn(DateOnly day) =>
        _days[(int)day.DayOfWeek] is { Count: > 0 } spans ? day.ToDateTime(TimeOnly.MinValue).AddMinutes(spans[^1].ToMinute) : null;

    private static DayOfWeek DayNamed(string name) => SimNames.TryParse<DayOfWeek>(name, out var day)
        ? day
        : throw new FormatException($"'{name}' is not a day; days are {SimNames.List<DayOfWeek>()}");

    private readonly record struct Span(int FromMinute, int ToMinute)
    {
        private const int MinutesPerDay = 24 * 60;

        public static Span Parse(string text)
        {
            var parts = text.Split('-');
            if (parts.Length == 2 && Minute(parts[0]) is { } from && Minute(parts[1]) is { } to && from < to)
            {
                return new Span(from, to);
            }

            throw new FormatException($"'{text}' is not a span HH:mm-HH:mm that ends after it begins");
        }

        private static int? Minute(string text) => text switch
        {
            "24:00" => MinutesPerDay,
            _ when TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) =>
                (time.Hour * 60) + time.Minute,
            _ => null,
        };
    }
}
