using System.Text.Json;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Idempotency;

/// <summary>
/// Which requests were answered, and how. A key is kept for <see cref="Retention"/> from its first use. A full store refuses new keys:
/// to forget one that is still valid would let a repetition have its effect twice.
/// </summary>
internal sealed class IdempotencyStore(TimeProvider time, int capacity)
{
    /// <summary>24 h, the least that the protocol asks for.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<IdempotencyKey, Record> _records = [];
    private readonly LinkedList<IdempotencyKey> _byAge = new();

    /// <summary>Asks to work on a request. After <see cref="IdempotencyVerdict.Fresh"/> either <see cref="Finish"/> or <see cref="Drop"/> has to follow.</summary>
    /// <param name="key">The key.</param>
    /// <param name="body">The request's body; an undefined element when it had none.</param>
    /// <param name="replay">The kept answer, when the verdict is <see cref="IdempotencyVerdict.Replay"/>.</param>
    public IdempotencyVerdict Begin(IdempotencyKey key, JsonElement body, out Answer? replay)
    {
        lock (_gate)
        {
            replay = null;
            ForgetOld();
            if (!_records.TryGetValue(key, out var record))
            {
                return Add(key, body);
            }

            if (!IsSame(record.Body, body))
            {
                return IdempotencyVerdict.Conflict;
            }

            replay = record.Answer;
            return replay is null ? IdempotencyVerdict.InFlight : IdempotencyVerdict.Replay;
        }
    }

    /// <summary>Keeps the answer for repetitions.</summary>
    public void Finish(IdempotencyKey key, Answer answer)
    {
        lock (_gate)
        {
            if (_records.TryGetValue(key, out var record))
            {
                record.Answer = answer;
            }
        }
    }

    /// <summary>Forgets the key: a repetition is a new request.</summary>
    public void Drop(IdempotencyKey key)
    {
        lock (_gate)
        {
            Forget(key);
        }
    }

    /// <summary>
    /// Semantic equality of JSON: order of names does not count, order of entries does; 1.0 is 1; null is not the same as absent.
    /// </summary>
    internal static bool IsSame(JsonElement a, JsonElement b) =>
        a.ValueKind is JsonValueKind.Undefined || b.ValueKind is JsonValueKind.Undefined
            ? a.ValueKind == b.ValueKind
            : JsonElement.DeepEquals(a, b);

    private IdempotencyVerdict Add(IdempotencyKey key, JsonElement body)
    {
        if (_records.Count >= capacity)
        {
            return IdempotencyVerdict.Full;
        }

        _records.Add(key, new Record
        {
            Body = body,
            ForgottenAt = time.GetUtcNow() + Retention,
            Place = _byAge.AddLast(key),
        });
        return IdempotencyVerdict.Fresh;
    }

    private void ForgetOld()
    {
        var now = time.GetUtcNow();
        while (_byAge.First is { } oldest && _records[oldest.Value].ForgottenAt <= now)
        {
            Forget(oldest.Value);
        }
    }

    private void Forget(IdempotencyKey key)
    {
        if (_records.Remove(key, out var record))
        {
            _byAge.Remove(record.Place);
        }
    }

    private sealed class Record
    {
        public required JsonElement Body { get; init; }

        public required DateTimeOffset ForgottenAt { get; init; }

        public required LinkedListNode<IdempotencyKey> Place { get; init; }

        /// <summary>Null while the request is worked on.</summary>
        public Answer? Answer { get; set; }
    }
}

/// <summary>What is to be done with a request.</summary>
internal enum IdempotencyVerdict
{
    /// <summary>Work on it.</summary>
    Fresh,

    /// <summary>Give the kept answer.</summary>
    Replay,

    /// <summary>The key was used for another body.</summary>
    Conflict,

    /// <summary>The first request with this key is still worked on.</summary>
    InFlight,

    /// <summary>No room for another key.</summary>
    Full,
}
