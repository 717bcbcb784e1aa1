using System.Globalization;
using System.Text.RegularExpressions;

namespace EcuAgent.Core.Catalogue;

/// <summary>
/// Which day an utterance names, in English and Chinese. What is booked for a wrong day is paid for nothing, so only what reads in one way counts
/// ("tomorrow", "on the fifth of December", 下周五); what can be read in two ways ("next Friday", "the weekend", on a Friday "Friday") is unclear, and
/// the person is asked. Times of the day say nothing here. Pure.
/// </summary>
internal static partial class SpokenDays
{
    private const int DaysOfWeek = 7;
    private const int LongestStay = 30;

    private const string Months = "january|february|march|april|may|june|july|august|september|october|november|december";
    private const string Weekdays = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private const string Ordinals =
        "twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[ -]first|twentieth|thirtieth|first|second|third|fourth|fifth|sixth"
        + "|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|[0-9]{1,2}(?:st|nd|rd|th)";

    private const string SmallNumbers = "[0-9]{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten";
    private const string ChineseWeekdayNames = "一二三四五六日";
    private const string ChineseDigits = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}";

    private static readonly string[] MonthNames = Months.Split('|');
    private static readonly string[] WeekdayNames = ["sunday", .. Weekdays.Split('|')[..^1]];
    private static readonly string[] OrdinalNames =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
        "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    private static readonly string[] NumberNames = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    // In this order: what one pattern has read no other reads again, and names are hidden from the last ones only.
    private static readonly Pattern[] Patterns =
    [
        new(EnglishRelative, (match, today) => today.AddDays(match.Value.Contains("after ", StringComparison.Ordinal) ? 2 : match.Value == "tomorrow" ? 1 : 0)),
        new(EnglishAhead, (match, today) => today.AddDays(Small(match.Groups["n"].Value) * (match.Groups["unit"].Value.StartsWith('w') ? DaysOfWeek : 1))),
        new(IsoDate, (match, _) => Date(Int(match, "y"), Int(match, "m"), Int(match, "d"))),
        new(EnglishDate, (match, today) =>
            OnWeekday(match.Groups["w"], Date(match.Groups["y"], Array.IndexOf(MonthNames, match.Groups["m"].Value) + 1, Ordinal(match.Groups["d"].Value), today))),
        new(SlashDate, (_, _) => null),
        new(EnglishOrdinal, (match, today) => OnWeekday(match.Groups["w"], InMonth(Ordinal(match.Groups["d"].Value), today))),
        new(ChineseRelative, (match, today) => today.AddDays(match.Value[0] switch { '大' => 3, '后' => 2, '明' => 1, _ => 0 })),
        new(ChineseAhead, (match, today) => Chinese(match.Groups["n"].Value) is { } count
            ? today.AddDays(count * (match.Groups["unit"].Value is "天" or "日" ? 1 : DaysOfWeek))
            : null),
        new(ChineseDate, (match, today) => Chinese(match.Groups["m"].Value) is { } month && Chinese(match.Groups["d"].Value) is { } day
            ? OnWeekday(match.Groups["w"], Date(match.Groups["y"], month, day, today))
            : null),
        new(ChineseDayOfMonth, (match, today) => Chinese(match.Groups["d"].Value) is { } day ? InMonth(day, today) : null),
        new(EnglishWeekday, (match, today) => match.Groups["next"].Success ? null : Coming(WeekdayOf(match.Groups["day"].Value), today)) { MayBeName = true, IsWeekday = true },
        new(EnglishSpan, (_, _) => null) { MayBeName = true },
        new(ChineseWeekday, (match, today) => ChineseWeek(match.Groups["which"].Value, match.Groups["day"].Value, today)) { MayBeName = true, IsWeekday = true },
        new(ChineseSpan, (_, _) => null) { MayBeName = true },
    ];

    /// <summary>Reads the day.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="today">The day on which it was said.</param>
    /// <param name="names">Names that were understood in it: a weekday or a weekend in one of them is no day ("Ruby Tuesday").</param>
    public static SpokenDay Read(string text, DateOnly today, IEnumerable<string> names)
    {
        text = text.ToLowerInvariant();
        var said = text;
        var nameless = names.Select(name => name.ToLowerInvariant()).Where(IsMoreThanDay).Aggregate(
            text, (rest, name) => rest.Replace(name, new string(' ', name.Length), StringComparison.Ordinal));
        var mentions = new List<Mention>();
        foreach (var pattern in Patterns)
        {
            said = pattern.Regex().Replace(pattern.MayBeName ? Masked(said, nameless) : said, match =>
            {
                mentions.Add(new Mention(match.Index, match.Length, pattern.Day(match, today), pattern.IsWeekday));
                return new string(' ', match.Length);
            });
        }

        return Of([.. mentions.OrderBy(mention => mention.At)], text);
    }

    private static SpokenDay Of(IReadOnlyList<Mention> mentions, string text)
    {
        switch (mentions)
        {
            case []:
                return SpokenDay.None;
            case [{ Day: { } from } first, { Day: { } until } last] when from != until && Span().IsMatch(text[(first.At + first.Length)..last.At]):
                // The Sunday after that Friday, also when a Sunday comes before.
                until = last.IsWeekday && until < from ? until.AddDays(DaysOfWeek) : until;
                return until.DayNumber - from.DayNumber is > 0 and <= LongestStay and var nights ? new SpokenDay(from, nights, false) : SpokenDay.Unclear;
            default:
                var days = mentions.Select(mention => mention.Day).Distinct().ToList();
                return days is [{ } day] ? new SpokenDay(day, null, false) : SpokenDay.Unclear;
        }
    }

    // What was taken for a name and is a weekday alone is none.
    private static bool IsMoreThanDay(string name) => ChineseWeekday().Replace(EnglishWeekday().Replace(name, ""), "").Any(char.IsLetterOrDigit);

    // A name is hidden from the patterns that could take a part of it for a day, unless it was read already.
    private static string Masked(string said, string nameless) =>
        string.Create(said.Length, (said, nameless), static (span, both) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = both.nameless[i] == ' ' ? ' ' : both.said[i];
            }
        });

    // "Friday the sixth" where the sixth is no Friday is no day.
    private static DateOnly? OnWeekday(Group weekday, DateOnly? date) => !weekday.Success || date?.DayOfWeek == WeekdayOf(weekday.Value) ? date : null;

    private static DayOfWeek WeekdayOf(string name) =>
        (DayOfWeek)(ChineseWeekdayNames.IndexOf(name, StringComparison.Ordinal) is >= 0 and var index ? (index + 1) % DaysOfWeek : name == "天" ? 0 : Array.IndexOf(WeekdayNames, name));

    private static DateOnly? Coming(DayOfWeek day, DateOnly today)
    {
        var ahead = ((int)day - (int)today.DayOfWeek + DaysOfWeek) % DaysOfWeek;
        return ahead == 0 ? null : today.AddDays(ahead);
    }

    // A week begins on Monday. Without a word for the week it is the next such day.
    private static DateOnly? ChineseWeek(string which, string name, DateOnly today)
    {
        var day = FromMonday(WeekdayOf(name));
        var present = FromMonday(today.DayOfWeek);
        return which switch
        {
            "" => day == present ? null : today.AddDays((day - present + DaysOfWeek) % DaysOfWeek),
            "下" or "下个" => today.AddDays(day - present + DaysOfWeek),
            _ when which.StartsWith("下下", StringComparison.Ordinal) => today.AddDays(day - present + (2 * DaysOfWeek)),
            _ => day < present ? null : today.AddDays(day - present),
        };
    }

    private static int FromMonday(DayOfWeek day) => ((int)day + DaysOfWeek - 1) % DaysOfWeek;

    private static DateOnly? Date(Group year, int month, int day, DateOnly today)
    {
        if (year.Success)
        {
            return Date(int.Parse(year.Value, CultureInfo.InvariantCulture), month, day);
        }

        return Date(today.Year, month, day) is { } date && date < today ? Date(today.Year + 1, month, day) : Date(today.Year, month, day);
    }

    private static DateOnly? Date(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    // The next such day of a month; null where the month that it falls into has none.
    private static DateOnly? InMonth(int day, DateOnly today)
    {
        var month = day >= today.Day ? today : today.AddMonths(1);
        return Date(month.Year, month.Month, day);
    }

    private static int Ordinal(string word)
    {
        if (char.IsAsciiDigit(word[0]))
        {
            return int.Parse(word.AsSpan().TrimEnd("stndrh"), CultureInfo.InvariantCulture);
        }

        var parts = word.Split(' ', '-');
        return parts.Length == 2
            ? (parts[0] == "twenty" ? 20 : 30) + Array.IndexOf(OrdinalNames, parts[1]) + 1
            : word == "thirtieth" ? 30 : Array.IndexOf(OrdinalNames, word) + 1;
    }

    private static int Small(string word) => char.IsAsciiDigit(word[0])
        ? int.Parse(word, CultureInfo.InvariantCulture)
        : Math.Max(Array.IndexOf(NumberNames, word), 0) + 1;

    private static int? Chinese(string run) => char.IsAsciiDigit(run[0]) ? int.Parse(run, CultureInfo.InvariantCulture) : (int?)ChineseNumber.Read(run);

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?:the )?day after tomorrow\b|\btomorrow\b|\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b")]
    private static partial Regex EnglishRelative();

    [GeneratedRegex($@"\bin (?<n>{SmallNumbers}) (?<unit>days?|weeks?)\b(?:['’]? time\b)?|\b(?<n>{SmallNumbers}) (?<unit>days?|weeks?) from (?:now|(?=\s))")]
    private static partial Regex EnglishAhead();

    [GeneratedRegex(@"\b(?<y>20[0-9]{2})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})\b")]
    private static partial Regex IsoDate();

    [GeneratedRegex($@"\b(?:(?<w>{Weekdays}),? )?(?:the )?(?<d>{Ordinals}|[0-9]{{1,2}})(?: of)? (?<m>{Months})\b(?:,? (?<y>20[0-9]{{2}})\b)?|\b(?:(?<w>{Weekdays}),? )?(?<m>{Months}) (?:the )?(?<d>{Ordinals}|[0-9]{{1,2}})\b(?:,? (?<y>20[0-9]{{2}})\b)?")]
    private static partial Regex EnglishDate();

    [GeneratedRegex(@"\b[0-9]{1,2}/[0-9]{1,2}(?:/(?:20)?[0-9]{2})?\b")]
    private static partial Regex SlashDate();

    // "The first restaurant" and "the fifth floor" are no days.
    [GeneratedRegex($@"\b(?:on|for|from|until|till|to) (?:(?<w>{Weekdays}),? )?the (?<d>{Ordinals})\b(?=\s*(?:$|[,.;?!]|and\b|at\b|in\b|for\b|please\b|until\b|till\b|to\b|this\b|of (?:this|the) month\b))")]
    private static partial Regex EnglishOrdinal();

    [GeneratedRegex($@"\b(?<next>next )?(?:this |coming |this coming )?(?<day>{Weekdays})\b")]
    private static partial Regex EnglishWeekday();

    [GeneratedRegex(@"\b(?:next|this|coming) (?:week|weekend|month|year)\b|\b(?:at|on|over|for) the weekend\b|\b(?:weeks?|fortnight) from\b")]
    private static partial Regex EnglishSpan();

    [GeneratedRegex("大后天|后[天日]|明[天日晚早晨儿]|今[天日晚早夜儿]")]
    private static partial Regex ChineseRelative();

    [GeneratedRegex($"(?<n>{ChineseDigits})个?(?<unit>天|日|周|星期|礼拜)(?:之|以)?后|过(?<n>{ChineseDigits})个?(?<unit>天|周|星期|礼拜)")]
    private static partial Regex ChineseAhead();

    [GeneratedRegex($"(?:(?<y>20[0-9]{{2}})年)?(?<m>{ChineseDigits})月(?<d>{ChineseDigits})[号日]?(?:[，, ]?(?:周|星期|礼拜)(?<w>[一二三四五六日天]))?")]
    private static partial Regex ChineseDate();

    // 5号线, 三号门 and 1号店 are no days.
    [GeneratedRegex($"(?<d>{ChineseDigits})号(?=$|[，。,.？?！! ]|的|晚|早|上午|下午|中午|入住|去|到|至|住|订|那天)")]
    private static partial Regex ChineseDayOfMonth();

    [GeneratedRegex("(?<which>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?<day>[一二三四五六日天])")]
    private static partial Regex ChineseWeekday();

    [GeneratedRegex("周末|[下这本]个?(?:周|星期|礼拜|月)|月底|月初|过几天")]
    private static partial Regex ChineseSpan();

    [GeneratedRegex("^ ?(?:(?:morning|afternoon|evening|night) )?(?:to|till|until|through|-)(?: the)? ?$|^(?:早上?|上午|中午|下午|晚上?)?(?:住?到|至|-)$")]
    private static partial Regex Span();

    private readonly record struct Mention(int At, int Length, DateOnly? Day, bool IsWeekday);

    private sealed record Pattern(Func<Regex> Regex, Func<Match, DateOnly, DateOnly?> Day)
    {
        public bool MayBeName { get; init; }

        public bool IsWeekday { get; init; }
    }
}
