using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Faults;

/// <summary>
/// Which faults are to happen. A request takes the first fault that was set up, fits it and has hits left; one request has one fault.
/// At most <see cref="Capacity"/> faults with hits left; one more is refused.
/// </summary>
public sealed class FaultDesk
{
    /// <summary>Most faults that can be set up at once.</summary>
    public const int Capacity = 1000;

    private const int MostHits = 1_000_000;
    private const long MostBytes = 1L << 30;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _merchants;
    private readonly List<FaultTicket> _tickets = [];
    private int _ids;

    internal FaultDesk(IEnumerable<string> merchants) => _merchants = [.. merchants, PaymentMerchant, FaultRequest.AnyMerchant];

    internal const string PaymentMerchant = "psp";

    /// <summary>Faults with hits left, and those at which requests may still wait, oldest first.</summary>
    public IReadOnlyList<FaultTicket> Tickets
    {
        get
        {
            lock (_gate)
            {
                return [.. _tickets];
            }
        }
    }

    /// <summary>Sets up a fault.</summary>
    /// <exception cref="ArgumentException">The fault cannot be: names the field, the value and what is allowed.</exception>
    public FaultTicket Add(FaultRequest request)
    {
        Check(request);
        lock (_gate)
        {
            _tickets.RemoveAll(t => t.Remaining == 0 && (!t.HoldsBack || t.Released.IsCompleted));
            if (_tickets.Count(t => t.Remaining > 0) >= Capacity)
            {
                throw new ArgumentException($"there are {Capacity} faults already; clear some first");
            }

            var ticket = new FaultTicket(++_ids, request);
            _tickets.Add(ticket);
            return ticket;
        }
    }

    /// <summary>Sets up a fault of a kind.</summary>
    /// <param name="kind">What.</param>
    /// <param name="operation">Which requests; null for all.</param>
    /// <param name="merchant">Merchant id, or all.</param>
    /// <param name="count">How often.</param>
    /// <exception cref="ArgumentException">The fault cannot be.</exception>
    public FaultTicket Add(FaultKind kind, SimOperation? operation = null, string merchant = FaultRequest.AnyMerchant, int count = 1) =>
        Add(new FaultRequest { Kind = kind, Operation = operation, Merchant = merchant, Count = count });

    /// <summary>Lets go all requests and answers that wait.</summary>
    public void Release()
    {
        foreach (var ticket in Tickets)
        {
            ticket.Release();
        }
    }

    /// <summary>Forgets all faults, and lets go what waits.</summary>
    public void Clear()
    {
        Release();
        lock (_gate)
        {
            _tickets.Clear();
        }
    }

    internal FaultTicket? Take(string merchant, SimOperation operation)
    {
        lock (_gate)
        {
            return _tickets.FirstOrDefault(t => Fits(t.Request, merchant, operation) && t.TryTake());
        }
    }

    /// <summary>Takes a fault that order events can have.</summary>
    internal FaultTicket? TakeWebhook(string merchant) => Take(merchant, SimOperation.Webhook);

    private static bool Fits(FaultRequest request, string merchant, SimOperation operation) =>
        (request.Merchant == merchant || request.Merchant == FaultRequest.AnyMerchant)
        && (request.Operation is null || request.Operation == operation)
        && AppliesTo(request.Kind, operation);

    private static bool AppliesTo(FaultKind kind, SimOperation operation) => kind switch
    {
        FaultKind.WebhookDuplicate or FaultKind.WebhookReorder or FaultKind.WebhookForge or FaultKind.WebhookStale or FaultKind.WebhookDrop =>
            operation is SimOperation.Webhook,
        FaultKind.PriceChange or FaultKind.OutOfStock =>
            operation is SimOperation.Update or SimOperation.Get or SimOperation.Complete,
        FaultKind.Slow =>
            operation is SimOperation.Create or SimOperation.Update or SimOperation.Complete or SimOperation.Cancel or SimOperation.OrderCancel
                or SimOperation.DelegatePayment,
        FaultKind.UnknownStatus => operation is not (SimOperation.Webhook or SimOperation.Discovery or SimOperation.Feed or SimOperation.DelegatePayment),
        _ => operation is not SimOperation.Webhook,
    };

    private void Check(FaultRequest request)
    {
        Require(Enum.IsDefined(request.Kind), $"fault {(int)request.Kind} is not known; known are {SimNames.List<FaultKind>()}");
        Require(_merchants.Contains(request.Merchant), $"merchant '{request.Merchant}' is not known; known are {string.Join(", ", _merchants)}");
        var fitting = Enum.GetValues<SimOperation>().Where(o => AppliesTo(request.Kind, o)).Select(SimNames.Of);
        Require(
            request.Operation is not { } operation || AppliesTo(request.Kind, operation),
            $"fault {SimNames.Of(request.Kind)} does not apply to {request.Operation}; it applies to {string.Join(", ", fitting)}");
        Require(request.Count is >= 1 and <= MostHits, FormattableString.Invariant($"count {request.Count} is not 1 to {MostHits}"));
        Require(request.Skip is >= 0 and <= MostHits, FormattableString.Invariant($"skip {request.Skip} is not 0 to {MostHits}"));
        Require(request.Wait is null || (request.Wait > TimeSpan.Zero && request.Wait <= LongestWait), $"wait {request.Wait} is not above 0 and at most {LongestWait}");
        Require(request.Bytes is null or (>= 0 and <= MostBytes), FormattableString.Invariant($"bytes {request.Bytes} is not 0 to {MostBytes}"));
        Require(request.Status is null or (>= 500 and <= 599), FormattableString.Invariant($"status {request.Status} is not 500 to 599"));
        Require(request.Percent is null or (>= -90 and <= 1000 and not 0), FormattableString.Invariant($"percent {request.Percent} is not -90 to 1000, or is 0"));
        Require(
            request.Location is null || Uri.TryCreate(request.Location, UriKind.RelativeOrAbsolute, out _),
            $"location '{request.Location}' is not a URI reference");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException(what);
        }
    }
}
