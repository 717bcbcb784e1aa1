using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>Turns ACP's checkout session into ours.</summary>
internal static class SessionMapper
{
    private const int LongestTitle = 128;
    private const int LongestRemark = 500;
    private const int MostRemarks = 50;
    private const string NamelessCode = "message";

    internal static CheckoutSession Map(MerchantEntry merchant, WireSession session, bool isCancelableLater, IEnumerable<CheckoutRemark> ownRemarks)
    {
        var state = AcpWords.StateOf(session.Status);
        var currency = session.Currency.ToUpperInvariant();
        var total = Amounts.Of(session.Totals, "total", currency);
        return new CheckoutSession
        {
            MerchantId = merchant.Id,
            SessionId = session.Id,
            State = state,
            Total = total,
            Lines = [.. session.LineItems.Select(LineOf)],
            Delivery = DeliveryOf(session),
            Remarks = [.. ownRemarks, .. RemarksOf(session)],
            ContinueAt = OrderChecks.ContinueAtOf(session.ContinueUrl),
            ExpiresAt = session.ExpiresAt,
            Order = state == CheckoutState.Completed ? OrderMapper.Map(session.Order ?? new WireOrder(), currency, session.Id, total) : null,
            IsCancelableLater = isCancelableLater,
        };
    }

    private static CheckoutLine LineOf(WireLine line)
    {
        var title = PlainText.Of(line.Name ?? line.Item.Name, LongestTitle);
        return new CheckoutLine(line.Item.Id, title.Length > 0 ? title : line.Item.Id, (int)line.Quantity, Amounts.OfLine(line.Totals, line.UnitAmount, line.Quantity));
    }

    // Where lines go different ways, the last one to arrive is the one that a person waits for.
    private static CheckoutDelivery? DeliveryOf(WireSession session) =>
        WireReader.Solid(session.SelectedFulfillmentOptions)
            .Select(selected => DeliveryOf(selected, session.FulfillmentOptions!.FirstOrDefault(option => option.Id == selected.OptionId)))
            .OrderByDescending(delivery => delivery.Until ?? delivery.From ?? DateTimeOffset.MinValue)
            .FirstOrDefault();

    private static CheckoutDelivery DeliveryOf(WireSelectedOption selected, WireOption? option)
    {
        var (from, until) = option?.Type switch
        {
            AcpWords.Pickup => (option.ReadyBy, option.ReadyBy),
            AcpWords.LocalDelivery => (option.DeliveryWindow?.Start, option.DeliveryWindow?.End),
            AcpWords.Shipping => (option.EarliestDeliveryTime, option.LatestDeliveryTime),
            _ => (null, null),
        };
        return new CheckoutDelivery(AcpWords.KindOf(option?.Type ?? selected.Type), PlainText.Of(option?.Title, LongestTitle), from, until);
    }

    // Errors first: the list is cut at its end.
    private static IEnumerable<CheckoutRemark> RemarksOf(WireSession session) =>
        session.Messages!
            .Select(message => new CheckoutRemark(
                message.Code is { } code ? ReasonWords.Of(code) : NamelessCode,
                message.Type == "error",
                AcpWords.NeedsPerson(message.Resolution, message.Code),
                PlainText.Of(message.Content, LongestRemark, message.ContentType == "markdown")))
            .OrderByDescending(remark => remark.IsError)
            .Take(MostRemarks);
}
