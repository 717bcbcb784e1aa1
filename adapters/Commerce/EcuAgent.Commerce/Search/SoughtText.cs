namespace EcuAgent.Commerce.Search;

/// <summary>What is looked for: words, and parts of unspaced text.</summary>
internal sealed class SoughtText
{
    private const int MostCharacters = 200;
    private const int PairLength = 2;

    // Of a wish as it is spoken; they name nothing.
    private static readonly HashSet<string> Empty =
        ["a", "an", "the", "of", "with", "and", "for", "to", "some", "please", "me", "my", "in", "at", "on", "from", "i", "want", "would", "like", "order", "get", "one", "two", "three"];

    private readonly List<string> _words;
    private readonly List<string> _runs;
    private readonly List<string> _pairs;

    internal SoughtText(string text)
    {
        var (words, runs) = Words.Of(text.Length > MostCharacters ? text[..MostCharacters] : text);
        _words = [.. words.Where(word => !Empty.Contains(word)).Distinct()];
        _runs = runs;
        _pairs = [.. runs.SelectMany(PairsOf).Distinct()];
    }

    internal bool IsAnything => _words.Count == 0 && _runs.Count == 0;

    /// <summary>True when every word and every run is there.</summary>
    internal bool IsWholeIn(SearchableText text) => _words.TrueForAll(text.HasWord) && _runs.TrueForAll(text.HasPart);

    /// <summary>How many words and pairs of characters are there; 0 when less than half of them are.</summary>
    internal int ScoreIn(SearchableText text)
    {
        var found = _words.Count(text.HasWord) + _pairs.Count(text.HasPart);
        return found * 2 >= _words.Count + _pairs.Count ? found : 0;
    }

    /// <summary>True when every word and every run of a name is among what is sought: the rest are wishes about the thing that is named.</summary>
    internal bool Names(IReadOnlyList<string> words, IReadOnlyList<string> runs) =>
        words.Count + runs.Count > 0
        && words.All(word => _words.Exists(sought => Words.IsSame(sought, word)))
        && runs.All(run => _runs.Exists(sought => sought.Contains(run, StringComparison.Ordinal)));

    private static IEnumerable<string> PairsOf(string run) =>
        run.Length <= PairLength ? [run] : Enumerable.Range(0, run.Length - PairLength + 1).Select(i => run.Substring(i, PairLength));
}
