using System.Text.Json;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Journal.Tests.Support;

/// <summary>Records for tests.</summary>
internal static class Purchase
{
    internal static readonly DateTimeOffset Noon = new(2026, 5, 6, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A way from the beginning to each stage, the stage included.</summary>
    internal static readonly IReadOnlyDictionary<PurchaseStage, PurchaseStage[]> Ways = new Dictionary<PurchaseStage, PurchaseStage[]>
    {
        [PurchaseStage.Opening] = [PurchaseStage.Opening],
        [PurchaseStage.Quoted] = [PurchaseStage.Opening, PurchaseStage.Quoted],
        [PurchaseStage.Committing] = [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing],
        [PurchaseStage.Placed] = [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed],
        [PurchaseStage.Withdrawing] = [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed, PurchaseStage.Withdrawing],
        [PurchaseStage.Abandoning] = [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Abandoning],
        [PurchaseStage.Fulfilled] = [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed, PurchaseStage.Fulfilled],
        [PurchaseStage.Canceled] = [PurchaseStage.Opening, PurchaseStage.Canceled],
        [PurchaseStage.Failed] = [PurchaseStage.Opening, PurchaseStage.Failed],
        [PurchaseStage.Disputed] = [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Disputed],
    };

    /// <summary>A purchase that is just opened.</summary>
    internal static PurchaseRecord New(int number = 1, string merchant = "wok", DateTimeOffset? begun = null) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]).ToString(),
        Stage = PurchaseStage.Opening,
        Reason = "done",
        BegunAt = begun ?? Noon.AddMinutes(number),
        WrittenAt = begun ?? Noon.AddMinutes(number),
        Order = new CheckoutOrder { Need = MerchantNeed.Food, Lines = [new OrderLine("noodles", "Noodles", number)], Currency = "EUR" },
        MerchantId = merchant,
        MerchantName = "Wok",
    };

    /// <summary>A record with a value in every member.</summary>
    internal static PurchaseRecord Full() => new()
    {
        Id = "0b7f2f0e-3c5b-4a56-9a53-6d5b0f3c1a77",
        Stage = PurchaseStage.Opening,
        Reason = "needs_screen",
        BegunAt = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(8)).AddTicks(1234567),
        WrittenAt = new DateTimeOffset(2026, 5, 6, 1, 8, 10, TimeSpan.FromHours(-3.5)).AddTicks(1),
        Order = new CheckoutOrder
        {
            Need = MerchantNeed.Hotel,
            Lines = [new OrderLine("room/1", "Doppelzimmer \"Süd\" 双人房", 1), new OrderLine("breakfast", "", 2)],
            Currency = "CNY",
            Delivery = DeliveryKind.Digital,
            Place = DeliveryPlace.Work,
            ArriveAt = Noon.AddHours(6.5),
            Day = new DateOnly(2026, 12, 31),
            Nights = 3,
            People = 2,
        },
        MerchantId = "merchant/1",
        MerchantName = "旅馆",
        Tool = "book_hotel",
        Intent = "book_hotel nights=3",
        Summary = "三晚，双人房 🛏",
        Language = "zh-Hans",
        SessionId = "cs_1",
        Terms = "merchant\u001froom/1*1=3\u001f\0\"<&>",
        Total = new Money(long.MaxValue, "CNY"),
        ReadyAt = Noon.AddHours(7),
        OrderId = "ord_1",
        OrderNumber = "№ 7",
        Charged = new Money(-1, null),
        IsCancelableLater = true,
        MayBeOrdered = true,
        IsUntold = true,
        Why = ["distance_m=1200", "", "rating=4.5"],
    };

    internal static PurchaseRecord To(this PurchaseRecord record, PurchaseStage stage, string reason = "done") =>
        record with { Stage = stage, Reason = reason, WrittenAt = record.WrittenAt.AddSeconds(1) };

    /// <summary>Writes a purchase from its beginning to a stage.</summary>
    internal static async Task<PurchaseRecord> WriteToAsync(this PurchaseJournal journal, PurchaseRecord opening, PurchaseStage stage)
    {
        var record = opening;
        foreach (var next in Ways[stage])
        {
            record = next == PurchaseStage.Opening ? opening : record.To(next);
            await journal.WriteAsync(record, CancellationToken.None);
        }

        return record;
    }

    /// <summary>Everything in a record; two that say the same have the same text, offsets of times included.</summary>
    internal static string Text(this PurchaseRecord? record) => JsonSerializer.Serialize(record);

    internal static string[] Texts(this IEnumerable<PurchaseRecord> records) => [.. records.Select(record => record.Text())];
}
