using EcuAgent.MerchantSim.Checkout;

namespace EcuAgent.MerchantSim.Orders;

/// <summary>How an order gets to the buyer: what has happened and what is to come.</summary>
internal sealed class Fulfillment(string id, DeliveryOffer offer, IEnumerable<Milestone> plan)
{
    private readonly List<FulfillmentEvent> _events = [];
    private readonly Queue<Milestone> _pending = new(plan);
    private TimeSpan _earlier;

    public string Id { get; } = id;

    public DeliveryOffer Offer { get; } = offer;

    public string Status { get; private set; } = "pending";

    /// <summary>Carrier's number of the parcel; null when nothing is carried.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>Code of a ticket, booking or receipt; null when nothing is digital.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<FulfillmentEvent> Events => _events;

    /// <summary>When the next thing happens; null when nothing does any more.</summary>
    public DateTimeOffset? NextDue => _pending.TryPeek(out var next) ? next.DueAt - _earlier : null;

    /// <summary>The promise, moved by what was pushed.</summary>
    public DateTimeOffset? Promised(DateTimeOffset? time) => time - _earlier;

    /// <summary>Lets the next thing happen when it is due.</summary>
    public FulfillmentEvent? StepWhenDue(DateTimeOffset now) => NextDue is { } due && due <= now ? Step(due) : null;

    /// <summary>Lets the next thing happen now; all that follows comes as much earlier.</summary>
    public FulfillmentEvent? Push(DateTimeOffset now)
    {
        if (NextDue is not { } due)
        {
            return null;
        }

        if (due > now)
        {
            _earlier += due - now;
            due = now;
        }

        return Step(due);
    }

    public void Cancel(DateTimeOffset now)
    {
        _pending.Clear();
        Status = "canceled";
        Add("canceled", now, "Taken back by the buyer.", null);
    }

    private FulfillmentEvent Step(DateTimeOffset at)
    {
        var milestone = _pending.Dequeue();
        Status = milestone.Status;
        return Add(milestone.EventType, at, milestone.Description, milestone.Location);
    }

    private FulfillmentEvent Add(string type, DateTimeOffset at, string description, string? location)
    {
        var happened = new FulfillmentEvent(FormattableString.Invariant($"evt_{_events.Count + 1}"), type, at, description, location);
        _events.Add(happened);
        return happened;
    }
}
