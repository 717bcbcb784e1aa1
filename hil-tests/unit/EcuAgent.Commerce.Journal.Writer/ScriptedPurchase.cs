using System.Globalization;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Journal.Writer;

/// <summary>Purchases that are the same in both processes: a seed gives all that is written of one.</summary>
public static class ScriptedPurchase
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 6, 12, 0, 0, TimeSpan.FromHours(2));

    private static readonly PurchaseStage[][] Ways =
    [
        [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed, PurchaseStage.Fulfilled],
        [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed, PurchaseStage.Withdrawing, PurchaseStage.Canceled],
        [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Quoted, PurchaseStage.Abandoning, PurchaseStage.Canceled],
        [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Disputed],
        [PurchaseStage.Opening, PurchaseStage.Failed],
        [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing],
    ];

    /// <summary>The id of a purchase.</summary>
    public static string Id(int seed) => new Guid(seed, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]).ToString();

    /// <summary>All states of a purchase in the order in which they are written.</summary>
    public static IReadOnlyList<PurchaseRecord> States(int seed) =>
        [.. Ways[seed % Ways.Length].Select((stage, step) => State(seed, step, stage))];

    private static PurchaseRecord State(int seed, int step, PurchaseStage stage) => new()
    {
        Id = Id(seed),
        Stage = stage,
        Reason = string.Create(CultureInfo.InvariantCulture, $"step_{step}"),
        BegunAt = Noon.AddSeconds(seed),
        WrittenAt = Noon.AddSeconds(seed).AddTicks(step),
        Order = new CheckoutOrder
        {
            Need = MerchantNeed.Food,
            Lines = [new OrderLine($"dish-{seed}", "宫保鸡丁", 1 + (seed % 3)), new OrderLine("rice", "Rice", 2)],
            Currency = "EUR",
            Delivery = DeliveryKind.LocalDelivery,
            Place = DeliveryPlace.Home,
        },
        MerchantId = $"merchant-{seed % 7}",
        MerchantName = "Golden Wok",
        Tool = "order_food",
        Intent = $"order_food dish={seed}",
        Summary = "Kung pao chicken with rice",
        Language = "en",
        SessionId = step == 0 ? "" : $"session-{seed}",
        Terms = step == 0 ? "" : new string('t', 20 + (seed * 37 % 900)),
        Total = step == 0 ? null : new Money(1000 + seed, "EUR"),
        OrderId = step < 3 ? "" : $"order-{seed}",
        Why = ["distance_m=1200", $"price={1000 + seed}"],
    };
}
