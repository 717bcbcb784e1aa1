using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.MerchantSim.Tests.Payments;

public sealed class LedgerTests
{
    private readonly Ledger _ledger = new(new FakeTimeProvider(Rig.Start), 10);

    [Fact]
    public void Charge_SessionTwice_OnlyOnceWhateverTheTokenAndOrder()
    {
        Assert.True(_ledger.TryCharge("m", "s", "o1", 100, "eur", "t1"));
        Assert.False(_ledger.TryCharge("m", "s", "o2", 100, "eur", "t2"));
        Assert.Single(_ledger.Entries);
    }

    [Fact]
    public void Refund_MoreThanCharged_Throws()
    {
        _ledger.TryCharge("m", "s", "o", 100, "eur", "t");
        _ledger.Refund("s", 60);
        Assert.Throws<InvalidOperationException>(() => _ledger.Refund("s", 41));
        _ledger.Refund("s", 40);
        Assert.Throws<InvalidOperationException>(() => _ledger.Refund("other", 1));
        Assert.Equal([100, 60, 40], _ledger.Entries.Select(e => e.Amount));
        Assert.All(_ledger.Entries, e => Assert.Equal(("m", "s", "o", "t"), (e.Merchant, e.Session, e.Order, e.Token)));
    }
}
