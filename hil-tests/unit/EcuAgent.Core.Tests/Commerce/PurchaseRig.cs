using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>An engine before a merchant with faults, and a journal that outlives it.</summary>
internal sealed class PurchaseRig
{
    private int _wishes;
    private int _changes;
    private Mortal? _run;

    internal PurchaseRig(PurchaseOptions? options = null)
    {
        Options = options ?? new PurchaseOptions();
        Engine = Start();
    }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    internal TestMerchant Merchant { get; } = new();

    internal MemoryJournal Journal { get; } = new();

    internal PurchaseOptions Options { get; }

    internal PurchaseEngine Engine { get; private set; }

    internal long Charged => Merchant.Charges.Sum(charge => charge.MinorUnits);

    /// <summary>The running program dies; a new one starts with the same journal and merchant.</summary>
    internal PurchaseEngine Restart() => Engine = Start();

    internal PurchaseWish Wish(int quantity = 1, string intent = "") => new()
    {
        Id = $"p{++_wishes}",
        Merchant = Merchant.Profile,
        Order = new CheckoutOrder
        {
            Need = MerchantNeed.Food,
            Lines = [new OrderLine("beef", "beef noodles", quantity)],
            Currency = TestMerchant.Currency,
        },
        Tool = "order_food",
        Intent = intent.Length > 0 ? intent : $"wish {_wishes}",
        Summary = "the order of noodles",
        Language = "en",
    };

    internal Task<QuoteResult> QuoteAsync(int quantity = 1, string intent = "") => Engine.QuoteAsync(Wish(quantity, intent), CancellationToken.None);

    internal Task<QuoteResult> ChangeAsync(QuoteResult quote, int quantity)
    {
        var order = quote.Record.Order with { Lines = [quote.Record.Order.Lines[0] with { Quantity = quantity }] };
        return Engine.ChangeAsync(quote.Record, new PurchaseChange(order, $"wish {_wishes} of {quantity}", quote.Record.Summary, $"{++_changes}"), CancellationToken.None);
    }

    internal Task<CommitResult> CommitAsync(QuoteResult quote, TestPermit? permit = null) =>
        Engine.CommitAsync(quote.Record, permit ?? new TestPermit(), CancellationToken.None);

    internal async Task<CommitResult> BuyAsync(int quantity = 1, TestPermit? permit = null) =>
        await CommitAsync(await QuoteAsync(quantity), permit);

    private PurchaseEngine Start()
    {
        _run?.IsDead = true;
        _run = new Mortal(Merchant, Journal);
        return new PurchaseEngine(_run, _run, _run, Options, Time, NullLogger<PurchaseEngine>.Instance);
    }
}
