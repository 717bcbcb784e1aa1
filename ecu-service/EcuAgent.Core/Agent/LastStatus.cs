using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>
/// What was published last about each order and parcel, so that two who find out the same publish it once. Safe for use from several threads.
/// </summary>
/// <remarks>Keeps the last 256 ids; of an older one the same may be published once more, which changes nothing for its readers.</remarks>
internal sealed class LastStatus
{
    internal const int Remembered = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, object?> _last = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>True when this is news and is to be published.</summary>
    public bool TryReplace(string id, object status)
    {
        lock (_gate)
        {
            if (!_last.TryGetValue(id, out var last))
            {
                _order.Enqueue(id);
                if (_order.Count > Remembered)
                {
                    _last.Remove(_order.Dequeue());
                }
            }
            else if (status.Equals(last) || IsOlder(status, last))
            {
                return false;
            }

            _last[id] = status;
            return true;
        }
    }

    /// <summary>It did not get out after all.</summary>
    public void Forget(string id)
    {
        lock (_gate)
        {
            if (_last.ContainsKey(id))
            {
                _last[id] = null;
            }
        }
    }

    // A receipt is written when the merchant has confirmed; by then some orders, such as tickets, are fulfilled and that has been told.
    private static bool IsOlder(object status, object? last) =>
        (status, last) is (OrderStatus { State: OrderState.Placed }, OrderStatus { State: OrderState.Fulfilled });
}
