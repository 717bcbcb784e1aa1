using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcuAgent.Core.Catalogue;

/// <summary>Cuts a text into <see cref="AmountMark"/>s.</summary>
internal static partial class AmountScanner
{
    private static readonly HashSet<string> Majors = new(StringComparer.Ordinal)
    {
        "euro", "euros", "eur", "dollar", "dollars", "buck", "bucks", "usd", "pound", "pounds", "quid", "gbp", "yuan", "rmb", "cny", "kuai", "franc", "francs",
        "chf", "yen", "jpy", "rupee", "rupees", "€", "$", "£", "¥",
    };

    private static readonly HashSet<string> Hundredths = new(StringComparer.Ordinal) { "cent", "cents", "pence", "penny", "p", "c", "¢" };

    private static readonly HashSet<string> NoMoney = new(StringComparer.Ordinal)
    {
        "am", "pm", "percent", "minute", "minutes", "min", "hour", "hours", "o", "oclock", "km", "kilometers", "kilometres", "meters", "metres", "mile", "miles",
        "degree", "degrees", "night", "nights", "day", "days", "week", "weeks", "month", "months", "people", "persons", "ticket", "tickets", "times", "st", "nd",
        "rd", "th", "%", "°", ":", "/",
    };

    // What goes on after an amount, so that it counts nothing: "20 to Bob".
    private static readonly HashSet<string> Links = new(StringComparer.Ordinal)
    {
        "to", "for", "from", "with", "please", "now", "via", "using", "into", "off", "over", "of", "or", "not", "no", "as", "is", "was", "if", "then", "today", "back",
        "again", "instead", "more", "through", "towards", "between", "worth", "thanks", "ok", "okay", "i", "it", "that", "because",
    };

    private static readonly HashSet<string> Wheres = new(StringComparer.Ordinal) { "at", "in", "by", "on", "until", "till", "before", "after", "around", "since" };

    private static readonly HashSet<string> Labels = new(StringComparer.Ordinal)
    {
        "number", "pump", "table", "room", "gate", "lane", "bay", "spot", "space", "stall", "line", "exit", "route", "terminal", "platform", "level", "floor",
        "zone", "invoice", "flight", "ending", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    };

    // Longest first where one starts another.
    private static readonly string[] ChineseMajors =
        ["人民币", "块钱", "美元", "美金", "欧元", "英镑", "港币", "日元", "澳元", "块", "元", "圆", "欧", "刀", "镑"];

    private static readonly string[] ChineseNoMoney =
    [
        "分钟", "小时", "公里", "号", "路", "楼", "层", "点", "时", "度", "天", "年", "月", "日", "折", "晚", "个", "张", "份", "位", "人", "次", "米", "站", "车道", "成",
        "杯", "瓶", "碗", "件", "辆", "公斤", "斤", "升", "栋", "室", "弄",
    ];

    /// <summary>All marks in the order of the text.</summary>
    public static List<AmountMark> Scan(string text)
    {
        var plain = WellFormed(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var pieces = Pieces().Matches(plain);
        var marks = new List<AmountMark>();
        for (var i = 0; i < pieces.Count;)
        {
            var piece = pieces[i];
            if (piece.Groups["digits"].Success)
            {
                i = AddDigits(marks, plain, pieces, i);
            }
            else if (piece.Groups["han"].Success)
            {
                marks.Add(Han(piece.Value));
                i++;
            }
            else if (EnglishNumber.TryRead(pieces, i, out var value, out var isWeak, out var next))
            {
                marks.Add(new AmountMark(AmountMarkKind.Number, value, isWeak));
                i = next;
            }
            else
            {
                i += AddOther(marks, plain, piece);
            }
        }

        return marks;
    }

    private static int AddDigits(List<AmountMark> marks, string text, MatchCollection pieces, int at)
    {
        var piece = pieces[at];
        var value = Digits(piece.Value);
        var (start, end) = (piece.Index, piece.Index + piece.Length);

        // "G7", "7:30", "20-30" are parts of something else; "EUR20" is not.
        var isInWord = start > 0 && char.IsAsciiLetter(text[start - 1]) && !Majors.Contains(pieces[at - 1].Value);
        var isRest = start > 1 && IsJoint(text[start - 1]) && char.IsAsciiDigit(text[start - 2]);
        if (isInWord || isRest || (end + 1 < text.Length && IsJoint(text[end]) && char.IsAsciiDigit(text[end + 1])))
        {
            value = null;
        }

        var next = at + 1;
        if (next < pieces.Count && pieces[next].Groups["han"].Success && pieces[next].Index == end)
        {
            // "3万", "1万2": only the plain form counts.
            var unit = pieces[next].Value switch { "百" => 100m, "千" => 1000m, "万" => 10000m, _ => 0m };
            var goesOn = next + 1 < pieces.Count && pieces[next + 1].Groups["digits"].Success && pieces[next + 1].Index == end + 1;
            marks.Add(new AmountMark(AmountMarkKind.Number, unit > 0 && !goesOn ? value * unit : null));
            return next + (goesOn ? 2 : 1);
        }

        if (next < pieces.Count && pieces[next].Groups["word"].Success)
        {
            if (EnglishNumber.Multiplier(pieces[next].Value) is { } factor)
            {
                value *= factor;
                next++;
            }
            else if (pieces[next].Index == end && !Majors.Contains(pieces[next].Value) && !Hundredths.Contains(pieces[next].Value))
            {
                // "5th", "20km", "3rd".
                marks.Add(new AmountMark(AmountMarkKind.Number));
                marks.Add(new AmountMark(AmountMarkKind.NoMoney));
                return next + 1;
            }
            else if (EnglishNumber.IsAndAHalf(pieces, next))
            {
                value += 0.5m;
                next += 3;
            }
        }

        marks.Add(new AmountMark(AmountMarkKind.Number, value));
        return next;
    }

    private static AmountMark Han(string run)
    {
        var point = run.IndexOf('点', StringComparison.Ordinal);
        var value = point < 0 ? ChineseNumber.Read(run) : ChineseNumber.Read(run[..point]) + ChineseNumber.Fraction(run[(point + 1)..]);
        return new AmountMark(AmountMarkKind.Number, value, IsWeak: run.Length == 1, IsChinese: true);
    }

    // Returns how many pieces it took; a Chinese word spans several.
    private static int AddOther(List<AmountMark> marks, string text, Match piece)
    {
        var word = piece.Value;
        if (piece.Groups["word"].Success)
        {
            marks.Add(new AmountMark(
                word == "and" ? AmountMarkKind.And
                : Majors.Contains(word) ? AmountMarkKind.Major
                : Hundredths.Contains(word) ? AmountMarkKind.Hundredth
                : NoMoney.Contains(word) ? AmountMarkKind.NoMoney
                : Links.Contains(word) ? AmountMarkKind.Other
                : Wheres.Contains(word) ? AmountMarkKind.Where
                : Labels.Contains(word) ? AmountMarkKind.Label
                : AmountMarkKind.Word));
            return 1;
        }

        foreach (var major in ChineseMajors)
        {
            if (string.CompareOrdinal(text, piece.Index, major, 0, major.Length) == 0)
            {
                marks.Add(new AmountMark(AmountMarkKind.Major, IsChinese: true));
                return major.Length;
            }
        }

        foreach (var other in ChineseNoMoney)
        {
            if (string.CompareOrdinal(text, piece.Index, other, 0, other.Length) == 0)
            {
                marks.Add(new AmountMark(AmountMarkKind.NoMoney, IsChinese: true));
                return other.Length;
            }
        }

        // A sign before a number ("$20 $30") is no currency of the number before it.
        var touches = piece.Index > 0 && char.IsAsciiDigit(text[piece.Index - 1]);
        marks.Add(new AmountMark(word switch
        {
            "毛" or "角" => AmountMarkKind.Tenth,
            "分" => AmountMarkKind.Hundredth,
            "半" => AmountMarkKind.Half,
            "," or "." or ";" or "!" or "?" or "。" or "、" => AmountMarkKind.End,
            _ when Majors.Contains(word) => touches ? AmountMarkKind.Major : AmountMarkKind.Sign,
            _ when touches && Hundredths.Contains(word) => AmountMarkKind.Hundredth,
            _ when touches && NoMoney.Contains(word) => AmountMarkKind.NoMoney,
            _ => AmountMarkKind.Other,
        }));
        return 1;
    }

    private static bool IsJoint(char c) => c is ':' or '-' or '/';

    // Three digits behind a sign are a group, one or two a fraction; "1.500" can be both and counts as neither.
    private static decimal? Digits(string text)
    {
        if (Plain().IsMatch(text))
        {
            return Parse(text.Replace(',', '.'));
        }

        return English().IsMatch(text) ? Parse(text.Replace(",", "", StringComparison.Ordinal))
            : Continental().IsMatch(text) ? Parse(text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.'))
            : null;
    }

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"(?<digits>[0-9](?:[0-9.,]*[0-9])?)|(?<word>[a-z]+)|(?<han>[零〇一二两三四五六七八九十百千万]+(?>(?:点[零〇一二三四五六七八九]+)(?![分钟刻十])|))|(?<other>[^\s])", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^[0-9]{1,9}(?:[.,][0-9]{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex(@"^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Continental();
}
