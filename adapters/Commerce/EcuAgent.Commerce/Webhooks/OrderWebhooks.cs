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
/// Takes order events (ACP, operation <c>postOrderEvents</c>; UCP, the address that the car's profile names) that a receiver brings, and says which
/// are genuine, new and in order. Reading the session (<see cref="EcuAgent.Core.Ports.ICommercePort.GetAsync"/>) is the truth; events only bring it sooner.
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

    private const string Accepted = "accepted";

    private static readonly TimeSpan WarnPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly MerchantRegistry _registry;
    private readonly UcpEvents _ucp;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BoundedMap<(string Merchant, string Event), bool> _events;
    private readonly BoundedMap<(string Merchant, string Order), Moment> _orders;
    private DateTimeOffset _warnedAt;

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

    /// <summary>How many merchants may send events.</summary>
    public int Senders => _registry.Merchants.Count(Sends);

    /// <summary>True where events may come from a merchant of the registry.</summary>
    /// <param name="merchantId">Which; null for one that its event names itself, as UCP's do.</param>
    public bool Knows(string? merchantId) => merchantId is null
        ? _registry.Merchants.Any(merchant => merchant.Protocol == MerchantProtocol.Ucp && Sends(merchant))
        : _registry.Find(merchantId) is { } merchant && Sends(merchant);

    /// <summary>Takes one event in the protocol of its merchant; for UCP the merchant's profile may have to be read, within <see cref="CommerceOptions.CallTimeout"/>.</summary>
    /// <param name="merchantId">Whose it claims to be; decides about the secret or the keys. Null where only the event says so (UCP's <c>UCP-Agent</c>).</param>
    /// <param name="request">The event as it arrived.</param>
    /// <param name="handOver">
    /// Given what is genuine and new; false where there is no room for it: then the event does not count as taken, and the merchant may send it
    /// again. Must not wait, and must not call back.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<WebhookResult> ReceiveAsync(
        string? merchantId, WebhookRequest request, Func<OrderUpdate, bool> handOver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(handOver);
        var fields = request.Fields();
        var merchant = merchantId is null ? _ucp.SenderOf(fields) : _registry.Find(merchantId);
        var (refusal, happened) = await JudgeAsync(merchant, request, fields, cancellationToken).ConfigureAwait(false);
        var result = refusal ?? Place(happened!, handOver);
        if (result.Verdict is WebhookVerdict.NotGenuine or WebhookVerdict.NotUnderstood)
        {
            // A merchant's name that nobody vouches for is not worth a line that is written with it.
            Log.WebhookRefused(
                _logger, MayWarn() ? LogLevel.Warning : LogLevel.Debug, merchant?.Id ?? "an unknown merchant", result.Verdict, result.Reason);
        }

        return result;
    }

    private bool Sends(MerchantEntry merchant) =>
        merchant.Protocol == MerchantProtocol.Ucp ? _registry.Ucp?.WebhookUrl is not null : merchant.WebhookSecret is not null;

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

    /// <summary>What a genuine event says, or why it is none.</summary>
    private async Task<(WebhookResult? Refusal, Happened? Happened)> JudgeAsync(
        MerchantEntry? merchant, WebhookRequest request, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        if (merchant is null || !Sends(merchant))
        {
            return Refusal(WebhookVerdict.NotGenuine, "merchant_sends_no_events");
        }

        if (request.Body.Length > MaxBodyBytes)
        {
            return Refusal(WebhookVerdict.NotUnderstood, "body_too_large");
        }

        var isUcp = merchant.Protocol == MerchantProtocol.Ucp;
        var (reason, signedAt) = isUcp
            ? await _ucp.CheckAsync(merchant, request, fields, cancellationToken).ConfigureAwait(false)
            : MerchantSignature.Check(
                fields.GetValueOrDefault(MerchantSignature.Header), request.Body.Span, merchant.WebhookSecret!.Text, _time.GetUtcNow(), _tolerance);
        return reason != SignatureCheck.Genuine ? Refusal(WebhookVerdict.NotGenuine, reason)
            : isUcp ? ReadUcp(merchant, request.Body, signedAt)
            : ReadAcp(merchant, request.Body, signedAt);
    }

    private (WebhookResult? Refusal, Happened? Happened) ReadUcp(MerchantEntry merchant, ReadOnlyMemory<byte> body, DateTimeOffset signedAt) =>
        _ucp.Read(merchant, body) is { } order
            ? (null, new Happened(
                merchant.Id,
                order.CheckoutId,
                UcpOrderMapper.Map(order, merchant.Currency),
                KeyOf(order.EventId, body),
                new Moment(UcpOrderMapper.NewestIn(order), signedAt)))
            : Refusal(WebhookVerdict.NotUnderstood, "not_an_order_event");

    private static (WebhookResult? Refusal, Happened? Happened) ReadAcp(MerchantEntry merchant, ReadOnlyMemory<byte> body, DateTimeOffset signedAt)
    {
        if (Read(body) is not { } told)
        {
            return Refusal(WebhookVerdict.NotUnderstood, "not_an_order_event");
        }

        if (told.Type is not ("order_create" or "order_update"))
        {
            return Refusal(WebhookVerdict.Ignored, "type_not_known");
        }

        if (told.Data.CheckoutSessionId is not { } sessionId || !WireReader.IsId(sessionId))
        {
            return Refusal(WebhookVerdict.NotUnderstood, "session_missing");
        }

        var order = OrderMapper.Map(told.Data, merchant.Currency, sessionId);
        return (null, new Happened(merchant.Id, sessionId, order, KeyOf(told.Id, body), new Moment(NewestIn(told.Data), signedAt)));
    }

    private WebhookResult Place(Happened happened, Func<OrderUpdate, bool> handOver)
    {
        var (merchantId, sessionId, order, key, moment) = happened;
        lock (_lock)
        {
            if (_events.TryGet((merchantId, key), out _))
            {
                return new WebhookResult(WebhookVerdict.Duplicate, "taken_before");
            }

            if (_orders.TryGet((merchantId, order.OrderId), out var last) && moment.IsBefore(last))
            {
                _events.Set((merchantId, key), true);
                return new WebhookResult(WebhookVerdict.Late, "newer_taken_before");
            }

            var update = new OrderUpdate(merchantId, sessionId, order, moment.Newest ?? moment.SignedAt);
            if (!handOver(update))
            {
                return new WebhookResult(WebhookVerdict.NoRoom, "too_many_waiting");
            }

            _events.Set((merchantId, key), true);
            _orders.Set((merchantId, order.OrderId), moment);
            return new WebhookResult(WebhookVerdict.Accepted, Accepted, update);
        }
    }

    private static (WebhookResult? Refusal, Happened? Happened) Refusal(WebhookVerdict verdict, string reason) => (new WebhookResult(verdict, reason), null);

    private static string KeyOf(string? eventId, ReadOnlyMemory<byte> body) =>
        eventId is { Length: > 0 } ? eventId : Convert.ToHexString(SHA256.HashData(body.Span));

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

    /// <summary>What a genuine event says.</summary>
    private sealed record Happened(string MerchantId, string SessionId, PlacedOrder Order, string Key, Moment Moment);

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
