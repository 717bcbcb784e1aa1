using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.MerchantSim;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>A hot-standby pair on one journal, in a town with merchants; the car is parked, and the primary leads.</summary>
internal sealed class StandbyCommerceRig : IAsyncDisposable
{
    private readonly TemporaryFolder _journal = new();
    private readonly TemporaryFolder _registry = new();

    private StandbyCommerceRig(MerchantWorld world) => World = world;

    public MerchantWorld World { get; }

    public StandbyRig Pair { get; private set; } = null!;

    public TestBus Bus => Pair.Bus;

    public static async Task<StandbyCommerceRig> StartAsync()
    {
        var model = ModelPackage.Require();
        var rig = new StandbyCommerceRig(await MerchantWorld.StartAsync(new MerchantWorldOptions { AlwaysOpen = true }));
        try
        {
            rig.Pair = await StandbyRig.StartAsync(
                model, "--EcuAgent:Commerce:RegistryFile", rig.World.WriteRegistry(rig._registry.Path), "--EcuAgent:Journal:Directory", rig._journal.Path);
            await rig.Bus.ParkAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the journal says of each purchase, in the order in which they were begun.</summary>
    public IReadOnlyList<PurchaseRecord> Purchases()
    {
        using var journal = JournalReader.Open(_journal.Path)!;
        Assert.Empty(journal.Faults());
        return [.. journal.Latest().OrderBy(record => record.BegunAt)];
    }

    /// <summary>All states of one purchase, oldest first.</summary>
    public IReadOnlyList<PurchaseRecord> History(string id)
    {
        using var journal = JournalReader.Open(_journal.Path)!;
        return journal.History(id);
    }

    /// <summary>Completes when the journal says of all purchases what it should; it says nothing by itself.</summary>
    public async Task PurchasesAsync(Predicate<IReadOnlyList<PurchaseRecord>> match)
    {
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        while (!match(Purchases()))
        {
            await Task.Delay(20, watchdog.Token);
        }
    }

    /// <summary>Kills the one that leads, and waits until the other one does.</summary>
    public async Task KillPrimaryAsync()
    {
        var mark = Bus.Mark;
        await Pair.Primary.KillAsync();
        await Pair.SaysAsync("standby:leading:100", mark);
    }

    public async ValueTask DisposeAsync()
    {
        if (Pair is not null)
        {
            await Pair.DisposeAsync();
        }

        await World.DisposeAsync();
        _journal.Dispose();
        _registry.Dispose();
    }
}
