using EcuAgent.QwenCloud.Privacy;
using Microsoft.Extensions.Logging;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>Counts by code, and the last refusals; written to disk at each change for <c>ecuctl privacy</c>. Safe for use from several threads.</summary>
internal sealed class HelperBoard(QwenCloudOptions options, string key, TimeProvider time, ILogger logger)
{
    private readonly Lock _one = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Queue<HelperStatus.Refusal> _refusals = new();
    private bool _isWriteFailed;

    public long this[string code]
    {
        get
        {
            lock (_one)
            {
                return _counts.GetValueOrDefault(code);
            }
        }
    }

    public void Count(string code)
    {
        lock (_one)
        {
            _counts[code] = _counts.GetValueOrDefault(code) + 1;
        }
    }

    public void CountRefusal(string code)
    {
        lock (_one)
        {
            _counts[code] = _counts.GetValueOrDefault(code) + 1;
            _refusals.Enqueue(new HelperStatus.Refusal(time.GetUtcNow(), code));
            if (_refusals.Count > HelperStatus.MostRefusals)
            {
                _refusals.Dequeue();
            }
        }
    }

    public void Write(string consent, string circuit)
    {
        lock (_one)
        {
            try
            {
                new HelperStatus
                {
                    Time = time.GetUtcNow(),
                    Enabled = options.Enabled,
                    Endpoint = options.Origin,
                    Model = options.Model,
                    Key = key,
                    Consent = consent,
                    Circuit = circuit,
                    Counts = new Dictionary<string, long>(_counts),
                    LastRefusals = [.. _refusals],
                }.Write(options.ResolvedDirectory);
                _isWriteFailed = false;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The status is for show; what left the car stands in the record, which has its own rule. One line per episode.
                if (!_isWriteFailed)
                {
                    Log.FilesFailed(logger, options.ResolvedDirectory, error.Message);
                }

                _isWriteFailed = true;
            }
        }
    }
}
