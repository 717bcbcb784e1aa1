namespace EcuAgent.Qwen.Decoding;

/// <summary>
/// Copies of the key/value cache for the beginnings of prompts (system text, tools, brand), so that prompts of another kind in
/// between cost nothing but a copy. Bounded by count and by bytes; when full, the least recently used one goes, and it is counted.
/// A beginning larger than all the bytes is not kept. Thread-safe.
/// </summary>
/// <param name="maxCount">Most copies.</param>
/// <param name="maxBytes">Bytes of all copies.</param>
/// <param name="savesAtOnce">Whether a beginning is copied as soon as it is computed, for other sequences; else when it is about to be overwritten.</param>
internal sealed class PrefixStore(int maxCount, long maxBytes, bool savesAtOnce) : IDisposable
{
    // A copy of fewer tokens costs about what it saves.
    private const int MinTokens = 16;
    private readonly Lock _gate = new();

    // The most recently used one is last.
    private readonly List<PrefixSnapshot> _kept = [];
    private long _bytes;
    private long _hits;
    private long _restoredTokens;
    private long _evictions;
    private bool _isDisposed;

    public (int Count, long Bytes, long Hits, long RestoredTokens, long Evictions) Counters
    {
        get
        {
            lock (_gate)
            {
                return (_kept.Count, _bytes, _hits, _restoredTokens, _evictions);
            }
        }
    }

    /// <summary>Brings the longest known beginning of a prompt into a decoder's cache; the rest of the cache is dropped.</summary>
    /// <param name="decoder">A decoder at rest.</param>
    /// <param name="prompt">The prompt; its last token is never taken from the cache.</param>
    /// <param name="prefixLength">Tokens of it that other prompts will share.</param>
    /// <returns>Tokens now in the cache.</returns>
    public int Prepare(QwenDecoder decoder, ReadOnlySpan<int> prompt, int prefixLength)
    {
        var common = decoder.CommonPrefix(prompt);
        lock (_gate)
        {
            if (decoder.PrefixLength > common)
            {
                Save(decoder, decoder.PrefixLength);
            }

            decoder.PrefixLength = prefixLength;
            var (best, length) = (default(PrefixSnapshot), common + MinTokens - 1);
            foreach (var snapshot in _kept)
            {
                var shared = Math.Min(prompt.CommonPrefixLength(snapshot.Tokens), prompt.Length - 1);
                if (shared > length)
                {
                    (best, length) = (snapshot, shared);
                }
            }

            if (best is null)
            {
                decoder.Truncate(common);
                return common;
            }

            _kept.Remove(best);
            _kept.Add(best);
            _hits++;
            _restoredTokens += length;
            decoder.Restore(best, length);
            return length;
        }
    }

    /// <summary>Called when a prompt has been computed.</summary>
    public void Computed(QwenDecoder decoder)
    {
        if (savesAtOnce && decoder.PrefixLength > 0)
        {
            lock (_gate)
            {
                Save(decoder, decoder.PrefixLength);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var snapshot in _kept)
            {
                snapshot.Dispose();
            }

            _kept.Clear();
            _bytes = 0;
        }
    }

    private void Save(QwenDecoder decoder, int length)
    {
        var bytes = decoder.BytesPerPosition * length;
        if (_isDisposed || length < MinTokens || length > decoder.Length || bytes > maxBytes || maxCount == 0)
        {
            return;
        }

        var tokens = decoder.Tokens[..length];
        foreach (var snapshot in _kept)
        {
            if (tokens.SequenceEqual(snapshot.Tokens))
            {
                return;
            }
        }

        while (_kept.Count >= maxCount || _bytes + bytes > maxBytes)
        {
            _bytes -= _kept[0].Data.ByteCount;
            _kept[0].Dispose();
            _kept.RemoveAt(0);
            _evictions++;
        }

        _kept.Add(decoder.Save(length));
        _bytes += bytes;
    }
}
