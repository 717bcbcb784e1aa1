using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Payment;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Search;
using EcuAgent.Commerce.Ucp;
using EcuAgent.Commerce.Webhooks;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Commerce;

/// <summary>The merchants of a registry and its payment provider behind the service's ports. Safe for use from several threads.</summary>
public sealed class CommerceAdapter : ICommercePort, IPaymentPort, IDisposable
{
    private readonly MerchantRegistry _registry;
    private readonly CommerceHttp _http;
    private readonly Dictionary<MerchantProtocol, IMerchantClient> _clients;
    private readonly DelegatedPayment _payment;
    private readonly IDisposable? _carrier;

    private CommerceAdapter(
        MerchantRegistry registry, CommerceOptions options, TimeProvider time, ILogger logger, IAcpCarrier? mcp)
    {
        _registry = registry;
        _http = new CommerceHttp(options.ConnectTimeout, time);
        var transport = new CommerceTransport(_http, ReplyRules.Of, options.Repeats, time, logger);
        var catalogue = new Catalogue(transport, options, time, logger);
        var ucp = new CommerceTransport(_http, UcpReplyRules.Of, options.Repeats, time, logger);
        var discovery = new UcpDiscovery(ucp, options, time, logger);
        _clients = new Dictionary<MerchantProtocol, IMerchantClient>
        {
            [MerchantProtocol.Acp] = AcpOver(new RestCarrier(transport, options)),
            [MerchantProtocol.Ucp] = new UcpCommerce(ucp, catalogue, discovery, registry, options, time, logger),
        };
        if (mcp is not null)
        {
            _carrier = mcp as IDisposable;
            _clients.Add(MerchantProtocol.Mcp, AcpOver(mcp));
        }

        _payment = new DelegatedPayment(transport, registry.Payment, options, time, logger);
        Webhooks = new OrderWebhooks(registry, new UcpEvents(registry, discovery, options, time, logger), options, time, logger);

        AcpCommerce AcpOver(IAcpCarrier carrier) => new(carrier, transport, catalogue, registry.Buyer, options, time, logger);
    }

    /// <summary>Where a receiver of webhooks brings order events.</summary>
    public OrderWebhooks Webhooks { get; }

    /// <summary>True when a means of payment is set up.</summary>
    public bool CanPay => _registry.Payment is not null;

    /// <summary>Reads the registry and makes the adapter; nothing is connected before the first call.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="RegistryException">The registry, or a file or secret that it names, is not usable.</exception>
    public static CommerceAdapter Open(CommerceOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null) =>
        Open(options, loggers, time, null);

    /// <summary>The same, with what carries ACP over the Model Context Protocol.</summary>
    internal static CommerceAdapter Open(
        CommerceOptions options, ILoggerFactory? loggers, TimeProvider? time, Func<TimeProvider, ILogger, IAcpCarrier>? mcp)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults() is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("EcuAgent.Commerce");
        var registry = options.RegistryFile is { } file ? RegistryLoader.Load(file) : MerchantRegistry.Empty;
        if (mcp is null)
        {
            RefuseUncarried(registry, options.RegistryFile);
        }

        Log.Opened(
            logger,
            registry.Merchants.Count,
            options.RegistryFile ?? "no registry",
            registry.Payment?.BaseUrl.Host ?? "not set up",
            registry.Buyer is null ? "not set up" : "set up");
        var clock = time ?? TimeProvider.System;
        return new CommerceAdapter(registry, options, clock, logger, mcp?.Invoke(clock, logger));
    }

    /// <inheritdoc/>
    public IReadOnlyList<MerchantProfile> Merchants(MerchantNeed need) => _registry.Serving(need);

    /// <inheritdoc/>
    public Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(
        string merchantId, OfferQuery query, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.SearchAsync(merchant, query, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<CheckoutSession>> OpenAsync(
        string merchantId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.OpenAsync(merchant, order, idempotencyKey, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        string merchantId, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.UpdateAsync(merchant, sessionId, order, idempotencyKey, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<CheckoutSession>> GetAsync(string merchantId, string sessionId, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.GetAsync(merchant, sessionId, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        string merchantId, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.CompleteAsync(merchant, sessionId, payment, idempotencyKey, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<CheckoutSession>> CancelAsync(
        string merchantId, string sessionId, string idempotencyKey, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.CancelAsync(merchant, sessionId, idempotencyKey, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        string merchantId, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken) =>
        AtAsync(merchantId, (client, merchant) => client.CancelOrderAsync(merchant, sessionId, orderId, idempotencyKey, cancellationToken));

    /// <inheritdoc/>
    public Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance allowance, string idempotencyKey, CancellationToken cancellationToken) =>
        _payment.GrantAsync(allowance, idempotencyKey, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _carrier?.Dispose();
        _http.Dispose();
    }

    // A merchant that nobody can talk to is a fault of the file, not of the first purchase.
    private static void RefuseUncarried(MerchantRegistry registry, string? file)
    {
        var faults = registry.Merchants.Index()
            .Where(merchant => merchant.Item.Protocol == MerchantProtocol.Mcp)
            .Select(merchant => new RegistryFault(
                file!, $"$.merchants[{merchant.Index}].protocol", "\"mcp\"", "needs the package EcuAgent.Commerce.Mcp: open the adapter by McpCommerce.Open"))
            .ToList();
        if (faults.Count > 0)
        {
            throw new RegistryException(faults);
        }
    }

    private Task<CommerceAnswer<T>> AtAsync<T>(string merchantId, Func<IMerchantClient, MerchantEntry, Task<CommerceAnswer<T>>> ask)
        where T : class
        => _registry.Find(merchantId) is { } merchant
            ? ask(_clients[merchant.Protocol], merchant)
            : Task.FromResult(CommerceAnswers.Refused<T>(CommerceReasons.NotConfigured));
}
