namespace EcuAgent.Core.Ports;

/// <summary>
/// The open place questions of an <see cref="IPlacePort"/>: ties an answer to its question, lets questions expire. Safe for use
/// from several threads. Bounded: a question beyond <see cref="Capacity"/> is answered as timed out at once and counted.
/// </summary>
public sealed class PlaceRequestTable(TimeProvider time)
{
    /// <summary>Most questions open at the same time.</summary>
    public const int Capacity = 32;

    private readonly Dictionary<string, TaskCompletionSource<PlaceAnswer>> _open = new(StringComparer.Ordinal);
    private long _unmatched;
    private long _refused;

    /// <summary>Answers that came late, twice, or to a question that was never asked.</summary>
    public long UnmatchedAnswers => Interlocked.Read(ref _unmatched);

    /// <summary>Questions refused because the table was full.</summary>
    public long RefusedQuestions => Interlocked.Read(ref _refused);

    /// <summary>Opens a question, sends it, and waits for <see cref="Complete"/> until it expires.</summary>
    /// <param name="query">The question; its id must not be open already.</param>
    /// <param name="send">Writes it; false when nobody can be asked, which ends the question as timed out.</param>
    /// <param name="cancellationToken">Gives the question up.</param>
    public async Task<PlaceAnswer> AskAsync(PlaceQuery query, Func<PlaceQuery, bool> send, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(send);
        var answer = new TaskCompletionSource<PlaceAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_open)
        {
            if (_open.Count >= Capacity || !_open.TryAdd(query.RequestId, answer))
            {
                Interlocked.Increment(ref _refused);
                return PlaceAnswer.TimedOut;
            }
        }

        try
        {
            var wait = query.Expires - time.GetUtcNow();
            return wait > TimeSpan.Zero && send(query)
                ? await answer.Task.WaitAsync(wait, time, cancellationToken).ConfigureAwait(false)
                : PlaceAnswer.TimedOut;
        }
        catch (TimeoutException)
        {
            return PlaceAnswer.TimedOut;
        }
        finally
        {
            lock (_open)
            {
                _open.Remove(query.RequestId);
            }
        }
    }

    /// <summary>Hands an answer over; false (and counted) when no such question is open.</summary>
    public bool Complete(string requestId, PlaceAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        lock (_open)
        {
            if (_open.TryGetValue(requestId, out var waiting) && waiting.TrySetResult(answer))
            {
                return true;
            }
        }

        Interlocked.Increment(ref _unmatched);
        return false;
    }
}
