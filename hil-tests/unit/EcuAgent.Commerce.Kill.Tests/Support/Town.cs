using EcuAgent.Commerce.Buyer;
using EcuAgent.Core.Commerce;
using EcuAgent.MerchantSim;

namespace EcuAgent.Commerce.Kill.Tests.Support;

/// <summary>Merchants in this process, the buyer in another one that is killed, and the buyer's journal on disk.</summary>
internal sealed class Town : IAsyncDisposable
{
    private const int Pizzas = 1_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly string _registry;

    private Town(MerchantWorld world)
    {
        World = world;
        world.SetStock(Shopping.MerchantId, Shopping.OfferId, Pizzas);
        _registry = world.WriteRegistry(_folder.File("registry"));
    }

    internal MerchantWorld World { get; }

    private string Journal => _folder.File("journal");

    internal static async Task<Town> OpenAsync() => new(await MerchantWorld.StartAsync(new MerchantWorldOptions { AlwaysOpen = true }));

    internal ChildProcess StartBuyer() => ChildProcess.StartDotnet(
        Path.Combine(AppContext.BaseDirectory, "EcuAgent.Commerce.Buyer.dll"), "buy", _registry, Journal);

    /// <summary>Settles as a service would after its start, again and again until nothing is undecided, and reads the journal.</summary>
    internal async Task<IReadOnlyList<PurchaseRecord>> SettledAsync()
    {
        using var shopping = Shopping.Open(_registry, Journal);
        using var limit = new CancellationTokenSource(Domains.Watchdog);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            _ = await shopping.Engine.SettleAsync(limit.Token).ToListAsync();
            var journal = await shopping.Journal.SinceAsync(DateTimeOffset.MinValue, limit.Token);
            if (!journal.Any(record => record.IsUndecided))
            {
                return journal;
            }

            // The merchant is still at a request from before the kill.
            await again.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        _folder.Dispose();
    }
}
