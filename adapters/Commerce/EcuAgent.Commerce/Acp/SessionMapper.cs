using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>Turns ACP's checkout session into ours.</summary>
internal static class SessionMapper
{
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

    private static CheckoutLine LineOf(WireLine line) => SessionParts.Line(
        line.Item.Id, line.Name ?? line.Item.Name, line.Quantity, Amounts.OfLine(line.Totals, line.UnitAmount, line.Quantity));

    private static CheckoutDelivery? DeliveryOf(WireSession session) => SessionParts.Last(
        WireReader.Solid(session.SelectedFulfillmentOptions)
            .Select(selected => DeliveryOf(selected, session.FulfillmentOptions!.FirstOrDefault(option => option.Id == selected.OptionId))));

    private static CheckoutDelivery DeliveryOf(WireSelectedOption selected, WireOption? option)
    {
        var (from, until) = option?.Type switch
        {
            AcpWords.Pickup => (option.ReadyBy, option.ReadyBy),
            AcpWords.LocalDelivery => (option.DeliveryWindow?.Start, option.DeliveryWindow?.End),
            AcpWords.Shipping => (option.EarliestDeliveryTime, option.LatestDeliveryTime),
            _ => (null, null),
        };
        return new CheckoutDelivery(AcpWords.KindOf(option?.Type ?? selected.Type), PlainText.Of(option?.Title, SessionParts.LongestTitle), from, until);
    }

    private static IEnumerable<CheckoutRemark> RemarksOf(WireSession session) => SessionParts.Kept(session.Messages!.Select(message => SessionParts.Remark(
        message.Code is { } code ? ReasonWords.Of(code) : null,
        message.Type,
        AcpWords.NeedsPerson(message.Resolution, message.Code),
        message.Content,
        message.ContentType)));
}
