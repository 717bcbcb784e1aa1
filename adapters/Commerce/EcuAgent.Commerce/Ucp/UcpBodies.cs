using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Ucp;

/// <summary>Writes the bodies of UCP's requests. The same order gives the same bytes, which idempotency rests on.</summary>
/// <param name="buyer">Who buys; null where no profile is set up.</param>
/// <param name="provider">Who pays; null where nobody does.</param>
internal sealed class UcpBodies(BuyerProfile? buyer, PaymentEntry? provider)
{
    private const string DestinationId = "destination_1";
    private const string InstrumentId = "instrument_1";

    private static readonly WireRequestPayment NothingChosen = new() { Instruments = [] };

    internal static ReadOnlyMemory<byte> Nothing { get; } = WireReader.Written(new WireNothing(), UcpJson.Default.WireNothing);

    /// <summary>The whole session as the order wants it: creates it, or takes the place of what it was.</summary>
    /// <param name="merchant">Whose it is.</param>
    /// <param name="order">The order.</param>
    /// <param name="sessionId">The session; null for a new one.</param>
    /// <param name="version">The protocol's version.</param>
    internal ReadOnlyMemory<byte> Order(MerchantEntry merchant, CheckoutOrder order, string? sessionId, string version) =>
        Written(merchant, order, sessionId, version, UcpWords.MethodOf(order) is { } type ? [MethodOf(type, order, DestinationId)] : null, lineIds: null);

    /// <summary>The same with a choice of what the session offers.</summary>
    internal ReadOnlyMemory<byte> Choose(MerchantEntry merchant, CheckoutOrder order, WireCheckout session, string version, IReadOnlyList<FulfillmentPick> picks) =>
        Written(
            merchant,
            order,
            session.Id,
            version,
            [.. picks.Select(pick => MethodOf(pick.Method.Type, order, pick.DestinationId ?? DestinationId) with
            {
                Id = pick.Method.Id,
                LineItemIds = pick.Method.LineItemIds,
                SelectedDestinationId = pick.DestinationId,
                Groups = pick.OptionIds.Count > 0 ? [.. WireReader.Solid(pick.Method.Groups).Zip(pick.OptionIds, GroupOf)] : null,
            })],
            session.LineItems.GroupBy(line => line.Item.Id).ToDictionary(lines => lines.Key, lines => lines.First().Id, StringComparer.Ordinal));

    internal ReadOnlyMemory<byte> Complete(PaymentHandler handler, PaymentGrant payment, string version)
    {
        var instrument = new WireInstrument
        {
            Id = InstrumentId,
            HandlerId = handler.Id,
            Type = "card",
            Credential = new WireCredential { Type = "token", Token = payment.Token },
        };
        var complete = version == UcpWords.First
            ? new WireComplete { PaymentData = instrument with { Brand = provider?.Card?.Brand, LastDigits = provider?.Card?.LastDigits } }
            : new WireComplete { Payment = new WireRequestPayment { Instruments = [instrument with { Selected = true, Display = DisplayOf(provider) }] } };
        return WireReader.Written(complete, UcpJson.Default.WireComplete);
    }

    private static WireDisplay? DisplayOf(PaymentEntry? provider) =>
        provider?.Card is var (brand, lastDigits) ? new WireDisplay { Brand = brand, LastDigits = lastDigits } : null;

    private static WireRequestGroup GroupOf(WireGroup group, string? optionId) =>
        new() { Id = group.Id, LineItemIds = group.LineItemIds, SelectedOptionId = optionId };

    private ReadOnlyMemory<byte> Written(
        MerchantEntry merchant,
        CheckoutOrder order,
        string? sessionId,
        string version,
        IReadOnlyList<WireRequestMethod>? methods,
        IReadOnlyDictionary<string, string>? lineIds) =>
        WireReader.Written(
            new WireRequest
            {
                Id = sessionId,
                LineItems = [.. order.Lines.GroupBy(line => line.OfferId).Select(lines => new WireRequestLine
                {
                    Id = lineIds?.GetValueOrDefault(lines.Key),
                    Item = new WireRequestItem { Id = lines.Key },
                    Quantity = lines.Sum(line => line.Quantity),
                })],
                Buyer = BuyerOf(),
                Currency = version == UcpWords.First ? merchant.WireCurrency : null,
                Context = new WireContext { Language = merchant.Locale, Currency = merchant.WireCurrency },
                Fulfillment = methods is null ? null : new WireRequestFulfillment { Methods = methods },
                Payment = version == UcpWords.First ? NothingChosen : null,
                Metadata = OrderContext.Of(order),
            },
            UcpJson.Default.WireRequest);

    // Only what is brought somewhere needs an address.
    private WireRequestMethod MethodOf(string type, CheckoutOrder order, string destinationId)
    {
        if (type != UcpWords.Shipping || buyer?.AddressOf(order.Place) is not { } address)
        {
            return new WireRequestMethod { Type = type };
        }

        var (first, last) = NamesOf(buyer.Name);
        return new WireRequestMethod
        {
            Type = type,
            SelectedDestinationId = destinationId,
            Destinations =
            [
                new WireRequestDestination
                {
                    Id = destinationId,
                    FirstName = first,
                    LastName = last,
                    StreetAddress = address.LineOne,
                    ExtendedAddress = address.LineTwo,
                    AddressLocality = address.City,
                    AddressRegion = address.State,
                    AddressCountry = address.Country,
                    PostalCode = address.PostalCode,
                },
            ],
        };
    }

    private WireBuyer? BuyerOf()
    {
        if (buyer is null)
        {
            return null;
        }

        var (first, last) = NamesOf(buyer.Name);
        return new WireBuyer { FirstName = first, LastName = last, Email = buyer.Email, PhoneNumber = buyer.Phone };
    }

    // The profile has one name; the last word of several is taken for the last name.
    private static (string First, string? Last) NamesOf(string name) =>
        name.LastIndexOf(' ') is > 0 and var gap ? (name[..gap].TrimEnd(), name[(gap + 1)..]) : (name, null);
}
