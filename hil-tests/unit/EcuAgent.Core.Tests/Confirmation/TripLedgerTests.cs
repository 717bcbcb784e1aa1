using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using Xunit;

namespace EcuAgent.Core.Tests.Confirmation;

public class TripLedgerTests
{
    private readonly TripLedger ledger = new();

    [Fact]
    public void Spent_BeforeATripBegan_IsNotKnown() => Assert.Null(ledger.Spent("EUR"));

    [Fact]
    public void Spent_AddsUpByCurrencyUntilTheNextTrip()
    {
        ledger.StartTrip();
        ledger.Add(new Money(100, "EUR"));
        ledger.Add(new Money(250, "EUR"));
        ledger.Add(new Money(7, "CNY"));

        Assert.Equal(new Money(350, "EUR"), ledger.Spent("EUR"));
        Assert.Equal(new Money(7, "CNY"), ledger.Spent("CNY"));

        ledger.StartTrip();
        Assert.Equal(new Money(0, "EUR"), ledger.Spent("EUR"));
    }

    [Fact]
    public void Add_NegativeOrOverflowing_MakesTheTripUnknown()
    {
        ledger.StartTrip();
        ledger.Add(new Money(-5, "EUR"));
        Assert.Null(ledger.Spent("EUR"));

        ledger.StartTrip();
        ledger.Add(new Money(long.MaxValue, "EUR"));
        ledger.Add(new Money(1, "EUR"));
        Assert.Null(ledger.Spent("EUR"));
    }

    [Fact]
    public void Add_MoreCurrenciesThanKept_MakesTheTripUnknown()
    {
        ledger.StartTrip();
        for (char letter = 'A'; letter < 'A' + TripLedger.MaximumCurrencies; letter++)
        {
            ledger.Add(new Money(1, "AA" + letter));
        }

        Assert.NotNull(ledger.Spent("AAA"));
        ledger.Add(new Money(1, "ZZZ"));
        Assert.Null(ledger.Spent("AAA"));
    }
}
