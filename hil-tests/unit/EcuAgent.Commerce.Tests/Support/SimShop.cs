using EcuAgent.MerchantSim;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>An adapter that buys in UCP at the simulated merchants, with the registry that these write; world and car share the test's clock.</summary>
internal sealed class SimShop : IAsyncDisposable
{
    internal const string Trattoria = "trattoria-bellavista";
    internal const string Hotel = "hotel-adler";
    internal const string Books = "page-one";

    private readonly DirectoryInfo _folder;

    private SimShop(MerchantWorld world, FakeTimeProvider time, DirectoryInfo folder, string registry, LogList logs)
    {
        World = world;
        Time = time;
        Logs = logs;
        _folder = folder;
        RegistryFile = registry;
        Adapter = CommerceAdapter.Open(new CommerceOptions { RegistryFile = registry, Repeats = 0 }, logs, time);
    }

    internal MerchantWorld World { get; }

    internal FakeTimeProvider Time { get; }

    internal LogList Logs { get; }

    internal string RegistryFile { get; }

    internal CommerceAdapter Adapter { get; }

    /// <summary>Begins on a Friday at 13:00 in Munich. All merchants are bought from in UCP, or those that are named.</summary>
    internal static async Task<SimShop> StartAsync(
        Func<MerchantWorldOptions, MerchantWorldOptions>? change = null, string instrument = "sim_token_pays", Action<string>? before = null, string[]? ucp = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));
        var options = new MerchantWorldOptions { Time = time, UcpSigned = true, AlwaysOpen = true };
        var world = await MerchantWorld.StartAsync(change?.Invoke(options) ?? options);
        var folder = Directory.CreateTempSubdirectory("ecuagent-commerce-sim-");
        var registry = world.WriteRegistry(folder.FullName, instrument, ucp ?? [.. world.Merchants.Select(m => m.Id)]);
        before?.Invoke(registry);
        return new SimShop(world, time, folder, registry, new LogList());
    }

    internal static CheckoutOrder Order(string item, int quantity = 1, MerchantNeed need = MerchantNeed.Food) => new()
    {
        Need = need,
        Lines = [new OrderLine(item, item, quantity)],
        Currency = "EUR",
    };

    internal Task<CommerceAnswer<CheckoutSession>> OpenAsync(CheckoutOrder order, string merchant = Trattoria, string key = "open-1") =>
        Adapter.OpenAsync(merchant, order, key, CancellationToken.None);

    internal async Task<CommerceAnswer<CheckoutSession>> PayAsync(CheckoutSession session, string key = "complete-1")
    {
        var allowance = new PaymentAllowance("purchase-1", session.MerchantId, session.SessionId, session.Total!.Value, Time.GetUtcNow().AddMinutes(10));
        var grant = await Adapter.GrantAsync(allowance, "grant-" + key, CancellationToken.None);
        Assert.True(grant.IsDone, grant.Reason);
        return await Adapter.CompleteAsync(session.MerchantId, session.SessionId, grant.Value!, key, CancellationToken.None);
    }

    internal async Task<CheckoutSession> GetAsync(CheckoutSession session) =>
        (await Adapter.GetAsync(session.MerchantId, session.SessionId, CancellationToken.None)).Value!;

    public async ValueTask DisposeAsync()
    {
        Adapter.Dispose();
        await World.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
