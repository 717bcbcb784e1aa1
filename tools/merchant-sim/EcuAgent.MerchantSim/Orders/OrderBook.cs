using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Payments;

namespace EcuAgent.MerchantSim.Orders;

/// <summary>Orders of one shop: placing, progress and taking back. Called under the shop's lock.</summary>
internal sealed class OrderBook
{
    private const int FirstNumber = 1001;

    private readonly Ledger _ledger;
    private readonly Action<OrderBook, Order, bool> _onChange;
    private readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private readonly HashSet<Order> _running = [];
    private int _placed;

    /// <param name="shop">Whose orders.</param>
    /// <param name="ledger">Where refunds go.</param>
    /// <param name="onChange">Told of each change, true when the order is new.</param>
    public OrderBook(Shop shop, Ledger ledger, Action<OrderBook, Order, bool> onChange)
    {
        Shop = shop;
        _ledger = ledger;
        _onChange = onChange;
        shop.Sessions.OnForgotten = session => _orders.Remove(session.Order?.Id ?? "");
    }

    public Shop Shop { get; }

    /// <summary>Orders to which something will still happen, in no order.</summary>
    public IReadOnlyCollection<Order> Running => _running;

    public Order? Find(string id) => _orders.GetValueOrDefault(id);

    public Order Place(CheckoutSession session, string id, DateTimeOffset now)
    {
        var offer = session.Quote.Selected!;
        var number = FirstNumber + _placed++;
        var order = new Order
        {
            Id = id,
            Number = FormattableString.Invariant($"#{number}"),
            SessionId = session.Id,
            Protocol = session.Protocol,
            Currency = Shop.Merchant.Currency,
            PlacedAt = now,
            Cart = session.Cart,
            Quote = session.Quote,
            Lines = [.. session.Quote.Lines.Select(l => new OrderLine(l))],
            Fulfillment = new Fulfillment("ful_1", offer, Shop.Trade.Plan(session.Cart, offer, now))
            {
                TrackingNumber = offer.Mode is DeliveryMode.Shipping ? FormattableString.Invariant($"IP{number:D6}{id[^6..].ToUpperInvariant()}") : null,
                Code = offer.Mode is DeliveryMode.Digital ? FormattableString.Invariant($"{number}-{id[^6..].ToUpperInvariant()}") : null,
            },
        };
        _orders.Add(id, order);
        _running.Add(order);
        _onChange(this, order, true);
        Progress(order, now);
        return order;
    }

    /// <summary>Lets happen what is due.</summary>
    public void Progress(Order order, DateTimeOffset now)
    {
        while (order.Step(now, isPushed: false))
        {
            Changed(order);
        }
    }

    /// <summary>Lets the next thing happen now.</summary>
    /// <returns>False when nothing is left to happen.</returns>
    public bool Push(Order order, DateTimeOffset now)
    {
        Progress(order, now);
        if (!order.Step(now, isPushed: true))
        {
            return false;
        }

        Changed(order);
        return true;
    }

    /// <summary>Takes back an order, or some of its lines.</summary>
    /// <param name="order">The order.</param>
    /// <param name="wanted">Lines and pieces; empty for all that is left.</param>
    /// <param name="reason">The buyer's reason, as it is told.</param>
    /// <param name="key">Idempotency key.</param>
    /// <param name="now">The instant.</param>
    /// <returns>Why not; null when it is done.</returns>
    public Refusal? Cancel(Order order, IReadOnlyList<(string LineId, int Quantity)> wanted, string reason, string key, DateTimeOffset now)
    {
        Progress(order, now);
        if (order.IsCanceled)
        {
            return new Refusal(RefusalReason.NotAllowed, "order_canceled", "The order is canceled already.");
        }

        if (Resolve(order, wanted, out var lines) is { } wrong)
        {
            return wrong;
        }

        foreach (var (line, _) in lines)
        {
            if (Shop.Trade.WhyKept(order, line, now) is { } why)
            {
                return new Refusal(RefusalReason.NotAllowed, "order_not_cancelable", $"The order cannot be taken back: {why}.");
            }
        }

        TakeBack(order, lines, reason, now);
        order.CancelKey = key;
        Changed(order);
        return null;
    }

    private void TakeBack(Order order, IReadOnlyList<(OrderLine Line, int Quantity)> lines, string reason, DateTimeOffset now)
    {
        var amount = 0L;
        foreach (var (line, quantity) in lines)
        {
            amount += line.WorthOf(quantity);
            Shop.Shelf.Return(quantity == line.Ordered ? line.Quote.Claims : line.Quote.Claims.Select(c => c with { Count = quantity }));
            line.Current -= quantity;
            line.Fulfilled = Math.Min(line.Fulfilled, line.Current);
        }

        if (order.Lines.All(l => l.Current == 0))
        {
            // With the last piece goes what was paid besides the goods: delivery and fees.
            amount = order.Quote.Total - order.Refunded;
            order.IsCanceled = true;
            order.Fulfillment.Cancel(now);
        }

        _ledger.Refund(order.SessionId, amount);
        order.Adjustments.Add(new Adjustment(
            FormattableString.Invariant($"adj_{order.Adjustments.Count + 1}"), now, [.. lines.Select(l => (l.Line.Id, l.Quantity))], amount, reason));
    }

    private Refusal? Resolve(Order order, IReadOnlyList<(string LineId, int Quantity)> wanted, out IReadOnlyList<(OrderLine Line, int Quantity)> lines)
    {
        var found = new List<(OrderLine, int)>();
        lines = found;
        if (wanted.Count == 0)
        {
            found.AddRange(order.Lines.Where(l => l.Current > 0).Select(l => (l, l.Current)));
            return null;
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            var path = FormattableString.Invariant($"$.line_items[{i}]");
            var line = order.Lines.FirstOrDefault(l => l.Id == wanted[i].LineId);
            if (line is null || found.Any(f => f.Item1 == line))
            {
                return new Refusal(RefusalReason.Invalid, "invalid_line_item", $"'{wanted[i].LineId}' is not a line of this order, or is named twice.", $"{path}.id");
            }

            var isWhole = wanted[i].Quantity == line.Current;
            if (wanted[i].Quantity > line.Current || (!isWhole && !Shop.Trade.IsDivisible))
            {
                var fewer = Shop.Trade.IsDivisible ? "or fewer" : "no fewer";
                return new Refusal(
                    RefusalReason.Invalid,
                    "invalid_quantity",
                    FormattableString.Invariant($"{line.Current} of '{line.Id}' can be taken back, {fewer}."),
                    $"{path}.quantity");
            }

            found.Add((line, wanted[i].Quantity));
        }

        return null;
    }

    private void Changed(Order order)
    {
        if (order.IsFinal)
        {
            _running.Remove(order);
        }

        _onChange(this, order, false);
    }
}
