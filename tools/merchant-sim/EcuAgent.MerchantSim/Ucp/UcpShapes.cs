using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Request bodies of UCP 2026-01-11 as far as this merchant reads them. The protocol's objects are open: what is not named is passed over.</summary>
internal static class UcpShapes
{
    private const int MostPieces = 100;

    private static readonly Shape Buyer = Shape.Open(
        ("email", Shape.Text), ("first_name", Shape.Text), ("last_name", Shape.Text), ("phone_number", Shape.Text));

    private static readonly Shape Destination = Shape.Open(
        ("id", Shape.Text),
        ("street_address", Shape.Text),
        ("extended_address", Shape.Text),
        ("address_locality", Shape.Text),
        ("address_region", Shape.Text),
        ("address_country", Shape.Text),
        ("postal_code", Shape.Text),
        ("first_name", Shape.Text),
        ("last_name", Shape.Text));

    private static readonly Shape Method = Shape.Open(
        ("type!", Shape.OneOf("shipping", "pickup")),
        ("line_item_ids", Shape.ArrayOf(Shape.Text)),
        ("destinations", Shape.ArrayOf(Destination)),
        ("selected_destination_id", Shape.Either(Shape.Null, Shape.Text)),
        ("groups", Shape.ArrayOf(Shape.Open(("selected_option_id", Shape.Either(Shape.Null, Shape.Text))))));

    private static readonly (string, Shape)[] Common =
    [
        ("line_items!", Shape.ArrayOf(
            Shape.Open(("item!", Shape.Open(("id!", Shape.Text))), ("quantity!", Shape.IntegerFrom(1))), minimum: 1)),
        ("buyer", Buyer),
        ("currency", Shape.Text),
        ("context", Shape.Open(("language", Shape.Text), ("currency", Shape.Text))),
        ("payment", Shape.Open()),
        ("metadata", Shape.Open()),
        ("fulfillment", Shape.Open(("methods", Shape.ArrayOf(Method)))),
    ];

    public static Shape Create { get; } = Shape.Open(Common);

    public static Shape Update { get; } = Shape.Open([.. Common, ("id", Shape.Text)]);

    public static Shape Complete { get; } = Shape.Open(
        ("payment_data!", Shape.Open(
            ("id", Shape.Text),
            ("handler_id!", Shape.Text),
            ("type!", Shape.Text),
            ("credential!", Shape.Open(("type!", Shape.Text), ("token!", Shape.Text))))));

    public static Shape Empty { get; } = Shape.Open();

    /// <summary>Most pieces of one item in a request.</summary>
    public static int MostPiecesOfAnItem => MostPieces;
}
