using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Orders;

/// <summary>Orders of one shop as others reach them, each call under the shop's lock.</summary>
internal sealed class OrderDesk(OrderBook book, TimeProvider time)
{
    /// <summary>Takes back an order or some of its lines.</summary>
    public Answer Cancel(ICheckoutFace face, string id, IReadOnlyList<(string LineId, int Quantity)> lines, string reason, string key)
    {
        lock (book.Shop.Gate)
        {
            if (Find(face, id) is not { } order)
            {
                return face.Refuse(NotFound(id));
            }

            // The answer to this very request was lost after it was done.
            if (order.CancelKey == key)
            {
                return face.Show(order);
            }

            return book.Cancel(order, lines, reason, key, time.GetUtcNow()) is { } refusal ? face.Refuse(refusal) : face.Show(order);
        }
    }

    /// <summary>Reads an order as it is now.</summary>
    public Answer Get(ICheckoutFace face, string id)
    {
        lock (book.Shop.Gate)
        {
            if (Find(face, id) is not { } order)
            {
                return face.Refuse(NotFound(id));
            }

            book.Progress(order, time.GetUtcNow());
            return face.Show(order);
        }
    }

    /// <summary>Lets happen what is due.</summary>
    /// <returns>When the next thing happens; null when nothing does.</returns>
    public DateTimeOffset? Progress()
    {
        lock (book.Shop.Gate)
        {
            var now = time.GetUtcNow();
            foreach (var order in book.Running.ToArray())
            {
                book.Progress(order, now);
            }

            return book.Running.Min(o => o.Fulfillment.NextDue);
        }
    }

    /// <summary>Lets the next thing happen now, so many times.</summary>
    /// <param name="orderId">One order; null for all that run.</param>
    /// <param name="steps">At least 1.</param>
    /// <returns>How many things happened; null when there is no such order.</returns>
    public int? Push(string? orderId, int steps)
    {
        lock (book.Shop.Gate)
        {
            if (orderId is not null && book.Find(orderId) is null)
            {
                return null;
            }

            var now = time.GetUtcNow();
            Order[] orders = orderId is null ? [.. book.Running.OrderBy(o => o.Id, StringComparer.Ordinal)] : [book.Find(orderId)!];
            return orders.Sum(order => Enumerable.Range(0, steps).TakeWhile(_ => book.Push(order, now)).Count());
        }
    }

    /// <summary>A line for a person; null when there is no such order.</summary>
    public string? Describe(string id)
    {
        lock (book.Shop.Gate)
        {
            return book.Find(id) is { } order ? $"Order {order.Number}: {order.Status}" : null;
        }
    }

    private Order? Find(ICheckoutFace face, string id) => book.Find(id) is { } order && order.Protocol == face.Protocol ? order : null;

    private static Refusal NotFound(string id) => new(RefusalReason.NotFound, "order_not_found", $"There is no order '{id}'.");
}
