// Buys until it is killed, for tests and benchmarks. Usage: EcuAgent.Commerce.Buyer MODE REGISTRY JOURNAL
//   buy     settles what an earlier run left, then orders, takes back and abandons dinners; prints a line for each step
//   commit  prints "quoted" once one dinner is priced, then orders it
//   settle  settles what an earlier run left, once; prints what became of each, then "settled" and the milliseconds since the start
using System.Globalization;
using EcuAgent.Commerce.Buyer;
using EcuAgent.Core.Commerce;

if (args is not [var mode and ("buy" or "commit" or "settle"), var registry, var folder])
{
    Console.Error.WriteLine("usage: EcuAgent.Commerce.Buyer buy|commit|settle REGISTRY JOURNAL");
    return 2;
}

const int MostDinners = 10_000;

var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
output.WriteLine("started");
var start = TimeProvider.System.GetTimestamp();
using var shopping = Shopping.Open(registry, folder);
switch (mode)
{
    case "settle":
        await foreach (var (before, record) in shopping.Engine.SettleAsync(CancellationToken.None))
        {
            output.WriteLine($"{record.Id} {before} {record.Stage} {record.OrderId}");
        }

        var took = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"settled {took}"));
        return 0;
    case "commit":
        var dinner = await shopping.QuoteAsync(DeliveryKind.Pickup);
        output.WriteLine("quoted");
        output.WriteLine((await shopping.CommitAsync(dinner)).ToString());
        return 0;
    default:
        await foreach (var _ in shopping.Engine.SettleAsync(CancellationToken.None))
        {
            // Settled by being asked for.
        }

        output.WriteLine("buying");
        for (var number = 0; number < MostDinners; number++)
        {
            var end = await BuyAsync(shopping, number);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {end}"));
        }

        return 0;
}

static async Task<string> BuyAsync(Shopping shopping, int number)
{
    var quote = await shopping.QuoteAsync(number % 2 == 0 ? DeliveryKind.Pickup : DeliveryKind.LocalDelivery);
    if (!quote.IsReady)
    {
        return quote.Reason;
    }

    switch (number % 3)
    {
        case 0:
            var given = await shopping.Engine.AbandonAsync(quote.Record, "declined", CancellationToken.None);
            return given.Stage.ToString();
        case 1:
            var result = await shopping.CommitResultAsync(quote);
            return result.Kind == CommitKind.Placed
                ? (await shopping.Engine.WithdrawAsync(result.Record, CancellationToken.None)).Stage.ToString()
                : result.Kind.ToString();
        default:
            return (await shopping.CommitAsync(quote)).ToString();
    }
}
