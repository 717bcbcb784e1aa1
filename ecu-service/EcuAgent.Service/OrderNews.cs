using System.Threading.Channels;
using EcuAgent.Commerce.Webhooks;

namespace EcuAgent.Service;

/// <summary>
/// Orders to which something happened, as their merchants say, between the receiver and <see cref="OrderEventStage"/>. What happened is not kept:
/// the merchant is asked. Safe for use from several threads.
/// </summary>
/// <remarks>
/// Full-queue rule: an order that waits already is not queued again, counted in <see cref="Joined"/>; where no order more has room, the newest
/// is refused, counted by the receiver, and its merchant sends it again.
/// </remarks>
internal sealed class OrderNews(int capacity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string Merchant, string Session)> _waiting = [];

    // The set is its bound.
    private readonly Channel<OrderNote> _queue = Channel.CreateUnbounded<OrderNote>(new UnboundedChannelOptions { SingleReader = true });
    private long _joined;

    /// <summary>Events about orders that waited already.</summary>
    public long Joined => Interlocked.Read(ref _joined);

    /// <summary>Takes an event; false when there is no room.</summary>
    public bool TryTell(OrderUpdate update) => TryAdd(new OrderNote(update.MerchantId, update.SessionId, time.GetUtcNow()));

    /// <summary>Puts back an order that could not be looked after yet; false when there is no room.</summary>
    public bool TryPutBack(OrderNote note) => TryAdd(note);

    /// <summary>The order that waits longest. An event that comes after this queues it anew.</summary>
    public async Task<OrderNote> TakeAsync(CancellationToken cancellationToken)
    {
        var note = await _queue.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _waiting.Remove((note.MerchantId, note.SessionId));
        }

        return note;
    }

    private bool TryAdd(OrderNote note)
    {
        lock (_gate)
        {
            if (_waiting.Contains((note.MerchantId, note.SessionId)))
            {
                Interlocked.Increment(ref _joined);
                return true;
            }

            return _waiting.Count < capacity && _waiting.Add((note.MerchantId, note.SessionId)) && _queue.Writer.TryWrite(note);
        }
    }
}
