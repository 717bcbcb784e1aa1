using System.Net;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Acp;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Control;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Idempotency;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.MerchantSim.Ucp;
using EcuAgent.MerchantSim.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.MerchantSim;

/// <summary>
/// Merchants and their payment provider, on loopback, with everything that can be done to them. All state is in memory and gone with the
/// world. Safe for use from several threads.
/// </summary>
public sealed class MerchantWorld : IAsyncDisposable
{
    private readonly MerchantWorldOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly SimSite _site = new();
    private readonly Dictionary<string, MerchantDesk> _desks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AcpOrderWriter> _orderWriters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UcpOrderWriter> _ucpOrderWriters = new(StringComparer.Ordinal);
    private readonly UcpSigning _signing;
    private readonly PlatformProfile _platform = new();
    private readonly Ledger _ledger;
    private readonly WebhookSender _webhooks;
    private readonly ProgressTimer _progress;
    private readonly ILogger _logger;
    private readonly WebApplication _app;

    private MerchantWorld(MerchantWorldOptions options, CatalogueFile catalogue)
    {
        _options = options;
        _logger = options.LoggerFactory.CreateLogger(nameof(MerchantWorld));
        _ledger = new Ledger(options.Time, options.LedgerCapacity);
        var provider = new PaymentProvider(options.Time, _ledger, options.TokenCapacity);
        Faults = new FaultDesk(catalogue.Merchants.Select(m => m.Id));
        _webhooks = new WebhookSender(Faults, options.Time, _logger);
        _progress = new ProgressTimer(options.Time, Progress);
        _signing = new UcpSigning(catalogue.Merchants.Select(m => m.Id), options.UcpClientKey, options.UcpSigned, options.Time);
        foreach (var merchant in catalogue.Merchants)
        {
            _desks.Add(merchant.Id, Open(merchant, provider));
        }

        _app = Build(provider);
    }

    /// <summary>Where the server listens: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri BaseUrl => new(_site.Origin);

    /// <summary>Base URL of the payment provider, without a slash at the end.</summary>
    public Uri PaymentUrl => new(_site.PaymentUrl);

    /// <summary>All merchants, in the catalogue's order.</summary>
    public IReadOnlyList<MerchantInfo> Merchants =>
        [.. _desks.Values.Select(d => d.Shop.Merchant).Select(m => new MerchantInfo(m.Id, m.Kind, m.Name, m.NameZh, m.Currency, m.Rating, m.Sponsored, m.TimeZone, UrlOf(m.Id)))];

    /// <summary>What is to go wrong.</summary>
    public FaultDesk Faults { get; }

    /// <summary>All charges and refunds so far.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => _ledger.Entries;

    /// <summary>Where order events go, <c>{merchant}</c> for who sends; null for nowhere.</summary>
    public string? WebhookUrl => _webhooks.Target?.Template;

    /// <summary>What became of the last 1,000 order events, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> WebhookDeliveries => _webhooks.Deliveries;

    /// <summary>Order events that the full queue refused.</summary>
    public int WebhooksRefused => _webhooks.Refused;

    /// <summary>Opens the merchants and listens.</summary>
    /// <param name="options">How; null for all defaults.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">The catalogue breaks a rule: names file, field and value.</exception>
    /// <exception cref="IOException">The catalogue cannot be read, or the port cannot be listened on.</exception>
    public static async Task<MerchantWorld> StartAsync(MerchantWorldOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new MerchantWorldOptions();
        options.Check();
        var catalogue = options.CataloguePath is { } path ? CatalogueLoader.Load(path) : CatalogueLoader.LoadEmbedded();
        var target = options.WebhookUrl is { } url ? WebhookTarget.Of(url, options.WebhookSecret) : null;
        var world = new MerchantWorld(options, catalogue);
        try
        {
            world._webhooks.Target = target;
            await world._app.StartAsync(cancellationToken);
            world._site.Origin = world._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Writes the registry folder with which <c>EcuAgent:Commerce:RegistryFile</c> buys here: <c>merchants.json</c>, an invented buyer, a means of
    /// payment, the key and the secret of order events, each readable by its owner only.
    /// </summary>
    /// <param name="folder">Made when missing; files of these names are replaced.</param>
    /// <param name="instrument">One of <see cref="TestInstruments"/>.</param>
    /// <param name="ucpMerchants">Those that are bought from in UCP, with signatures both ways; all others, and all where it is null, in ACP.</param>
    /// <returns>Path of the registry file.</returns>
    /// <exception cref="ArgumentException">There is no such merchant.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public string WriteRegistry(string folder, string instrument = TestInstruments.AlwaysPays, IReadOnlyCollection<string>? ucpMerchants = null)
    {
        HashSet<string> spoken = [.. (ucpMerchants ?? []).Select(id => Desk(id).Shop.Merchant.Id)];
        var key = UcpKey.Make("platform-1");
        if (spoken.Count > 0)
        {
            _platform.Publish(key);
        }

        return RegistryFolder.Write(folder, this, _options, instrument, spoken, key, _webhooks.Target?.CommonUrl);
    }

    /// <summary>
    /// Base URL of a merchant in both protocols, without a slash at the end: paths are appended to its text
    /// (<c>{url}/checkout_sessions</c>), not resolved against it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such merchant.</exception>
    public Uri UrlOf(string merchantId) => new(_site.UrlOf(Desk(merchantId).Shop.Merchant.Id));

    /// <summary>Sets the price of an item; open sessions are told at their next answer.</summary>
    /// <param name="merchantId">Merchant.</param>
    /// <param name="itemId">Item.</param>
    /// <param name="minorUnits">Price of one without tax, 1 to 100,000,000.</param>
    /// <exception cref="ArgumentException">There is no such merchant or item, or the price is out of range.</exception>
    public void SetPrice(string merchantId, string itemId, long minorUnits)
    {
        var shop = ShopWith(merchantId, itemId);
        if (minorUnits is < 1 or > CatalogueRules.MaxAmount)
        {
            throw new ArgumentException(FormattableString.Invariant($"price {minorUnits} is not 1 to {CatalogueRules.MaxAmount}"));
        }

        lock (shop.Gate)
        {
            shop.Shelf.SetPrice(itemId, minorUnits);
        }
    }

    /// <summary>Sets the stock of an item; for rooms and tickets the stock of each day.</summary>
    /// <param name="merchantId">Merchant.</param>
    /// <param name="itemId">Item.</param>
    /// <param name="pieces">0 to 1,000,000.</param>
    /// <exception cref="ArgumentException">There is no such merchant or item, or the stock is out of range.</exception>
    public void SetStock(string merchantId, string itemId, int pieces)
    {
        var shop = ShopWith(merchantId, itemId);
        if (pieces is < 0 or > 1_000_000)
        {
            throw new ArgumentException(FormattableString.Invariant($"stock {pieces} is not 0 to 1000000"));
        }

        lock (shop.Gate)
        {
            shop.Shelf.SetStock(itemId, pieces);
        }
    }

    /// <summary>Lets the next thing happen to orders now; what follows comes as much earlier.</summary>
    /// <param name="orderId">One order; null for all that something is still to happen to.</param>
    /// <param name="merchantId">Orders of this merchant only; null for all.</param>
    /// <param name="steps">How many things for each order, at least 1.</param>
    /// <returns>How many things happened.</returns>
    /// <exception cref="ArgumentException">There is no such order or merchant.</exception>
    public int Advance(string? orderId = null, string? merchantId = null, int steps = 1)
    {
        MerchantDesk[] desks = merchantId is null ? [.. _desks.Values] : [Desk(merchantId)];
        int?[] happened = [.. desks.Select(d => d.Orders.Push(orderId, steps))];
        return happened.Any(h => h is not null) ? happened.Sum()!.Value : throw new ArgumentException($"there is no order '{orderId}'");
    }

    /// <summary>A person goes to the session's continue page and agrees: age is shown, the issuer has authenticated.</summary>
    /// <returns>False when there is no such open session.</returns>
    public bool Approve(string sessionId) => _desks.Values.Any(d => d.Checkout.Approve(sessionId));

    /// <summary>Sends order events to this receiver from now on.</summary>
    /// <param name="url">http or https on loopback, <c>{merchant}</c> in it for who sends; null for nowhere.</param>
    /// <param name="secret">What they are signed with; null for the one of the options.</param>
    /// <exception cref="ArgumentException">The URL or the secret cannot be.</exception>
    public void SendWebhooksTo(string? url, string? secret = null) =>
        _webhooks.Target = url is null ? null : WebhookTarget.Of(url, secret ?? _options.WebhookSecret);

    /// <summary>Completes when no order event waits to be sent.</summary>
    public Task WebhooksSettledAsync() => _webhooks.WhenIdleAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Faults.Release();
        _progress.Dispose();
        await _app.StopAsync(_stop.Token);
        await _app.DisposeAsync();
        await _webhooks.DisposeAsync();
        _signing.Dispose();
        _stop.Dispose();
    }

    private MerchantDesk Open(MerchantEntry merchant, PaymentProvider provider)
    {
        var shop = new Shop(merchant, _options.SessionCapacity, _options.AlwaysOpen);
        var book = new OrderBook(shop, _ledger, OnOrderChanged);
        _orderWriters.Add(merchant.Id, new AcpOrderWriter(shop, _site));
        _ucpOrderWriters.Add(merchant.Id, new UcpOrderWriter(shop, _site));
        return new MerchantDesk(
            new CheckoutDesk(shop, book, provider, _options.Time, _options.SessionLifetime), new OrderDesk(book, _options.Time), _site);
    }

    private WebApplication Build(PaymentProvider provider)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, _options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var services = new SimServices
        {
            Site = _site,
            Time = _options.Time,
            ApiKeys = _options.ApiKeys,
            Keys = new IdempotencyStore(_options.Time, _options.IdempotencyCapacity),
            Desks = _desks,
            Payments = new DelegatePaymentFace(provider, _options.Time),
            Control = new ControlFace(this),
            Signing = _signing,
            Platform = _platform,
            OrderCancelSchema = new Answer(200, "application/schema+json", ReadSchema()),
        };
        var pipeline = new SimPipeline(new SimRouter(services), services, Faults, _logger, _stop.Token);
        var app = builder.Build();
        app.Run(pipeline.HandleAsync);
        return app;
    }

    private static byte[] ReadSchema()
    {
        const string name = "order_cancel.schema.json";
        using var stream = typeof(MerchantWorld).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name}: is not in the program");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private DateTimeOffset? Progress() => _desks.Values.Min(d => d.Orders.Progress());

    // Under the shop's lock: the event has to hold the order as it was then.
    private void OnOrderChanged(OrderBook book, Order order, bool isNew)
    {
        var merchant = book.Shop.Merchant.Id;
        Log.OrderChanged(_logger, merchant, order.Id, order.Status);
        if (_webhooks.Target is not null)
        {
            var type = isNew ? "order_create" : "order_update";
            _webhooks.Post(order.Protocol is Protocol.Acp ? AcpEvent(merchant, order, type) : UcpEvent(merchant, order, type));
        }

        if (order.Fulfillment.NextDue is { } due)
        {
            _progress.WakeAt(due);
        }
    }

    private WebhookEvent AcpEvent(string merchant, Order order, string type)
    {
        var body = new JsonObject { ["type"] = type, ["data"] = _orderWriters[merchant].Write(order, order.Cart) };
        return new WebhookEvent(merchant, order.Id, type, Answer.Utf8(body));
    }

    private WebhookEvent UcpEvent(string merchant, Order order, string type)
    {
        var now = _options.Time.GetUtcNow();
        var written = _ucpOrderWriters[merchant].Write(order);
        written["event_id"] = $"evt_{Guid.CreateVersion7(now):N}";
        written["created_time"] = JsonRead.Time(now);
        var body = Answer.Utf8(written);
        var profile = $"{_site.UrlOf(merchant)}/.well-known/ucp";
        return new WebhookEvent(merchant, order.Id, type, body, (target, at, isForged) => _signing.SignEvent(merchant, profile, target, body, at, isForged));
    }

    private Shop ShopWith(string merchantId, string itemId)
    {
        var shop = Desk(merchantId).Shop;
        return shop.Products.ContainsKey(itemId)
            ? shop
            : throw new ArgumentException($"'{merchantId}' has no item '{itemId}'; it has {string.Join(", ", shop.Products.Keys)}");
    }

    private MerchantDesk Desk(string merchantId) => _desks.TryGetValue(merchantId, out var desk)
        ? desk
        : throw new ArgumentException($"there is no merchant '{merchantId}'; there are {string.Join(", ", _desks.Keys)}");
}
