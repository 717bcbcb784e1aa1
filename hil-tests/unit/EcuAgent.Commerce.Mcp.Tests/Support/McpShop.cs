using EcuAgent.MerchantSim;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>An adapter whose one merchant speaks MCP, and the provider of a simulator where there is one.</summary>
internal sealed class McpShop : IDisposable
{
    private readonly RegistryFolder _folder = new();

    internal McpShop(Uri url, MerchantWorld? world = null, Func<CommerceOptions, CommerceOptions>? set = null)
    {
        _folder.Write("merchant.key", SdkServer.Token);
        _folder.Write("provider.key", MerchantWorldOptions.DefaultApiKey);
        _folder.Write("instrument", "sim_token_pays");
        var merchant = RegistryFolder.Merchant(MerchantOverMcp.Merchant, url.ToString());
        merchant["protocol"] = "mcp";
        merchant["feed"] = "en";
        var registry = RegistryFolder.Registry();
        registry["merchants"] = new JsonArray(merchant);
        registry["payment"] = RegistryFolder.Payment(world?.PaymentUrl.ToString() ?? "http://127.0.0.1:9/psp");
        registry["payment"]!["merchantIds"] = new JsonObject { [MerchantOverMcp.Merchant] = MerchantOverMcp.Merchant };
        _folder.WriteRegistry(registry);
        var options = new CommerceOptions
        {
            RegistryFile = _folder.File,
            Repeats = 0,
            CallTimeout = TimeSpan.FromMinutes(1),
            AttemptTimeout = TimeSpan.FromSeconds(30),
            CompleteTimeout = TimeSpan.FromSeconds(30),
        };
        Adapter = McpCommerce.Open(set?.Invoke(options) ?? options, Logs);
    }

    internal CommerceAdapter Adapter { get; }

    internal LogList Logs { get; } = new();

    internal static CheckoutOrder Order(string offer, string currency = "EUR") => new()
    {
        Need = MerchantNeed.Food,
        Lines = [new OrderLine(offer, offer, 1)],
        Currency = currency,
        Delivery = DeliveryKind.Pickup,
    };

    internal Task<CommerceAnswer<CheckoutSession>> OpenAsync(string offer = "pizza") =>
        Adapter.OpenAsync(MerchantOverMcp.Merchant, Order(offer), "key-open", CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> GetAsync(string session) =>
        Adapter.GetAsync(MerchantOverMcp.Merchant, session, CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> CompleteAsync(string session, string token = "vt_planted") =>
        Adapter.CompleteAsync(MerchantOverMcp.Merchant, session, new PaymentGrant(token), "key-complete", CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> CancelAsync(string session) =>
        Adapter.CancelAsync(MerchantOverMcp.Merchant, session, "key-cancel", CancellationToken.None);

    public void Dispose()
    {
        Adapter.Dispose();
        _folder.Dispose();
    }
}
