using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// What a state keeps besides the columns that are searched, as JSON. A property that is added needs a default: older rows lack it.
/// </summary>
internal sealed record PurchaseDetails
{
    public required DateTimeOffset BegunAt { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public required string MerchantName { get; init; }

    public string Tool { get; init; } = "";

    public string Intent { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Language { get; init; } = "";

    public string SessionId { get; init; } = "";

    public string Terms { get; init; } = "";

    public Money? Total { get; init; }

    public DateTimeOffset? ReadyAt { get; init; }

    public string OrderId { get; init; } = "";

    public string OrderNumber { get; init; } = "";

    public Money? Charged { get; init; }

    public bool IsCancelableLater { get; init; }

    public bool MayBeOrdered { get; init; }

    public bool IsUntold { get; init; }

    public IReadOnlyList<string> Why { get; init; } = [];

    internal static PurchaseDetails Of(PurchaseRecord record) => new()
    {
        BegunAt = record.BegunAt,
        WrittenAt = record.WrittenAt,
        MerchantName = record.MerchantName,
        Tool = record.Tool,
        Intent = record.Intent,
        Summary = record.Summary,
        Language = record.Language,
        SessionId = record.SessionId,
        Terms = record.Terms,
        Total = record.Total,
        ReadyAt = record.ReadyAt,
        OrderId = record.OrderId,
        OrderNumber = record.OrderNumber,
        Charged = record.Charged,
        IsCancelableLater = record.IsCancelableLater,
        MayBeOrdered = record.MayBeOrdered,
        IsUntold = record.IsUntold,
        Why = record.Why,
    };
}
