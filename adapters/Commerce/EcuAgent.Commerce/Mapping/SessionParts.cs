using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Mapping;

/// <summary>Parts of a session that are made alike in every protocol: bounded, and fit to be shown.</summary>
internal static class SessionParts
{
    /// <summary>Longest title of an item or of a way of delivery, in characters.</summary>
    internal const int LongestTitle = 128;

    private const int LongestRemark = 500;
    private const int MostRemarks = 50;
    private const string NamelessCode = "message";

    /// <summary>A line; one without a title is called by its item's id.</summary>
    internal static CheckoutLine Line(string itemId, string? title, long quantity, long total)
    {
        var shown = PlainText.Of(title, LongestTitle);
        return new CheckoutLine(itemId, shown.Length > 0 ? shown : itemId, (int)quantity, total);
    }

    /// <summary>A merchant's message.</summary>
    /// <param name="reason">Its code as a reason; null where it has none.</param>
    /// <param name="type">Its type; <c>error</c> is one.</param>
    /// <param name="needsPerson">True where only a person can settle it.</param>
    /// <param name="content">Its text.</param>
    /// <param name="contentType">What the text is.</param>
    internal static CheckoutRemark Remark(string? reason, string type, bool needsPerson, string? content, string? contentType) =>
        new(reason ?? NamelessCode, type == "error", needsPerson, PlainText.Of(content, LongestRemark, contentType == "markdown"));

    /// <summary>The remarks that are kept. Errors first: the list is cut at its end.</summary>
    internal static IEnumerable<CheckoutRemark> Kept(IEnumerable<CheckoutRemark> remarks) =>
        remarks.OrderByDescending(remark => remark.IsError).Take(MostRemarks);

    /// <summary>Where lines go different ways, the last one to arrive is the one that a person waits for.</summary>
    internal static CheckoutDelivery? Last(IEnumerable<CheckoutDelivery> deliveries) =>
        deliveries.OrderByDescending(delivery => delivery.Until ?? delivery.From ?? DateTimeOffset.MinValue).FirstOrDefault();
}
