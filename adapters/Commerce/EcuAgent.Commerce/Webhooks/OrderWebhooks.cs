using System.Security.Cryptography;
using System.Text.Json;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Signatures;
using EcuAgent.Commerce.Ucp;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Webhooks;

/// <summary>
/// Takes order events (ACP, <c>POST /agentic_checkout/webhooks/order_events</c>; UCP, the address that the car's profile names) that some receiver
/// brings, and says which are genuine, new and in order. Reading the session (<see cref="EcuAgent.Core.Ports.ICommercePort.GetAsync"/>) is the truth; events only bring it sooner.
/// </summary>
/// <remarks>
/// Events need not carry an id or a time of their own. A member <c>id</c> (UCP: <c>event_id</c>) is taken where there is one, else events with the
/// same bytes are the same. In order means by the newest time within the order; where an order names none, by the time of the signature. A fixed number of events
/// and orders is remembered; the least recently used one is forgotten, and after that an old event can pass as new once. Safe for use from
/// several threads.
/// </remarks>
public sealed class OrderWebhooks
{
    /// <summary>Longest body that is taken, in bytes.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    internal const string NoEvents = "merchant_sends_no_events";

    private const string Accepted = "accepted";
    private const string TooLarge = "body_too_large";
    private const string NotAnEvent = "not_an_order_event";

    private readonly Lock _lock = new();
    private readonly MerchantRegistry _registry;
    private readonly UcpEvents _ucp;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BoundedMap<(string Merchant, string Event), bool> _events;
    private readonly BoundedMap<(string Merchant, string Order), Moment> _orders;

    internal OrderWebhooks(MerchantRegistry registry, UcpEvents ucp, CommerceOptions options, TimeProvider time, ILogger logger)
    {
        _registry = registry;
        _ucp = ucp;
        _tolerance = options.WebhookTolerance;
        _time = time;
        _logger = logger;
        _events = new(options.WebhooksRemembered);
        _orders = new(options.WebhooksRemembered);
    }

    /// <summary>Takes one event of ACP.</summary>
    /// <param name="merchantId">Whose it claims to be; decides about the secret.</param>
    /// <param name="signature">The header <c>Merchant-Signature</c>; null where it is missing.</param>
    /// <param name="body">The raw body, byte for byte.</param>
    public WebhookResult Receive(string merchantId, string? signature, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(merchantId);
        return Logged(_registry.Find(merchantId), Judge(merchantId, signature, body));
    }

    /// <summary>Takes one event in the protocol of its merchant; for UCP the merchant's profile may have to be read.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var fields = request.Headers.GroupBy(header => header.Key.ToLowerInvariant(), header => header.Value)
            .ToDictionary(lines => lines.Key, lines => string.Join(", ", lines), StringComparer.Ordinal);
        var merchant = request.MerchantId is { } id ? _registry.Find(id) : _ucp.SenderOf(fields);
        return merchant?.Protocol == MerchantProtocol.Ucp
            ? Logged(merchant, await JudgeUcpAsync(merchant, fields, request.Body, cancellationToken).ConfigureAwait(false))
            : Receive(request.MerchantId ?? "", fields.GetValueOrDefault("merchant-signature"), request.Body);
    }

    private WebhookResult Logged(MerchantEntry? merchant, WebhookResult result)
    {
        if (result.Verdict is WebhookVerdict.NotGenuine or WebhookVerdict.NotUnderstood)
        {
            // A merchant's name that nobody vouches for is not worth a line that is written with it.
            Log.WebhookRefused(_logger, merchant?.Id ?? "an unknown merchant", result.Verdict, result.Reason);
        }

        return result;
    }

    private async Task<WebhookResult> JudgeUcpAsync(
        MerchantEntry merchant, Dictionary<string, string> fields, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (body.Length > MaxBodyBytes)
        {
            return new WebhookResult(WebhookVerdict.NotUnderstood, TooLarge);
        }

        var (reason, signedAt) = await _ucp.CheckAsync(merchant, fields, body, cancellationToken).ConfigureAwait(false);
        if (reason != SignatureCheck.Genuine)
        {
            return new WebhookResult(WebhookVerdict.NotGenuine, reason);
        }

        return _ucp.Read(merchant, body) is { } order
            ? Place(merchant, order.CheckoutId, UcpOrderMapper.Map(order, merchant.Currency), order.EventId, body, new Moment(UcpOrderMapper.NewestIn(order), signedAt))
            : new WebhookResult(WebhookVerdict.NotUnderstood, NotAnEvent);
    }

    private WebhookResult Judge(string merchantId, string? signature, ReadOnlyMemory<byte> body)
    {
        if (_registry.Find(merchantId) is not { WebhookSecret: { } secret } merchant)
        {
            return new WebhookResult(WebhookVerdict.NotGenuine, NoEvents);
        }

        if (body.Length > MaxBodyBytes)
        {
            return new WebhookResult(WebhookVerdict.NotUnderstood, TooLarge);
        }

        var (reason, signedAt) = MerchantSignature.Check(signature, body.Span, secret.Text, _time.GetUtcNow(), _tolerance);
        if (reason != MerchantSignature.Genuine)
        {
            return new WebhookResult(WebhookVerdict.NotGenuine, reason);
        }

        return Read(body) is { } happened ? PlaceAcp(merchant, happened, body, signedAt) : new WebhookResult(WebhookVerdict.NotUnderstood, NotAnEvent);
    }

    private WebhookResult PlaceAcp(MerchantEntry merchant, WireOrderEvent happened, ReadOnlyMemory<byte> body, DateTimeOffset signedAt)
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
        return Place(merchant, sessionId, order, happened.Id, body, new Moment(NewestIn(happened.Data), signedAt));
    }

    private WebhookResult Place(
        MerchantEntry merchant, string sessionId, PlacedOrder order, string? eventId, ReadOnlyMemory<byte> body, Moment moment)
    {
        var eventKey = (merchant.Id, eventId is { Length: > 0 } ? eventId : Convert.ToHexString(SHA256.HashData(body.Span)));
        lock (_lock)
        {
            if (_events.TryGet(eventKey, out _))
            {
                return new WebhookResult(WebhookVerdict.Duplicate, "taken_before");
            }

            _events.Set(eventKey, true);
            if (_orders.TryGet((merchant.Id, order.OrderId), out var last) && moment.IsBefore(last))
            {
                return new WebhookResult(WebhookVerdict.Late, "newer_taken_before");
            }

            _orders.Set((merchant.Id, order.OrderId), moment);
        }

        return new WebhookResult(WebhookVerdict.Accepted, Accepted, new OrderUpdate(merchant.Id, sessionId, order, moment.Newest ?? moment.SignedAt));
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
