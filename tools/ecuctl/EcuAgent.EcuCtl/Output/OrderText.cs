using System.Globalization;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;

namespace EcuAgent.EcuCtl.Output;

/// <summary>Purchases as lines for a person.</summary>
internal static class OrderText
{
    /// <summary>One purchase in a line.</summary>
    public static string Line(PurchaseRecord record) => string.Join("  ", new[]
    {
        Time(record.BegunAt), record.Id, $"{record.Stage,-10}", record.MerchantName, Items(record), Amount(record.Charged ?? record.Total), record.OrderNumber,
    }.Where(part => part.Length > 0));

    /// <summary>Everything about one purchase: why it was suggested, what was agreed, and its states.</summary>
    /// <param name="history">All its states, oldest first, at least one.</param>
    public static IReadOnlyList<string> Explain(IReadOnlyList<PurchaseRecord> history)
    {
        var now = history[^1];
        return
        [
            $"order      {now.Id}{(now.OrderNumber.Length > 0 ? $", number {now.OrderNumber}" : "")}",
            $"wish       {now.Summary} ({now.Tool})",
            $"merchant   {now.MerchantName} ({now.MerchantId})",
            $"items      {Items(now)}",
            $"agreed     {Amount(now.Total)}",
            $"charged    {Amount(now.Charged)}",
            "suggested because",
            .. now.Why.Count > 0 ? now.Why.Select(reason => $"  {reason}") : ["  nothing was compared"],
            "what became of it",
            .. history.Select(state => $"  {Time(state.WrittenAt)}  {state.Stage,-11} {state.Reason}"),
        ];
    }

    private static string Items(PurchaseRecord record) => string.Join(" + ", record.Order.Lines.Select(line => $"{line.Quantity} x {line.Title}"));

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Amount(Money? money) => money is { } known ? $"{known.ToMajor().ToString("0.00", CultureInfo.InvariantCulture)} {known.Currency}" : "-";
}
