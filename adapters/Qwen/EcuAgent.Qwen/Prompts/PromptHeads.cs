namespace EcuAgent.Qwen.Prompts;

/// <summary>Tokens of system text and tools, which take long to make and are the same for many requests; the last few are kept. Thread-safe.</summary>
internal sealed class PromptHeads
{
    private const int Kept = 8;
    private readonly Lock _gate = new();

    // The most recently used one is last.
    private readonly List<(string Text, int[] Ids)> _heads = [];

    public int[] GetOrAdd(string systemText, Func<string, int[]> make)
    {
        lock (_gate)
        {
            var index = _heads.FindIndex(h => h.Text == systemText);
            var head = index < 0 ? (systemText, make(systemText)) : _heads[index];
            if (index >= 0)
            {
                _heads.RemoveAt(index);
            }
            else if (_heads.Count == Kept)
            {
                _heads.RemoveAt(0);
            }

            _heads.Add(head);
            return head.Item2;
        }
    }
}
