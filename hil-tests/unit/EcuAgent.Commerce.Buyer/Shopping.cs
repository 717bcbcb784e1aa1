using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Commerce.Buyer;

/// <summary>The adapter, the journal and the engine as the service puts them together; what is bought is the same pizza each time.</summary>
public sealed class Shopping : IDisposable
{
    /// <summary>Where it is bought.</summary>
    public const string MerchantId = "trattoria-bellavista";

    /// <summary>What is bought.</summary>
    public const string OfferId = "pizza-margherita";

    private const string Currency = "EUR";
    private const long NoCap = 100_000_000_000;

    private readonly CommerceAdapter _adapter;
    private readonly MerchantProfile _merchant;

    private Shopping(CommerceAdapter adapter, PurchaseJournal journal)
    {
        _adapter = adapter;
        Journal = journal;
        _merchant = adapter.Merchants(MerchantNeed.Food).Single(merchant => merchant.Id == MerchantId);
        var caps = new Dictionary<string, long> { [Currency] = NoCap };
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
    public static Shopping Open(string registry, string folder)
    {
        var adapter = CommerceAdapter.Open(new CommerceOptions { RegistryFile = registry });
        try
        {
            var options = new PurchaseJournalOptions { Directory = folder };
            return new Shopping(adapter, PurchaseJournal.Open(options, TimeProvider.System, NullLogger<PurchaseJournal>.Instance));
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>Has one pizza priced.</summary>
    public Task<QuoteResult> QuoteAsync(DeliveryKind delivery) => Engine.QuoteAsync(
        new PurchaseWish
        {
            Id = Guid.NewGuid().ToString(),
            Merchant = _merchant,
            Order = new CheckoutOrder
            {
                Need = MerchantNeed.Food,
                Lines = [new OrderLine(OfferId, "Pizza Margherita", 1)],
                Currency = Currency,
                Delivery = delivery,
                Place = delivery == DeliveryKind.LocalDelivery ? DeliveryPlace.Home : DeliveryPlace.None,
            },
            Tool = "order_food",
            Intent = "order_food dish=pizza",
            Summary = "Pizza Margherita",
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
