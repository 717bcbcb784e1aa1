namespace EcuAgent.Qwen.Tokenization;

/// <summary>All text tokens by their bytes, as one array-backed prefix tree; node 0 is the root.</summary>
internal sealed class TokenTrie
{
    private readonly List<int> _firstChild = [];
    private readonly List<int> _childCount = [];
    private readonly List<byte> _label = [];
    private readonly List<int> _token = [];
    private readonly int[] _twin;

    public TokenTrie(QwenTokenizer tokenizer)
    {
        var tokens = new List<(byte[] Bytes, int Id)>();
        for (var id = 0; id < tokenizer.VocabularySize; id++)
        {
            if (tokenizer.TextBytesOf(id) is { Length: > 0 } bytes)
            {
                tokens.Add((bytes, id));
            }
        }

        tokens.Sort(static (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes) is var order && order != 0 ? order : a.Id.CompareTo(b.Id));
        _twin = new int[tokenizer.VocabularySize];
        Array.Fill(_twin, -1);
        Build(tokens);
    }

    public int NodeCount => _label.Count;

    /// <summary>The token that ends at a node, or -1.</summary>
    public int TokenAt(int node) => _token[node];

    /// <summary>Another token with the same bytes (an added token may equal a merged one), or -1.</summary>
    public int TwinOf(int token) => _twin[token];

    public int FirstChild(int node) => _firstChild[node];

    public int ChildCount(int node) => _childCount[node];

    public byte LabelOf(int node) => _label[node];

    /// <summary>The child for a byte, or -1. Children are sorted by byte.</summary>
    public int Child(int node, byte label)
    {
        var low = _firstChild[node];
        var high = low + _childCount[node] - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _label[middle];
            if (found == label)
            {
                return middle;
            }

            if (found < label)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    private void Build(List<(byte[] Bytes, int Id)> tokens)
    {
        var queue = new Queue<(int Node, int From, int To, int Depth)>();
        AddNode(0);
        queue.Enqueue((0, 0, tokens.Count, 0));
        while (queue.TryDequeue(out var part))
        {
            var i = part.From;
            var last = -1;
            for (; i < part.To && tokens[i].Bytes.Length == part.Depth; i++)
            {
                if (last < 0)
                {
                    _token[part.Node] = tokens[i].Id;
                }
                else
                {
                    _twin[last] = tokens[i].Id;
                }

                last = tokens[i].Id;
            }

            _firstChild[part.Node] = NodeCount;
            while (i < part.To)
            {
                var label = tokens[i].Bytes[part.Depth];
                var from = i;
                while (i < part.To && tokens[i].Bytes[part.Depth] == label)
                {
                    i++;
                }

                _childCount[part.Node]++;
                queue.Enqueue((AddNode(label), from, i, part.Depth + 1));
            }
        }
    }

    private int AddNode(byte label)
    {
        _firstChild.Add(0);
        _childCount.Add(0);
        _label.Add(label);
        _token.Add(-1);
        return NodeCount - 1;
    }
}
