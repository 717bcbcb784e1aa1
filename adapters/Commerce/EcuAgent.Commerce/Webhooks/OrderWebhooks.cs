using System.Security.Cryptography;
using System.Text.Json;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Registry;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Webhooks;

/// <summary>
/// Takes order events (ACP, operation <c>postOrderEvents</c>) that a receiver brings, and says which are genuine, new and
/// in order. Reading the session (<see cref="EcuAgent.Core.Ports.ICommercePort.GetAsync"/>) is the truth; events only bring it sooner.
/// </summary>
/// <remarks>
/// ACP's events carry no id and no time of their own. A member <c>id</c> is taken where there is one, else events with the same bytes are the
/// same. In order means by the newest time within the order; where an order names none, by the time of the signature. A fixed number of events
/// and orders is remembered; the least recently used one is forgotten, and after that an old event can pass as new once. Safe for use from
/// several threads.
/// </remarks>
public sealed class OrderWebhooks
{
    /// <summary>Longest body that is taken, in bytes.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    private const string Accepted = "accepted";

    private static readonly TimeSpan WarnPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly MerchantRegistry _registry;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BoundedMap<(string Merchant, string Event), bool> _events;
    private readonly BoundedMap<(string Merchant, string Order), Moment> _orders;
    private DateTimeOffset _warnedAt;

    internal OrderWebhooks(MerchantRegistry registry, CommerceOptions options, TimeProvider time, ILogger logger)
    {
        _registry = registry;
        _tolerance = options.WebhookTolerance;
        _time = time;
        _logger = logger;
        _events = new(options.WebhooksRemembered);
        _orders = new(options.WebhooksRemembered);
    }

    /// <summary>How many merchants may send events.</summary>
    public int Senders => _registry.Merchants.Count(merchant => merchant.WebhookSecret is not null);

    /// <summary>True for a merchant of the registry that sends events.</summary>
    public bool Knows(string merchantId) => _registry.Find(merchantId) is { WebhookSecret: not null };

    /// <summary>Takes one event.</summary>
    /// <param name="merchantId">Whose it claims to be; decides about the secret.</param>
    /// <param name="request">The event as it arrived.</param>
    /// <param name="handOver">
    /// Given what is genuine and new; false where there is no room for it: then the event does not count as taken, and the merchant may send it
    /// again. Must not wait, and must not call back.
    /// </param>
    public WebhookResult Receive(string merchantId, WebhookRequest request, Func<OrderUpdate, bool> handOver)
    {
        ArgumentNullException.ThrowIfNull(merchantId);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(handOver);
        var result = Judge(merchantId, request, handOver);
        if (result.Verdict is WebhookVerdict.NotGenuine or WebhookVerdict.NotUnderstood)
        {
            // A merchant's name that nobody vouches for is not worth a line that is written with it.
            Log.WebhookRefused(
                _logger, MayWarn() ? LogLevel.Warning : LogLevel.Debug, _registry.Find(merchantId)?.Id ?? "an unknown merchant", result.Verdict, result.Reason);
        }

        return result;
    }

    // Whoever can reach the receiver must not be able to fill the log.
    private bool MayWarn()
    {
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            var may = now - _warnedAt >= WarnPeriod;
            _warnedAt = may ? now : _warnedAt;
            return may;
        }
    }

    private WebhookResult Judge(string merchantId, WebhookRequest request, Func<OrderUpdate, bool> handOver)
    {
        var body = request.Body;
        if (_registry.Find(merchantId) is not { WebhookSecret: { } secret } merchant)
        {
            return new WebhookResult(WebhookVerdict.NotGenuine, "merchant_sends_no_events");
        }

        if (body.Length > MaxBodyBytes)
        {
            return new WebhookResult(WebhookVerdict.NotUnderstood, "body_too_large");
        }

        var (reason, signedAt) = MerchantSignature.Check(request.Header(MerchantSignature.Header), body.Span, secret.Text, _time.GetUtcNow(), _tolerance);
        if (reason != MerchantSignature.Genuine)
        {
            return new WebhookResult(WebhookVerdict.NotGenuine, reason);
        }

        return Read(body) is { } happened ? Place(merchant, happened, body, signedAt, handOver) : new WebhookResult(WebhookVerdict.NotUnderstood, "not_an_order_event");
    }

    private WebhookResult Place(
        MerchantEntry merchant, WireOrderEvent happened, ReadOnlyMemory<byte> body, DateTimeOffset signedAt, Func<OrderUpdate, bool> handOver)
    {
        if (happened.Type is not ("order_create" or "order_update"))
        {
            return new WebhookResult(WebhookVerdict.Ignored, "type_not_known");
        }

        if (happened.Data.CheckoutSessionId is not { } sessionId || !WireReader.IsId(sessionId))
        {
            return new WebhookResult(WebhookVerdict.NotUnderstood, "session_missing");
        }

        var order = OrderMapper.Map(happened.Data, merchant.Currency, sessionId);
        var moment = new Moment(NewestIn(happened.Data), signedAt);
        var eventKey = (merchant.Id, happened.Id is { Length: > 0 } id ? id : Convert.ToHexString(SHA256.HashData(body.Span)));
        lock (_lock)
        {
            if (_events.TryGet(eventKey, out _))
            {
                return new WebhookResult(WebhookVerdict.Duplicate, "taken_before");
            }

            if (_orders.TryGet((merchant.Id, order.OrderId), out var last) && moment.IsBefore(last))
            {
                _events.Set(eventKey, true);
                return new WebhookResult(WebhookVerdict.Late, "newer_taken_before");
            }

            var update = new OrderUpdate(merchant.Id, sessionId, order, moment.Newest ?? signedAt);
            if (!handOver(update))
            {
                return new WebhookResult(WebhookVerdict.NoRoom, "too_many_waiting");
            }

            _events.Set(eventKey, true);
            _orders.Set((merchant.Id, order.OrderId), moment);
            return new WebhookResult(WebhookVerdict.Accepted, Accepted, update);
        }
    }

    private static WireOrderEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, AcpJson.Default.WireOrderEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? NewestIn(WireOrder order) =>
        WireReader.Solid(order.Fulfillments).SelectMany(part => WireReader.Solid(part.Events)).Select(happened => happened.OccurredAt)
            .Concat(WireReader.Solid(order.Adjustments).Select(adjustment => adjustment.OccurredAt))
            .Max();

    /// <summary>When an order was as an event has it.</summary>
    /// <param name="Newest">The newest time within the order; null where it names none.</param>
    /// <param name="SignedAt">When the event was signed.</param>
    private readonly record struct Moment(DateTimeOffset? Newest, DateTimeOffset SignedAt)
    {
        // An event that is sent again is signed anew, so the order's own times count more than the signature's.
        internal bool IsBefore(Moment last) =>
            Newest is { } own && last.Newest is { } others && own != others ? own < others : SignedAt < last.SignedAt;
    }
}
