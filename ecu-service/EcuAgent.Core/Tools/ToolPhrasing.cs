using System.Text.RegularExpressions;

namespace EcuAgent.Core.Tools;

/// <summary>
/// One way to ask for a tool: <c>what is the weather in {city}</c>. It fits a whole utterance or not at all; upper and lower case and marks of
/// sentences do not matter.
/// </summary>
public sealed partial class ToolPhrasing
{
    /// <summary>Most characters of one.</summary>
    public const int Longest = 200;

    /// <summary>Most slots of one.</summary>
    public const int MostSlots = 4;

    // Fewer words than these would take sentences that are meant for somebody else.
    private const int FewestLetters = 4;
    private const int FewestHan = 2;

    // Far beyond what people say; a text that takes more is ambiguous.
    private const int MostSteps = 2000;

    private readonly string[] _words;
    private readonly (string Name, ToolSlot Slot)[] _slots;

    private ToolPhrasing(string language, string[] words, (string Name, ToolSlot Slot)[] slots)
    {
        Language = language;
        _words = words;
        _slots = slots;
    }

    /// <summary>Language, two or three lower-case letters.</summary>
    public string Language { get; }

    /// <summary>Names of its slots.</summary>
    public IEnumerable<string> Slots => _slots.Select(slot => slot.Name);

    /// <summary>The words where it has no slot, in one form; null where it has one. Two tools must not share them.</summary>
    public string? Fixed => _slots.Length == 0 ? _words[0].ToUpperInvariant() : null;

    /// <summary>Reads one.</summary>
    /// <param name="language">Language, two or three lower-case letters.</param>
    /// <param name="text">The words, slots as <c>{argument}</c>.</param>
    /// <param name="slots">What the arguments may be, by name.</param>
    /// <returns>The phrasing, or what is wrong with the text.</returns>
    public static (ToolPhrasing? Phrasing, string? Fault) Read(string language, string text, IReadOnlyDictionary<string, ToolSlot> slots)
    {
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(slots);
        if (text.Length is 0 or > Longest)
        {
            return (null, $"must have 1 to {Longest} characters");
        }

        // Words and names in turn, words first and last.
        var parts = SlotForm().Split(text);
        string[] words = [.. parts.Where((_, i) => i % 2 == 0)];
        string[] names = [.. parts.Where((_, i) => i % 2 == 1)];
        if (words.Any(part => part.AsSpan().ContainsAny('{', '}')))
        {
            return (null, "must have slots of the form {argument}: a letter, then up to 39 letters, digits and '_'");
        }

        if (names.Length > MostSlots || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            return (null, $"must have at most {MostSlots} slots, each once");
        }

        if (Array.Find(names, name => !slots.ContainsKey(name)) is { } unknown)
        {
            return (null, $"must have slots that 'arguments' sets a limit for; {{{unknown}}} has none");
        }

        string[] clean = [.. words.Select((part, i) => Edge(SaidText.Clean(part, keepsEdges: true), i == 0, i == words.Length - 1))];
        if (clean.Skip(1).SkipLast(1).Any(part => part.Length == 0))
        {
            return (null, "must have something between two slots");
        }

        var letters = string.Concat(clean);
        return letters.Count(char.IsLetter) >= FewestLetters || letters.Count(SaidText.IsHan) >= FewestHan
            ? (new ToolPhrasing(language, clean, [.. names.Select(name => (name, slots[name]))]), null)
            : (null, $"must have at least {FewestLetters} letters or {FewestHan} Chinese characters besides its slots");
    }

    /// <summary>All ways in which the utterance fits, each with its arguments; true in the second place where there were too many to look at.</summary>
    /// <param name="clean">The utterance in the form of <see cref="SaidText"/>.</param>
    internal (IReadOnlyList<IReadOnlyDictionary<string, object>> Fits, bool IsTooMuch) Fit(string clean)
    {
        var (first, last) = (_words[0], _words[^1]);
        if (_slots.Length == 0)
        {
            return (string.Equals(clean, first, StringComparison.OrdinalIgnoreCase) ? [new Dictionary<string, object>()] : [], false);
        }

        if (clean.Length <= first.Length + last.Length || !clean.StartsWith(first, StringComparison.OrdinalIgnoreCase)
            || !clean.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return ([], false);
        }

        var search = new Search(this, clean[first.Length..^last.Length]);
        search.From(0, 0);
        return (search.Found, search.Steps > MostSteps);
    }

    // At the ends of the utterance there is nothing that a space could part.
    private static string Edge(string words, bool isFirst, bool isLast) => (isFirst, isLast) switch
    {
        (true, true) => words.Trim(),
        (true, false) => words.TrimStart(),
        (false, true) => words.TrimEnd(),
        _ => words,
    };

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]{0,39})\}", RegexOptions.CultureInvariant)]
    private static partial Regex SlotForm();

    /// <summary>Every way to cut a text into the slots.</summary>
    private sealed class Search(ToolPhrasing phrasing, string text)
    {
        private readonly object[] _values = new object[phrasing._slots.Length];
        private int _said;

        public List<IReadOnlyDictionary<string, object>> Found { get; } = [];

        public int Steps { get; private set; }

        public void From(int slot, int start)
        {
            if (slot == phrasing._slots.Length - 1)
            {
                Take(slot, start, text.Length);
                return;
            }

            var words = phrasing._words[slot + 1];
            for (var at = Next(words, start + 1); at >= 0 && Steps <= MostSteps; at = Next(words, at + 1))
            {
                if (Take(slot, start, at))
                {
                    From(slot + 1, at + words.Length);
                    _said -= at - start;
                }
            }
        }

        private int Next(string words, int from) => from < text.Length ? text.IndexOf(words, from, StringComparison.OrdinalIgnoreCase) : -1;

        private bool Take(int slot, int start, int end)
        {
            Steps++;
            if (end <= start || text[start] == ' ' || text[end - 1] == ' ' || _said + end - start > ToolSlot.LongestText
                || phrasing._slots[slot].Slot.Read(text[start..end]) is not { } value)
            {
                return false;
            }

            _values[slot] = value;
            if (slot == _values.Length - 1)
            {
                Found.Add(phrasing._slots.Select((known, i) => (known.Name, Value: _values[i])).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
                return true;
            }

            _said += end - start;
            return true;
        }
    }
}
