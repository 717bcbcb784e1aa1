using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Trades;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Prices carts. Called under the shop's lock.</summary>
internal sealed class Quoter(MerchantEntry merchant, Shelf shelf, Trade trade)
{
    private const int LowStock = 3;

    /// <param name="cart">What is asked for; at least one line.</param>
    /// <param name="isApproved">A person has shown their age and authenticated on the continue page.</param>
    /// <param name="wantsAuthentication">The instrument wants issuer authentication.</param>
    /// <param name="now">The instant.</param>
    public Quote Price(Cart cart, bool isApproved, bool wantsAuthentication, DateTimeOffset now)
    {
        QuoteLine[] lines = [.. cart.Lines.Select(line => PriceLine(line, cart.Trip))];
        var offers = trade.Offers(cart, lines, now);
        var selected = offers.FirstOrDefault(o => o.Id == cart.SelectedOption) ?? offers[0];
        var quote = new Quote
        {
            Lines = lines,
            Offers = offers,
            Selected = selected,
            Fees = [.. trade.Fees(cart, lines)],
            Notices = [],
            Status = SessionStatus.ReadyForPayment,
        };
        List<Notice> notices =
        [
            .. cart.Trip.Problems,
            .. trade.Notices(cart, now),
            .. lines.SelectMany(LineNotices),
            .. selected.Notices,
            .. CartNotices(cart),
        ];
        var status = Blocked(notices);
        if (!isApproved && lines.Any(l => l.Product.AgeRestricted))
        {
            notices.Add(Notice.Error("age_verification_required", "Somebody of age has to agree on a screen.", AgePath(lines), Resolution.RequiresBuyerReview));
            status ??= SessionStatus.RequiresEscalation;
        }

        if (!isApproved && (wantsAuthentication || NeedsAuthentication(quote)))
        {
            notices.Add(Notice.Error("requires_3ds", "The card's issuer has to authenticate the buyer.", "$.authentication_result", Resolution.RequiresBuyerInput));
            status ??= SessionStatus.AuthenticationRequired;
        }

        return quote with { Notices = notices, Status = status ?? SessionStatus.ReadyForPayment };
    }

    private QuoteLine PriceLine(CartLine line, TripData trip)
    {
        var claims = trade.Claims(line, trip);
        var available = claims.Count == 0
            ? shelf.Available(line.Product.Id, null)
            : claims.Min(c => shelf.Available(c.ProductId, c.Day));
        return new QuoteLine(line, trade.Quantity(line, trip), shelf.PriceOf(line.Product.Id), available) { Claims = claims };
    }

    private IEnumerable<Notice> LineNotices(QuoteLine line)
    {
        var path = FormattableString.Invariant($"$.line_items[{line.Line.Index}]");
        var pieces = line.Claims.Count == 0 ? line.Line.Count : line.Claims.Max(c => c.Count);
        if (pieces > line.Product.MaxQuantity)
        {
            yield return Notice.Error(
                "quantity_exceeded", FormattableString.Invariant($"At most {line.Product.MaxQuantity} of {line.Product.Name} in one order."), path, Resolution.RequiresBuyerInput);
        }

        if (pieces > line.Available)
        {
            yield return trade.SoldOut(line, path);
        }
        else if (line.Available <= LowStock && merchant.Kind is not MerchantKind.Biller)
        {
            yield return Notice.Warning(
                "low_stock", FormattableString.Invariant($"{line.Available} of {line.Product.Name} left."), path, Resolution.Recoverable);
        }

        if (line.Line.ExpectedUnitAmount is { } expected && expected != line.UnitAmount)
        {
            yield return Notice.Warning(
                "price_change", FormattableString.Invariant($"{line.Product.Name} costs {line.UnitAmount} minor units, not {expected}."), $"{path}.unit_amount");
        }
    }

    private static IEnumerable<Notice> CartNotices(Cart cart)
    {
        foreach (var code in cart.DiscountCodes)
        {
            yield return Notice.Warning("discount_code_invalid", $"There is no discount with the code {code}.", "$.discounts.codes", Resolution.Recoverable);
        }

        if (cart.Buyer is { } buyer && JsonRead.Text(buyer, "email") is { } email && !IsMailAddress(email))
        {
            yield return Notice.Error("invalid", "The buyer's e-mail address cannot be right.", "$.buyer.email", Resolution.RequiresBuyerInput);
        }
    }

    private bool NeedsAuthentication(Quote quote) =>
        quote.Lines.Any(l => l.Product.RequiresAuthentication) || (merchant.AuthenticationAbove is { } limit && quote.Total > limit);

    private static SessionStatus? Blocked(IReadOnlyList<Notice> notices) =>
        notices.Any(n => n is { Kind: NoticeKind.Error, Code: not "missing" }) ? SessionStatus.NotReadyForPayment
        : notices.Any(n => n is { Kind: NoticeKind.Error }) ? SessionStatus.Incomplete
        : null;

    private static string AgePath(IReadOnlyList<QuoteLine> lines) =>
        FormattableString.Invariant($"$.line_items[{lines.First(l => l.Product.AgeRestricted).Line.Index}]");

    private static bool IsMailAddress(string text) =>
        text.Split('@') is [{ Length: > 0 } local, { Length: > 2 } host] && !local.Contains(' ', StringComparison.Ordinal) && host.Contains('.', StringComparison.Ordinal);
}
