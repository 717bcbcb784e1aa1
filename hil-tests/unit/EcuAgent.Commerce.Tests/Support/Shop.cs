using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>An adapter with a real registry for one merchant and one provider; the clock is real unless the test takes it over.</summary>
internal sealed class Shop : IDisposable
{
    internal const string Merchant = "trattoria";

    private readonly RegistryFolder _folder = new();

    internal Shop(
        string url,
        bool ownClock = false,
        int repeats = 0,
        Action<JsonObject>? change = null,
        Func<CommerceOptions, CommerceOptions>? set = null,
        Dialect? dialect = null)
    {
        var registry = RegistryFolder.Registry(url, url);
        dialect?.Speak(registry);
        change?.Invoke(registry);
        _folder.WriteRegistry(registry);
        var options = new CommerceOptions { RegistryFile = _folder.File, Repeats = repeats };
        if (!ownClock)
        {
            // On the wall's clock no test is about time: a machine that is busy elsewhere must not look like a silent server.
            options = options with { CallTimeout = TimeSpan.FromMinutes(2), AttemptTimeout = TimeSpan.FromMinutes(1), CompleteTimeout = TimeSpan.FromMinutes(2), ConnectTimeout = TimeSpan.FromSeconds(30) };
        }

        Adapter = CommerceAdapter.Open(set?.Invoke(options) ?? options, Logs, ownClock ? Time : TimeProvider.System);
    }

    internal CommerceAdapter Adapter { get; }

    /// <summary>What ends with it.</summary>
    internal List<IDisposable> Owned { get; } = [];

    internal LogList Logs { get; } = new();

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 16, 0, 0, TimeSpan.Zero));

    internal static CheckoutOrder Order => new()
    {
        Need = MerchantNeed.Food,
        Lines = [new OrderLine("pizza", "Pizza", 1)],
        Currency = "EUR",
    };

    internal static PaymentAllowance Allowance { get; } = new(
        "purchase-1", Merchant, Sessions.Id, new Money(1590, "EUR"), new DateTimeOffset(2026, 5, 4, 16, 15, 0, TimeSpan.Zero));

    internal Task<CommerceAnswer<CheckoutSession>> OpenAsync(CheckoutOrder? order = null, string key = "key-open") =>
        Adapter.OpenAsync(Merchant, order ?? Order, key, CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> UpdateAsync(CheckoutOrder? order = null, string key = "key-update") =>
        Adapter.UpdateAsync(Merchant, Sessions.Id, order ?? Order, key, CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> GetAsync(string session = Sessions.Id) =>
        Adapter.GetAsync(Merchant, session, CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> CompleteAsync(string key = "key-complete") =>
        Adapter.CompleteAsync(Merchant, Sessions.Id, new PaymentGrant("vt_planted_token"), key, CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> CancelAsync(string key = "key-cancel") =>
        Adapter.CancelAsync(Merchant, Sessions.Id, key, CancellationToken.None);

    internal Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(string key = "key-cancel-order") =>
        Adapter.CancelOrderAsync(Merchant, Sessions.Id, Sessions.OrderId, key, CancellationToken.None);

    internal Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance? allowance = null, string key = "key-grant") =>
        Adapter.GrantAsync(allowance ?? Allowance, key, CancellationToken.None);

    internal Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(
        string text = "", IReadOnlyList<string>? diets = null, MerchantNeed need = MerchantNeed.Food, string? kind = null) =>
        Adapter.SearchAsync(Merchant, new OfferQuery { Need = need, Text = text, Diets = diets ?? [], Kind = kind }, CancellationToken.None);

    public void Dispose()
    {
        Adapter.Dispose();
        Owned.ForEach(owned => owned.Dispose());
        _folder.Dispose();
    }
}
