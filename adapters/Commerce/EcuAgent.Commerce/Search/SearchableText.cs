namespace EcuAgent.Commerce.Search;

/// <summary>A text of a catalogue, prepared for looking into it.</summary>
internal sealed class SearchableText
{
    private readonly HashSet<string> _words;
    private readonly string _runs;

    internal SearchableText(string text)
    {
        var (words, runs) = Words.Of(text);
        _words = [.. words];
        _runs = string.Join('\n', runs);
    }

    internal bool HasWord(string word) => _words.Contains(word) || _words.Any(known => Words.IsSame(known, word));

    internal bool HasPart(string part) => _runs.Contains(part, StringComparison.Ordinal);
}
