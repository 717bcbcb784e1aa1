using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>Writes the bodies of ACP's requests. The same order gives the same bytes, which idempotency rests on.</summary>
/// <param name="buyer">Who buys; null where no profile is set up.</param>
/// <param name="takesOrdersBack">True where placed orders can be asked back.</param>
internal sealed class RequestBodies(BuyerProfile? buyer, bool takesOrdersBack = true)
{
    private readonly WireAgentCapabilities _capabilities = new()
    {
        // No display for an intervention is promised: who has to sign in or pass 3-D Secure does so on another screen.
        Interventions = new WireInterventions { Supported = [] },
        Extensions = takesOrdersBack ? [AcpWords.OrderCancelExtension, AcpWords.TripDataExtension] : [AcpWords.TripDataExtension],
    };

    internal static ReadOnlyMemory<byte> Nothing { get; } = WireReader.Written(new WireNothing(), AcpJson.Default.WireNothing);

    internal ReadOnlyMemory<byte> Create(MerchantEntry merchant, CheckoutOrder order) => WireReader.Written(
        new WireCreate
        {
            Buyer = BuyerOf(),
            LineItems = PiecesOf(order),
            Currency = merchant.WireCurrency,
            FulfillmentDetails = ContactOf(order),
            Capabilities = _capabilities,
            Locale = merchant.Locale,
            Timezone = merchant.Profile.DayZone?.Id,
            Metadata = OrderContext.Of(order),
        },
        AcpJson.Default.WireCreate);

    /// <summary>An update.</summary>
    /// <param name="order">What the session shall become.</param>
    /// <param name="takesMetadata">True where the session takes metadata.</param>
    internal ReadOnlyMemory<byte> Update(CheckoutOrder order, bool takesMetadata) => WireReader.Written(
        new WireUpdate
        {
            Buyer = BuyerOf(),
            LineItems = PiecesOf(order),
            FulfillmentDetails = ContactOf(order),
            Metadata = takesMetadata ? OrderContext.Of(order) : null,
        },
        AcpJson.Default.WireUpdate);

    internal static ReadOnlyMemory<byte> Select(WireSession session, WireOption option) => WireReader.Written(
        new WireUpdate
        {
            SelectedFulfillmentOptions =
            [
                new WireSelectedOption { Type = option.Type, OptionId = option.Id, ItemIds = ItemIdsOf(session) },
            ],
        },
        AcpJson.Default.WireUpdate);

    internal static ReadOnlyMemory<byte> Complete(string handlerId, string instrumentType, PaymentGrant payment) => WireReader.Written(
        new WireComplete
        {
            PaymentData = new WirePaymentData
            {
                HandlerId = handlerId,
                Instrument = new WireInstrument
                {
                    Type = instrumentType,
                    Credential = new WireCredential { Type = "spt", Token = payment.Token },
                },
            },
        },
        AcpJson.Default.WireComplete);

    // The request's items have an id and no quantity (schema Item): two of a thing are the thing twice.
    private static List<WireItem> PiecesOf(CheckoutOrder order) =>
        [.. order.Lines.SelectMany(line => Enumerable.Repeat(new WireItem { Id = line.OfferId }, line.Quantity))];

    // The schema calls them ids of line items, all published examples give ids of items. A merchant that shows which it means is followed.
    private static List<string> ItemIdsOf(WireSession session)
    {
        var lines = session.LineItems.Select(line => line.Id).ToHashSet(StringComparer.Ordinal);
        var shown = WireReader.Solid(session.SelectedFulfillmentOptions).SelectMany(selected => selected.ItemIds ?? []).FirstOrDefault();
        return shown is not null && lines.Contains(shown)
            ? [.. session.LineItems.Select(line => line.Id).Distinct()]
            : [.. session.LineItems.Select(line => line.Item.Id).Distinct()];
    }

    private WireBuyer? BuyerOf() =>
        buyer is null ? null : new WireBuyer { FullName = buyer.Name, Email = buyer.Email, PhoneNumber = buyer.Phone };

    // Only what is brought somewhere needs an address.
    private WireContact? ContactOf(CheckoutOrder order) =>
        buyer?.AddressOf(order.Place) is not { } address ? null : new WireContact
        {
            Name = buyer.Name,
            PhoneNumber = buyer.Phone,
            Email = buyer.Email,
            Address = new WireAddress
            {
                Name = buyer.Name,
                LineOne = address.LineOne,
                LineTwo = address.LineTwo,
                City = address.City,
                State = address.State,
                Country = address.Country,
                PostalCode = address.PostalCode,
            },
        };
}
