using System.Text;

namespace EcuAgent.Qwen.Grammar;

/// <summary>
/// The utterance as a source of copied texts, and behind it the earlier one where there is one: at which bytes a text may start
/// and end, and, from each byte on, how far away the next possible end is, so that no choice of a token leads into a dead end.
/// </summary>
internal sealed class CopySource
{
    private readonly byte[] _bytes;
    private readonly bool[] _canEnd;

    // Code points before a byte position; for a position inside a code point, those up to its end.
    private readonly int[] _points;

    // Nearest position at or after this one where a text may end without crossing a forbidden character, or -1.
    private readonly int[] _nextEnd;
    private readonly bool[] _isForbidden;
    private readonly int[] _starts;

    /// <summary>Reads an utterance.</summary>
    /// <param name="text">The utterance in NFC, as it stands in the prompt.</param>
    /// <param name="keepsSpace">Whether a copied text starts with the space before it (the compact dialect).</param>
    /// <param name="earlier">The utterance before it in the same form, or null.</param>
    public CopySource(string text, bool keepsSpace, string? earlier = null)
    {
        if (earlier is not null)
        {
            // No copied text holds a control character, so none reaches across.
            text = text + '\n' + earlier;
        }

        KeepsSpace = keepsSpace;
        _bytes = Encoding.UTF8.GetBytes(text);
        var length = _bytes.Length;
        _canEnd = new bool[length + 1];
        _points = new int[length + 1];
        _nextEnd = new int[length + 1];
        _isForbidden = new bool[length + 1];
        var isEdge = new bool[length + 1];
        var starts = new List<int>();
        Rune? before = null;
        var position = 0;
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            isEdge[position] = true;
            _points[position] = count++;
            _canEnd[position] = before is { } b && !Rune.IsWhiteSpace(b) && WordBoundaries.IsBoundary(before, rune);
            if (!Rune.IsWhiteSpace(rune) && !WordBoundaries.IsForbidden(rune) && WordBoundaries.IsBoundary(before, rune))
            {
                starts.Add(keepsSpace && before?.Value == ' ' ? position - 1 : position);
            }

            for (var i = 0; i < rune.Utf8SequenceLength; i++)
            {
                _isForbidden[position] = WordBoundaries.IsForbidden(rune);
                position++;
                _points[position] = count;
            }

            before = rune;
        }

        isEdge[length] = true;
        _points[length] = count;
        _canEnd[length] = before is { } last && !Rune.IsWhiteSpace(last);
        for (var i = length; i >= 0; i--)
        {
            _nextEnd[i] = isEdge[i] && _canEnd[i] ? i : i == length || _isForbidden[i] ? -1 : _nextEnd[i + 1];
        }

        _starts = [.. starts];
    }

    /// <summary>Whether a copied text starts with the space before it.</summary>
    public bool KeepsSpace { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Starting positions whose first words fit into a limit of code points.</summary>
    public IEnumerable<int> Starts(int maxLength) => _starts.Where(start => CanStart(start, maxLength));

    /// <summary>
    /// Whether a text from <paramref name="start"/> may go on to <paramref name="position"/>: the byte before it may be copied, and
    /// some end from there on is within the limit.
    /// </summary>
    public bool CanReach(int start, int position, int maxLength) =>
        !_isForbidden[position - 1] && _nextEnd[position] is >= 0 and var end && _points[end] - _points[ContentOf(start)] <= maxLength;

    /// <summary>Whether a text from <paramref name="start"/> may end at <paramref name="position"/>.</summary>
    public bool CanEnd(int start, int position) => _nextEnd[position] == position && position > ContentOf(start);

    // At the first character "an end right here" would be the end of the word before, so the next position counts.
    private bool CanStart(int start, int maxLength) => CanReach(start, ContentOf(start) + 1, maxLength);

    private int ContentOf(int start) => KeepsSpace && _bytes[start] == (byte)' ' ? start + 1 : start;
}
