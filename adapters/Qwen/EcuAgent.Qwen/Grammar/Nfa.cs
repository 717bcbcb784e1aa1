namespace EcuAgent.Qwen.Grammar;

/// <summary>A byte automaton under construction; states are numbers, transitions are byte ranges, empty moves and copied texts.</summary>
internal sealed class Nfa
{
    private readonly List<List<(byte Low, byte High, int To)>> _ranges = [];
    private readonly List<List<int>> _empties = [];
    private readonly Dictionary<int, (int MaxLength, int To)> _copies = [];

    public int StateCount => _ranges.Count;

    public int NewState()
    {
        _ranges.Add([]);
        _empties.Add([]);
        return StateCount - 1;
    }

    public IReadOnlyList<(byte Low, byte High, int To)> RangesOf(int state) => _ranges[state];

    public IReadOnlyList<int> EmptiesOf(int state) => _empties[state];

    public bool TryGetCopy(int state, out (int MaxLength, int To) copy) => _copies.TryGetValue(state, out copy);

    public void Range(int from, byte low, byte high, int to) => _ranges[from].Add((low, high, to));

    public void Empty(int from, int to) => _empties[from].Add(to);

    /// <summary>A text copied from the utterance leads from one state to another.</summary>
    public void Copy(int from, int maxLength, int to) => _copies.Add(from, (maxLength, to));

    /// <summary>A chain of bytes; returns its last state.</summary>
    public int Literal(int from, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            var next = NewState();
            Range(from, b, b, next);
            from = next;
        }

        return from;
    }

    public void Literal(int from, ReadOnlySpan<byte> bytes, int to) => Empty(Literal(from, bytes), to);
}
