using System.Runtime.InteropServices;

namespace EcuAgent.Qwen.Grammar;

/// <summary>
/// The deterministic automaton of one call block. State 0 is the start. A copy state stands right behind the opening quotation
/// mark of a copied text: what may follow there depends on the utterance; the closing mark leads to <see cref="AfterCopy"/>.
/// No state is a dead end: from each one the accepting state can be reached.
/// </summary>
internal sealed class Dfa
{
    private readonly List<byte[]> _labels = [];
    private readonly List<int[]> _targets = [];
    private readonly List<int> _copyLimit = [];
    private readonly List<int> _afterCopy = [];

    private Dfa()
    {
    }

    public int StateCount => _labels.Count;

    public int Accept { get; private set; } = -1;

    public ReadOnlySpan<byte> Labels(int state) => _labels[state];

    public ReadOnlySpan<int> Targets(int state) => _targets[state];

    /// <summary>Whether a copied text starts here.</summary>
    public bool IsCopy(int state) => _afterCopy[state] >= 0;

    /// <summary>Most code points of the copied text that starts here.</summary>
    public int CopyLimit(int state) => _copyLimit[state];

    /// <summary>State behind the closing quotation mark of the copied text that starts here.</summary>
    public int AfterCopy(int state) => _afterCopy[state];

    /// <summary>The next state, or -1.</summary>
    public int Next(int state, byte label)
    {
        var index = _labels[state].AsSpan().BinarySearch(label);
        return index < 0 ? -1 : _targets[state][index];
    }

    /// <summary>Subset construction.</summary>
    public static Dfa Determinize(Nfa nfa, int start, int accept)
    {
        var dfa = new Dfa();
        var known = new Dictionary<int[], int>(new SetComparer());
        var queue = new Queue<int[]>();
        var first = StateFor([start]);
        if (first != 0)
        {
            throw new InvalidOperationException("the first state must be 0");
        }

        while (queue.TryDequeue(out var set))
        {
            Expand(set, known[set]);
        }

        return dfa;

        int StateFor(IEnumerable<int> states)
        {
            var set = Closure(nfa, states);
            if (!known.TryGetValue(set, out var id))
            {
                id = dfa.StateCount;
                known.Add(set, id);
                dfa._labels.Add([]);
                dfa._targets.Add([]);
                dfa._copyLimit.Add(0);
                dfa._afterCopy.Add(-1);
                queue.Enqueue(set);
                if (Array.BinarySearch(set, accept) >= 0)
                {
                    dfa.Accept = id;
                }
            }

            return id;
        }

        void Expand(int[] set, int id)
        {
            var next = new SortedDictionary<byte, List<int>>();
            foreach (var state in set)
            {
                if (nfa.TryGetCopy(state, out var copy))
                {
                    // A quotation mark opens a copied text for one property only, so the set has no other member.
                    if (set.Length != 1)
                    {
                        throw new InvalidOperationException("two ways lead into one copied text");
                    }

                    dfa._copyLimit[id] = copy.MaxLength;
                    dfa._afterCopy[id] = StateFor([.. nfa.RangesOf(copy.To).Select(static r => r.To)]);
                }

                foreach (var (low, high, to) in nfa.RangesOf(state))
                {
                    for (int b = low; b <= high; b++)
                    {
                        if (!next.TryGetValue((byte)b, out var list))
                        {
                            next.Add((byte)b, list = []);
                        }

                        list.Add(to);
                    }
                }
            }

            var labels = new byte[next.Count];
            var targets = new int[next.Count];
            var i = 0;
            foreach (var (label, states) in next)
            {
                labels[i] = label;
                targets[i++] = StateFor(states);
            }

            dfa._labels[id] = labels;
            dfa._targets[id] = targets;
        }
    }

    private static int[] Closure(Nfa nfa, IEnumerable<int> states)
    {
        var set = new SortedSet<int>();
        var stack = new Stack<int>(states);
        while (stack.TryPop(out var state))
        {
            if (set.Add(state))
            {
                foreach (var to in nfa.EmptiesOf(state))
                {
                    stack.Push(to);
                }
            }
        }

        // Only states with moves of their own tell sets apart; states that merely pass on would multiply them.
        return [.. set.Where(s => nfa.RangesOf(s).Count > 0 || nfa.EmptiesOf(s).Count == 0)];
    }

    private sealed class SetComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
