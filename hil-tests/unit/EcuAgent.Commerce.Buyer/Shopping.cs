using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Commerce.Buyer;

/// <summary>The adapter, the journal and the engine as the service puts them together; what is bought is the same each time.</summary>
public sealed class Shopping : IDisposable
{
    /// <summary>Where it is bought.</summary>
    public const string MerchantId = "trattoria-bellavista";

    /// <summary>What is bought.</summary>
    public const string OfferId = "pizza-margherita";

    private const long NoCap = 100_000_000_000;

    private readonly CommerceAdapter _adapter;
    private readonly MerchantProfile _merchant;
    private readonly Goods _goods;

    private Shopping(CommerceAdapter adapter, PurchaseJournal journal, Goods goods)
    {
        _adapter = adapter;
        _goods = goods;
        Journal = journal;
        _merchant = adapter.Merchants(goods.Need).Single(merchant => merchant.Id == goods.MerchantId);
        var caps = new Dictionary<string, long> { [goods.Currency] = NoCap };
        Engine = new PurchaseEngine(
            adapter,
            adapter,
            journal,
            new PurchaseOptions { Caps = new SpendingCaps(caps, caps, caps) },
            TimeProvider.System,
            NullLogger<PurchaseEngine>.Instance);
    }

    /// <summary>The engine.</summary>
    public PurchaseEngine Engine { get; }

    /// <summary>The journal.</summary>
    public PurchaseJournal Journal { get; }

    /// <summary>Opens all of it.</summary>
    /// <param name="registry">Path of the registry.</param>
    /// <param name="folder">Where the journal is.</param>
    /// <param name="goods">What is bought; null for one pizza.</param>
    public static Shopping Open(string registry, string folder, Goods? goods = null)
    {
        var adapter = CommerceAdapter.Open(new CommerceOptions { RegistryFile = registry });
        try
        {
            var options = new PurchaseJournalOptions { Directory = folder };
            return new Shopping(adapter, PurchaseJournal.Open(options, TimeProvider.System, NullLogger<PurchaseJournal>.Instance), goods ?? Goods.Pizza);
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>Has it priced.</summary>
    public Task<QuoteResult> QuoteAsync(DeliveryKind delivery, int quantity = 1) => Engine.QuoteAsync(
        new PurchaseWish
        {
            Id = Guid.NewGuid().ToString(),
            Merchant = _merchant,
            Order = new CheckoutOrder
            {
                Need = _goods.Need,
                Lines = [new OrderLine(_goods.OfferId, _goods.Title, quantity)],
                Currency = _goods.Currency,
                Delivery = delivery,
                Place = delivery is DeliveryKind.LocalDelivery or DeliveryKind.Shipping ? DeliveryPlace.Home : DeliveryPlace.None,
            },
            Tool = "order_food",
            Intent = $"order_food dish={_goods.OfferId}",
            Summary = _goods.Title,
            Language = "en",
        },
        CancellationToken.None);

    /// <summary>Orders what was priced.</summary>
    public Task<CommitResult> CommitResultAsync(QuoteResult quote) =>
        Engine.CommitAsync(quote.Record, new YesToAll(), CancellationToken.None);

    /// <summary>Orders what was priced, and says what came of it.</summary>
    public async Task<CommitKind> CommitAsync(QuoteResult quote) => (await CommitResultAsync(quote)).Kind;

    public void Dispose()
    {
        Journal.Dispose();
        _adapter.Dispose();
    }

    /// <summary>Parked for good: the gate is not what is tried here.</summary>
    private sealed class YesToAll : ICommitPermit
    {
        public Task<string?> RedeemAsync() => Task.FromResult<string?>(null);

        public bool StillHolds() => true;
    }
}
