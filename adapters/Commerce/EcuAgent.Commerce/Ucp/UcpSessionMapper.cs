using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Ucp;

/// <summary>Turns UCP's checkout into our session.</summary>
internal static class UcpSessionMapper
{
    /// <param name="merchant">Whose it is.</param>
    /// <param name="session">The checkout.</param>
    /// <param name="placed">Its order, where that was read; a checkout names no more than the id.</param>
    /// <param name="lacksDelivery">True where it has to be brought or fetched and the session does not say how.</param>
    /// <param name="isCancelableLater">Whether the merchant takes orders back.</param>
    /// <param name="ownRemarks">What the car has to say.</param>
    internal static CheckoutSession Map(
        MerchantEntry merchant, WireCheckout session, WireOrder? placed, bool lacksDelivery, bool isCancelableLater, IEnumerable<CheckoutRemark> ownRemarks)
    {
        var currency = session.Currency.ToUpperInvariant();
        var total = Amounts.Of(session.Totals, "total", currency);
        var state = StateOf(session, total, lacksDelivery);
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
            Order = state != CheckoutState.Completed ? null
                : placed is not null ? UcpOrderMapper.Map(placed, currency, total)
                : OrderOf(session, total),
            IsCancelableLater = isCancelableLater,
        };
    }

    /// <summary>The id of a completed session's order; null where it names none.</summary>
    internal static string? OrderIdOf(WireCheckout session) => (session.Order?.Id ?? session.OrderId) is { } id && WireReader.IsId(id) ? id : null;

    // There are merchants that call every session incomplete until it is completed. Where nothing is named that is missing, and nothing is left to
    // select, their answer to completing decides.
    private static CheckoutState StateOf(WireCheckout session, Core.Gate.Money? total, bool lacksDelivery)
    {
        var state = UcpWords.StateOf(session.Status);
        var lacksNothing = total is not null
            && !lacksDelivery
            && WireReader.Solid(session.Messages).All(message => message.Type != "error" && !UcpWords.NeedsPerson(message.Severity))
            && WireReader.Solid(session.Fulfillment?.Methods).All(IsSelected);
        return state == CheckoutState.Incomplete && lacksNothing ? CheckoutState.Ready : state;
    }

    // A method in which nothing is selected at all is one that the merchant has not worked out yet.
    private static bool IsSelected(WireMethod method)
    {
        var destinations = WireReader.Solid(method.Destinations);
        var groups = WireReader.Solid(method.Groups);
        return (destinations.Count == 0 || destinations.Any(destination => destination.Id == method.SelectedDestinationId))
            && groups.All(group => WireReader.Solid(group.Options).Any(option => option.Id == group.SelectedOptionId))
            && (groups.Count > 0 || method.SelectedDestinationId is not null);
    }

    private static PlacedOrder OrderOf(WireCheckout session, Core.Gate.Money? total)
    {
        var id = OrderIdOf(session) ?? session.Id;
        return new PlacedOrder(id, UcpOrderMapper.NumberOf(id, session.Order?.Label), OrderProgress.Placed, total, null, []);
    }

    private static CheckoutLine LineOf(WireLine line) => SessionParts.Line(
        line.Item.Id, line.Item.Title, line.Quantity, Amounts.OfLine(line.Totals, line.Item.Price, line.Quantity));

    private static CheckoutDelivery? DeliveryOf(WireCheckout session) => SessionParts.Last(
        WireReader.Solid(session.Fulfillment?.Methods)
            .SelectMany(method => WireReader.Solid(method.Groups).Select(group => (
                Kind: UcpWords.KindOf(method.Type),
                Option: WireReader.Solid(group.Options).FirstOrDefault(option => option.Id == group.SelectedOptionId))))
            .Where(chosen => chosen.Option is not null)
            .Select(chosen => new CheckoutDelivery(
                chosen.Kind,
                PlainText.Of(chosen.Option!.Title, SessionParts.LongestTitle),
                chosen.Option.EarliestFulfillmentTime,
                chosen.Option.LatestFulfillmentTime)));

    private static IEnumerable<CheckoutRemark> RemarksOf(WireCheckout session) => SessionParts.Kept(WireReader.Solid(session.Messages)
        .Select(message => SessionParts.Remark(
            message.Code is { } code ? UcpWords.ReasonOf(code) : null,
            message.Type,
            UcpWords.NeedsPerson(message.Severity),
            message.Content,
            message.ContentType)));
}
