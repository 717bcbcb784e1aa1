using EcuAgent.Commerce;
using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.Scenarios.Tests.Rig;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Scenarios.Tests;

/// <summary>An order that is changed before its yes: engine, client and journal as in the service, a real merchant over HTTP.</summary>
public sealed class OrderChangeScenarios
{
    [Fact]
    public async Task QuoteChangedThereAndBackAndAgain_IsPaidOnceForWhatItIsInTheEnd()
    {
        await using var town = await TownAsync();
        var one = await town.QuoteAsync();
        var three = await town.ChangeAsync(one, order => order with { Lines = [order.Lines[0] with { Quantity = 3 }] });
        var back = await town.ChangeAsync(three, order => order with { Lines = [order.Lines[0] with { Quantity = 1 }] });
        var two = await town.ChangeAsync(back, order => order with { Lines = [order.Lines[0] with { Quantity = 2 }] });

        var late = await town.Engine.CommitAsync(one.Record, new Permit(), CancellationToken.None);
        var placed = await town.Engine.CommitAsync(two.Record, new Permit(), CancellationToken.None);

        Assert.Equal((CommitKind.Refused, CommitKind.Placed), (late.Kind, placed.Kind));
        Assert.Equal(one.Record.Total, back.Record.Total);
        Assert.Equal(one.Record.SessionId, placed.Record.SessionId);
        Assert.Equal((two.Record.Total!.Value.MinorUnits, LedgerKind.Charge), Assert.Single(town.World.Ledger) is var entry ? (entry.Amount, entry.Kind) : default);
    }

    [Fact]
    public async Task DeliveryBecomesPickup_HasTheTermsOfPickup()
    {
        await using var town = await TownAsync();
        var brought = await town.QuoteAsync(order => order with
        {
            // Three, because for less nobody comes.
            Lines = [order.Lines[0] with { Quantity = 3 }],
            Delivery = DeliveryKind.LocalDelivery,
            Place = DeliveryPlace.Home,
        });

        var fetched = await town.ChangeAsync(brought, order => order with { Delivery = DeliveryKind.Pickup, Place = DeliveryPlace.None });

        Assert.Equal((DeliveryKind.LocalDelivery, DeliveryKind.Pickup), (brought.Session!.Delivery!.Kind, fetched.Session!.Delivery!.Kind));
        Assert.Equal(CommitKind.Placed, (await town.Engine.CommitAsync(fetched.Record, new Permit(), CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task MoreThanThereIs_IsNotOrdered()
    {
        await using var town = await TownAsync();
        var one = await town.QuoteAsync();

        var refused = await town.ChangeAsync(one, order => order with { Lines = [order.Lines[0] with { Quantity = 5000 }] });

        Assert.False(refused.IsReady && refused.Record.Order.Lines[0].Quantity == 5000);
        Assert.Equal(CommitKind.Refused, (await town.Engine.CommitAsync(one.Record with { Terms = "of nobody" }, new Permit(), CancellationToken.None)).Kind);
        Assert.Empty(town.World.Ledger);
    }

    private static async Task<Town> TownAsync() => new(await MerchantWorld.StartAsync(new MerchantWorldOptions { AlwaysOpen = true }));

    private sealed class Permit : ICommitPermit
    {
        public Task<string?> RedeemAsync() => Task.FromResult<string?>(null);

        public bool StillHolds() => true;
    }

    private sealed class Town : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly CommerceAdapter _adapter;
        private readonly PurchaseJournal _journal;
        private int _changes;

        internal Town(MerchantWorld world)
        {
            World = world;
            var registry = Directory.CreateDirectory(_folder.File("registry")).FullName;
            _adapter = CommerceAdapter.Open(new CommerceOptions { RegistryFile = world.WriteRegistry(registry, TestInstruments.AlwaysPays) }, NullLoggerFactory.Instance, TimeProvider.System);
            _journal = PurchaseJournal.Open(new PurchaseJournalOptions { Directory = _folder.File("journal") }, TimeProvider.System, NullLogger<PurchaseJournal>.Instance);
            Engine = new PurchaseEngine(_adapter, _adapter, _journal, new PurchaseOptions(), TimeProvider.System, NullLogger<PurchaseEngine>.Instance);
        }

        internal MerchantWorld World { get; }

        internal PurchaseEngine Engine { get; }

        public async ValueTask DisposeAsync()
        {
            _adapter.Dispose();
            _journal.Dispose();
            await World.DisposeAsync();
            _folder.Dispose();
        }

        internal async Task<QuoteResult> QuoteAsync(Func<CheckoutOrder, CheckoutOrder>? change = null)
        {
            var merchant = _adapter.Merchants(MerchantNeed.Food).First(merchant => merchant.Name == "Trattoria Bellavista");
            var offers = await _adapter.SearchAsync(merchant.Id, new OfferQuery { Need = MerchantNeed.Food, Text = "pizza margherita" }, CancellationToken.None);
            var offer = offers.Value!.First(offer => offer.Title == "Pizza Margherita");
            var order = new CheckoutOrder
            {
                Need = MerchantNeed.Food,
                Lines = [new OrderLine(offer.OfferId, offer.Title, 1)],
                Currency = "EUR",
                Delivery = DeliveryKind.Pickup,
            };
            var quote = await Engine.QuoteAsync(
                new PurchaseWish
                {
                    Id = Guid.CreateVersion7().ToString(), Merchant = merchant, Order = change?.Invoke(order) ?? order, Tool = "order_food", Intent = "{}", Summary = "the pizza", Language = "en",
                },
                CancellationToken.None);
            Assert.True(quote.IsReady, quote.Reason);
            return quote;
        }

        internal Task<QuoteResult> ChangeAsync(QuoteResult quote, Func<CheckoutOrder, CheckoutOrder> change) => Engine.ChangeAsync(
            quote.Record, new PurchaseChange(change(quote.Record.Order), "{}", "the pizza", $"{++_changes}"), CancellationToken.None);
    }
}
