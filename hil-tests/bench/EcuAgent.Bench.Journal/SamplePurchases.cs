using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Bench.Journal;

/// <summary>Dinners that are ordered and delivered, five states each, one after the other without end.</summary>
internal static class SamplePurchases
{
    private static readonly PurchaseStage[] Way =
        [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed, PurchaseStage.Fulfilled];

    internal static IEnumerable<PurchaseRecord> States()
    {
        while (true)
        {
            var record = Opening();
            foreach (var stage in Way)
            {
                record = At(record, stage);
                yield return record;
            }
        }
    }

    private static PurchaseRecord Opening() => new()
    {
        Id = Guid.NewGuid().ToString(),
        Stage = PurchaseStage.Opening,
        Reason = CommerceReasons.Done,
        BegunAt = TimeProvider.System.GetUtcNow(),
        WrittenAt = TimeProvider.System.GetUtcNow(),
        Order = new CheckoutOrder
        {
            Need = MerchantNeed.Food,
            Lines = [new OrderLine("dish-17", "宫保鸡丁", 1), new OrderLine("rice-2", "Steamed rice", 2)],
            Currency = "EUR",
            Delivery = DeliveryKind.LocalDelivery,
            Place = DeliveryPlace.Home,
            ArriveAt = TimeProvider.System.GetUtcNow().AddMinutes(50),
        },
        MerchantId = "golden-wok",
        MerchantName = "Golden Wok",
        Tool = "order_food",
        Intent = "order_food dish=kung_pao quantity=1 place=home",
        Summary = "Kung pao chicken and two rice from Golden Wok, home at 18:50",
        Language = "en",
        Why = ["distance_m=1200", "price_minor=2140", "rating=4.6", "preference=spicy"],
    };

    private static PurchaseRecord At(PurchaseRecord record, PurchaseStage stage) => stage switch
    {
        PurchaseStage.Opening => record,
        PurchaseStage.Quoted => record with
        {
            Stage = stage,
            WrittenAt = TimeProvider.System.GetUtcNow(),
            SessionId = "checkout_session_0123456789abcdef",
            Terms = "golden-wok\u001fdish-17*1=1490\u001frice-2*2=400\u001f2140EUR\u001fLocalDelivery@202605061830@202605061850",
            Total = new Money(2140, "EUR"),
            ReadyAt = record.Order.ArriveAt,
        },
        PurchaseStage.Placed => record with
        {
            Stage = stage,
            WrittenAt = TimeProvider.System.GetUtcNow(),
            OrderId = "ord_0123456789abcdef",
            OrderNumber = "4711",
            Charged = record.Total,
            IsCancelableLater = true,
        },
        _ => record with { Stage = stage, WrittenAt = TimeProvider.System.GetUtcNow() },
    };
}
