using System.Diagnostics;
using EcuAgent.Bench.Service;
using EcuAgent.Commerce.Buyer;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Bench.Commerce;

/// <summary>
/// Orders a second of the engine with its journal, from the wish to the receipt, beside the bare requests. The two take turns, so that they meet
/// the same load and the same merchant.
/// </summary>
internal static class OrdersBench
{
    private const int WarmUp = 20;

    internal static async Task<Outcome> RunAsync(int orders)
    {
        var folder = Directory.CreateTempSubdirectory("ecuagent-bench-orders-");
        try
        {
            using var merchants = await MerchantProcess.StartAsync(Path.Combine(folder.FullName, "registry"));
            using var shopping = Shopping.Open(merchants.Registry, Path.Combine(folder.FullName, "journal"));
            using var plain = new PlainOrder(merchants);
            for (var i = 0; i < WarmUp; i++)
            {
                await OrderAsync(shopping);
                await plain.BuyAsync();
            }

            var (engine, bare) = (new Distribution(), new Distribution());
            for (var i = 0; i < orders; i++)
            {
                var begin = Stopwatch.GetTimestamp();
                await OrderAsync(shopping);
                engine.AddSince(begin);
                begin = Stopwatch.GetTimestamp();
                await plain.BuyAsync();
                bare.AddSince(begin);
            }

            var records = await shopping.Journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None);
            var charged = await merchants.ChargedSessionsAsync();
            var ours = records.Select(record => record.SessionId).ToHashSet(StringComparer.Ordinal);
            var paid = charged.Count(ours.Contains);
            var ok = records.Count == orders + WarmUp && records.All(record => record.Stage == PurchaseStage.Placed) && paid == records.Count;
            return new Outcome(ok, new
            {
                between = "wish in hand and receipt in hand: quote, commit, settle, each state synced to the disk; beside it the bare requests by HttpClient",
                orders,
                requests_of_one_order = PlainOrder.Requests,
                orders_a_second = Rate(engine),
                order_p50_ms = engine.At(0.5),
                order_p99_ms = engine.At(0.99),
                bare_orders_a_second = Rate(bare),
                bare_p50_ms = bare.At(0.5),
                bare_p99_ms = bare.At(0.99),
                ratio_to_bare_p50 = Math.Round(engine.At(0.5) / bare.At(0.5), 2),
                ratio_to_bare_p99 = Math.Round(engine.At(0.99) / bare.At(0.99), 2),
                placed_in_the_journal = records.Count,
                charged_at_the_merchant = paid,
                ok,
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Rate(Distribution times) => Math.Round(1000 / times.Mean(), 1);

    private static async Task OrderAsync(Shopping shopping)
    {
        var quote = await shopping.QuoteAsync(DeliveryKind.Pickup);
        var end = quote.IsReady ? await shopping.CommitAsync(quote) : CommitKind.Refused;
        if (end != CommitKind.Placed)
        {
            throw new InvalidOperationException($"an order ended as {end}, {quote.Reason}");
        }
    }
}
