using System.Text.RegularExpressions;

namespace EcuAgent.QwenCloud.Leaving;

/// <summary>
/// Hides what looks like an identity, an account or a precise position: numbers of seven and more digits (cards, phones, coordinates,
/// however grouped, in digits, Chinese digits or spoken words), numbers of three and more digits beside a word for a secret or a plate,
/// vehicle identification numbers, plates and other mixtures of letters and digits, at once or spelled, what follows "password is", and
/// mail addresses. Rather too much than too little: a hidden part comes back into the answer inside the car. Pure.
/// </summary>
internal static partial class TextMask
{
    private const int LongNumber = 7;
    private const int SecretNumber = 3;

    public static MaskedText Apply(string text)
    {
        var spans = new List<(int Start, int End, string Kind)>();
        Add(spans, Mail().Matches(text), "address");
        Add(spans, SpokenMail().Matches(text), "address");
        Add(spans, VehicleNumber().Matches(text), "id");
        Add(spans, MixedToken().Matches(text), "id");
        Add(spans, ChinesePlate().Matches(text), "id");
        spans.AddRange(SpelledCode.In(text).Select(code => (code.Start, code.End, "id")));
        AddNumbers(spans, text, SecretWord().IsMatch(text) ? SecretNumber : LongNumber);
        Add(spans, SaidSecret().Matches(text), "secret");
        return Hide(text, Joined(spans));
    }

    private static void Add(List<(int Start, int End, string Kind)> spans, MatchCollection found, string kind)
    {
        foreach (Match match in found)
        {
            spans.Add((match.Index, match.Index + match.Length, kind));
        }
    }

    private static void AddNumbers(List<(int Start, int End, string Kind)> spans, string text, int fewestDigits)
    {
        var start = -1;
        var end = 0;
        var digits = 0;
        foreach (Match token in NumberToken().Matches(text))
        {
            if (start < 0 || !NumberGap.Joins(text.AsSpan(end, token.Index - end)))
            {
                Close();
                start = token.Index;
                digits = 0;
            }

            end = token.Index + token.Length;
            digits += DigitsOf(token.Value);
        }

        Close();

        void Close()
        {
            if (start >= 0 && digits >= fewestDigits)
            {
                spans.Add((start, end, "number"));
            }
        }
    }

    private static int DigitsOf(string token) => char.IsDigit(token[0]) ? token.Length : Math.Max(1, NumberWord.DigitsOf(token));

    private static List<(int Start, int End, string Kind)> Joined(List<(int Start, int End, string Kind)> spans)
    {
        var joined = new List<(int Start, int End, string Kind)>();
        foreach (var span in spans.OrderBy(s => s.Start).ThenByDescending(s => s.End))
        {
            if (joined.Count > 0 && span.Start < joined[^1].End)
            {
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, span.End) };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }

    private static MaskedText Hide(string text, List<(int Start, int End, string Kind)> spans)
    {
        var result = new System.Text.StringBuilder(text.Length);
        var hidden = new List<(string, string)>();
        var from = 0;
        foreach (var (start, end, kind) in spans)
        {
            var mask = $"[{kind} {hidden.Count + 1}]";
            result.Append(text, from, start - from).Append(mask);
            hidden.Add((mask, text[start..end]));
            from = end;
        }

        return new MaskedText(result.Append(text, from, text.Length - from).ToString(), hidden);
    }

    [GeneratedRegex(@"[\w.%+-]+@[\w.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?:\S+\s+(?:dot|dash|underscore)\s+){0,4}\S+\s+at\s+\S+(?:\s+(?:dot|dash)\s+[a-z0-9]+){0,3}\s+dot\s+[a-z]{2,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpokenMail();

    // ISO 3779: 17 letters and digits without I, O and Q; spoken character by character or written at once.
    [GeneratedRegex(@"(?<![a-z0-9])(?:[a-hj-npr-z0-9][ \-.,]{0,2}(?![a-z0-9]{2})){16}[a-hj-npr-z0-9](?![a-z0-9])|(?<![a-z0-9])(?=[a-z]*[0-9])[a-hj-npr-z0-9]{17}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VehicleNumber();

    // Number plates, order numbers, pieces of account numbers.
    [GeneratedRegex(@"(?<![a-z0-9])(?=[a-z0-9]*[a-z])(?=(?:[a-z]*[0-9]){3})[a-z0-9]{6,}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MixedToken();

    // Province, letter, five or six signs, however spaced: 京A·12345, 京 A 一二三四五.
    [GeneratedRegex(@"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ \-.·•]{0,2}[a-z](?:[ \-.·•]{0,2}[a-z0-9零〇一二三四五六七八九幺两]){5,6}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ChinesePlate();

    // Whatever a password is made of.
    [GeneratedRegex(@"(?<=\b(?:password|passcode|passphrase|passwort)\s+(?:is|are|was|ist)\s+)[^\s,;!?](?:[^,;!?]*[^\s,;!?.])?|(?<=(?:密码|口令)(?:是|为|：|:)\s*)[^\s，。；！？]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaidSecret();

    [GeneratedRegex(
        @"\d+|[零〇一二三四五六七八九幺两]|\b(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|niner|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|double|triple)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberToken();

    [GeneratedRegex(@"\b(?:pin|passcode|password|passwort|cvv|cvc|code|expiry|expires|card|account|iban|plate|licen[cs]e|registration|passport|vin|ssn|phone|telephone|mobile)\b|密码|口令|验证码|卡号|账号|安全码|车牌|车架|护照|身份证|手机|电话", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretWord();
}
