namespace EcuAgent.Qwen.Decoding;

/// <summary>The sequences of a client. Whoever rents one gets the idle one whose cache fits the prompt best. Thread-safe.</summary>
internal sealed class SequencePool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly QwenDecoder[] _all;

    // The most recently used one is last.
    private readonly List<QwenDecoder> _idle;

    public SequencePool(QwenGraph graph, int count, int maxContext, int prefillChunk)
    {
        _all = new QwenDecoder[count];
        try
        {
            for (var i = 0; i < count; i++)
            {
                _all[i] = new QwenDecoder(graph, maxContext, prefillChunk);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        _idle = [.. _all];
    }

    /// <summary>An idle sequence. The caller has made sure that there is one.</summary>
    public QwenDecoder Rent(ReadOnlySpan<int> prompt)
    {
        lock (_gate)
        {
            // Among equals the one used longest ago, so that what others will come back to stays.
            var (best, common) = (0, -1);
            for (var i = 0; i < _idle.Count; i++)
            {
                if (_idle[i].CommonPrefix(prompt) is var length && length > common)
                {
                    (best, common) = (i, length);
                }
            }

            var decoder = _idle[best];
            _idle.RemoveAt(best);
            return decoder;
        }
    }

    public void Return(QwenDecoder decoder)
    {
        lock (_gate)
        {
            _idle.Add(decoder);
        }
    }

    /// <summary>Waits for runs in progress and frees all sequences.</summary>
    public void Dispose()
    {
        foreach (var decoder in _all)
        {
            decoder?.Dispose();
        }
    }
}
