using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>Two services on one journal, and one at a time works on it.</summary>
public sealed class JournalTurnTests
{
    private readonly PurchaseRig _rig = new();
    private readonly OneLock _lock = new();
    private readonly Side _first;
    private readonly Side _second;

    public JournalTurnTests() => (_first, _second) = (new Side(_rig, _lock, leads: true), new Side(_rig, _lock, leads: false));

    [Fact]
    public async Task Follower_TouchesNothing()
    {
        var quote = await _first.Engine.QuoteAsync(_rig.Wish(), CancellationToken.None);

        Assert.Empty(await SettledAsync(_second));
        Assert.Equal(CommerceReasons.NotRecorded, (await _second.Engine.QuoteAsync(_rig.Wish(), CancellationToken.None)).Reason);
        Assert.Equal(CommitKind.Refused, (await _second.Engine.CommitAsync(quote.Record, new TestPermit(), CancellationToken.None)).Kind);
        Assert.Equal(CommitKind.Placed, (await _first.Engine.CommitAsync(quote.Record, new TestPermit(), CancellationToken.None)).Kind);
        Assert.Single(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task BothLead_OnlyTheOneWithTheLockCommitsAndSettles()
    {
        var quote = await _first.Engine.QuoteAsync(_rig.Wish(), CancellationToken.None);
        _second.Leads = true;

        Assert.Empty(await SettledAsync(_second));
        Assert.Equal(CommitKind.Refused, (await _second.Engine.CommitAsync(quote.Record, new TestPermit(), CancellationToken.None)).Kind);
        Assert.True(_second.Turn.IsRefused);
        Assert.Equal(CommitKind.Placed, (await _first.Engine.CommitAsync(quote.Record, new TestPermit(), CancellationToken.None)).Kind);
        Assert.Single(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task LeadLostInMidOrder_LockStaysUntilTheOrderEnded_AndTheOtherOneTellsIt()
    {
        var quote = await _first.Engine.QuoteAsync(_rig.Wish(), CancellationToken.None);
        IReadOnlyList<(PurchaseStage, PurchaseRecord)>? meanwhile = null;
        _rig.Merchant.OnCompleted = _ =>
        {
            (_first.Leads, _second.Leads) = (false, true);
            meanwhile = SettledAsync(_second).GetAwaiter().GetResult();
        };

        var result = await _first.Engine.CommitAsync(quote.Record, new TestPermit(), CancellationToken.None);
        Assert.Equal((CommitKind.Placed, true), (result.Kind, result.Record.WaitsToBeTold));
        Assert.Empty(meanwhile!);

        // Nobody heard what the first one said.
        await _first.Engine.ToldAsync(result.Record, CancellationToken.None);
        var (before, told) = Assert.Single(await SettledAsync(_second));
        Assert.Equal((PurchaseStage.Committing, PurchaseStage.Placed), (before, told.Stage));
        Assert.False(_second.Turn.IsRefused);
        Assert.Empty(await SettledAsync(_second));
        Assert.Single(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task LeadLostInMidOrderAndGotBack_IsToldByTheOneThatOrderedIt()
    {
        var quote = await _first.Engine.QuoteAsync(_rig.Wish(), CancellationToken.None);
        _rig.Merchant.OnCompleted = _ => _first.Leads = false;
        var result = await _first.Engine.CommitAsync(quote.Record, new TestPermit(), CancellationToken.None);
        await _first.Engine.ToldAsync(result.Record, CancellationToken.None);
        Assert.True(_rig.Journal.All[0].IsUntold);

        _first.Leads = true;

        var (_, told) = Assert.Single(await SettledAsync(_first));
        Assert.Equal(PurchaseStage.Placed, told.Stage);
        Assert.Empty(await SettledAsync(_first));
        Assert.False(_rig.Journal.All[0].IsUntold);
    }

    [Fact]
    public void Renew_AfterTheOtherOneLetGo_EndsTheRefusalWithoutAnyWork()
    {
        var use = _first.Turn.TryUse();
        _second.Leads = true;
        Assert.Null(_second.Turn.TryUse());
        _second.Turn.Renew();
        Assert.True(_second.Turn.IsRefused);

        _first.Leads = false;
        use!.Dispose();
        _second.Turn.Renew();

        Assert.False(_second.Turn.IsRefused);
        Assert.Same(_second.Key, _lock.Owner);
    }

    [Fact]
    public async Task KilledBetweenTheReceiptAndItsWords_TheNextRunTellsItOnce()
    {
        var result = await _rig.BuyAsync();
        Assert.Equal(CommitKind.Placed, result.Kind);
        Assert.Empty(await SettledAsync(_rig.Engine));

        var (_, told) = Assert.Single(await SettledAsync(_rig.Restart()));

        Assert.Equal((result.Record.Id, PurchaseStage.Placed), (told.Id, told.Stage));
        Assert.Empty(await SettledAsync(_rig.Restart()));
    }

    [Fact]
    public async Task ToldInTime_IsNotToldAgain()
    {
        var result = await _rig.BuyAsync();
        await _rig.Engine.ToldAsync(result.Record, CancellationToken.None);

        Assert.Empty(await SettledAsync(_rig.Restart()));
        Assert.False(_rig.Journal.All[0].IsUntold);
    }

    [Fact]
    public void Renew_WhileLeadingOrAtWork_KeepsTheLock()
    {
        var use = _first.Turn.TryUse();
        Assert.NotNull(use);
        _first.Turn.Renew();
        Assert.Same(_first.Key, _lock.Owner);

        _first.Leads = false;
        _first.Turn.Renew();
        Assert.Same(_first.Key, _lock.Owner);
        Assert.Null(_first.Turn.TryUse());

        use.Dispose();
        use.Dispose();
        Assert.Null(_lock.Owner);
    }

    private static Task<List<(PurchaseStage, PurchaseRecord)>> SettledAsync(Side side) => SettledAsync(side.Engine);

    private static async Task<List<(PurchaseStage, PurchaseRecord)>> SettledAsync(PurchaseEngine engine) =>
        await engine.SettleAsync(CancellationToken.None).ToListAsync();

    private sealed class OneLock
    {
        public object? Owner { get; set; }
    }

    private sealed class Side
    {
        public Side(PurchaseRig rig, OneLock owners, bool leads)
        {
            Leads = leads;
            Key = new Mine(owners);
            Turn = new JournalTurn(Key, () => Leads);
            var run = new Mortal(rig.Merchant, rig.Journal);
            Engine = new PurchaseEngine(run, run, run, rig.Options, rig.Time, NullLogger<PurchaseEngine>.Instance, Turn);
        }

        public bool Leads { get; set; }

        public Mine Key { get; }

        public JournalTurn Turn { get; }

        public PurchaseEngine Engine { get; }
    }

    private sealed class Mine(OneLock owners) : IJournalLock
    {
        public bool TryTake()
        {
            owners.Owner ??= this;
            return owners.Owner == this;
        }

        public void Release() => owners.Owner = owners.Owner == this ? null : owners.Owner;
    }
}
