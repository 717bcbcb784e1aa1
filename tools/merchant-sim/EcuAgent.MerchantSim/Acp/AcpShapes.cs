using System.Text.Json;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>
/// Request bodies of ACP 2026-04-17 (its JSON Schemas, bundle "agentic checkout"), and the fields that this merchant adds as declared
/// extensions: <c>Item.quantity</c> and <c>CheckoutSessionUpdateRequest.metadata</c>.
/// </summary>
internal static class AcpShapes
{
    private const int MostNotes = 5000;
    private const int MostSummary = 500;
    private const int MostPieces = 100;

    private static readonly Shape Address = Shape.Closed(
        ("name!", Shape.Text),
        ("line_one!", Shape.Text),
        ("line_two", Shape.Text),
        ("city!", Shape.Text),
        ("state!", Shape.Text),
        ("country!", Shape.Text),
        ("postal_code!", Shape.Text),
        ("company", Shape.Text));

    private static readonly Shape FulfillmentDetails = Shape.Closed(
        ("name", Shape.Text), ("phone_number", Shape.Text), ("email", Shape.Text), ("address", Address));

    private static readonly Shape Buyer = Shape.Closed(
        ("first_name", Shape.Text),
        ("last_name", Shape.Text),
        ("full_name", Shape.Text),
        ("email!", Shape.Text),
        ("phone_number", Shape.Text),
        ("customer_id", Shape.Text),
        ("account_type", Shape.OneOf("guest", "registered", "business")),
        ("authentication_status", Shape.OneOf("authenticated", "guest", "requires_signin")),
        ("company", Shape.Closed(("name!", Shape.Text), ("tax_id", Shape.Text), ("department", Shape.Text), ("cost_center", Shape.Text))),
        ("loyalty", Shape.Closed(("tier", Shape.Text), ("points_balance", Shape.Integer), ("member_since", Shape.Text))),
        ("tax_exemption", Shape.Closed(
            ("certificate_id!", Shape.Text),
            ("certificate_type!", Shape.OneOf("resale", "exempt_organization", "government")),
            ("exempt_regions", Shape.ArrayOf(Shape.Text)),
            ("expires_at", Shape.Text))));

    private static readonly Shape Item = Shape.Closed(
        ("id!", Shape.Text), ("name", Shape.Text), ("unit_amount", Shape.Integer), ("quantity", Shape.IntegerFrom(1)));

    private static readonly Shape PaymentHandler = Shape.Closed(
        ("id!", Shape.Text),
        ("name!", Shape.Text),
        ("display_name", Shape.Text),
        ("version!", Shape.TextLike("a date YYYY-MM-DD", IsDate)),
        ("spec!", Shape.Text),
        ("requires_delegate_payment!", Shape.Boolean),
        ("requires_pci_compliance!", Shape.Boolean),
        ("psp!", Shape.Text),
        ("config_schema!", Shape.Text),
        ("instrument_schemas!", Shape.ArrayOf(Shape.Text)),
        ("config!", Shape.Open()),
        ("display_order", Shape.Integer));

    private static readonly Shape Capabilities = Shape.Closed(
        ("payment", Shape.Closed(("handlers!", Shape.ArrayOf(PaymentHandler)))),
        ("interventions", Shape.Closed(
            ("supported", Shape.ArrayOf(Shape.OneOf("3ds", "biometric", "address_verification"))),
            ("required", Shape.ArrayOf(Shape.OneOf("3ds", "biometric"))),
            ("enforcement", Shape.OneOf("always", "conditional", "optional")),
            ("display_context", Shape.OneOf("native", "webview", "modal", "redirect")),
            ("redirect_context", Shape.OneOf("in_app", "external_browser", "none")),
            ("max_redirects", Shape.IntegerFrom(0)),
            ("max_interaction_depth", Shape.IntegerFrom(1)))),
        ("extensions", Shape.Either(
            Shape.ArrayOf(Shape.Closed(
                ("name!", Shape.Text), ("extends", Shape.ArrayOf(Shape.Text)), ("schema", Shape.Text), ("spec", Shape.Text))),
            Shape.ArrayOf(Shape.Text))));

    private static readonly Shape FulfillmentGroup = Shape.Closed(
        ("id!", Shape.Text),
        ("item_ids!", Shape.ArrayOf(Shape.Text)),
        ("destination_type!", Shape.OneOf("shipping", "pickup", "local_delivery", "digital")),
        ("fulfillment_details", FulfillmentDetails),
        ("location_id", Shape.Text),
        ("instructions", Shape.Text));

    private static readonly Shape Attribution = Shape.Open(
        ("provider!", Shape.Text),
        ("token", Shape.Text),
        ("publisher_id", Shape.Text),
        ("campaign_id", Shape.Text),
        ("creative_id", Shape.Text),
        ("sub_id", Shape.Text),
        ("source", Shape.Closed(("type!", Shape.OneOf("url", "platform", "unknown")), ("url", Shape.Text))),
        ("issued_at", Shape.Text),
        ("expires_at", Shape.Text),
        ("metadata", Shape.MapOf(Shape.Either(Shape.Text, Shape.Number, Shape.Boolean))),
        ("touchpoint", Shape.OneOf("first", "last"))).With((value, path) => Any(value, path, "token", "publisher_id"));

    private static readonly Shape Discounts = Shape.Closed(("codes", Shape.ArrayOf(Shape.Text)));

    private static readonly Shape AuthenticationResult = Shape.Closed(
        ("outcome!", Shape.OneOf(
            "abandoned", "attempt_acknowledged", "authenticated", "canceled", "denied", "informational", "internal_error", "not_supported",
            "processing_error", "rejected")),
        ("outcome_details", Shape.Closed(
            ("three_ds_cryptogram!", Shape.Text),
            ("electronic_commerce_indicator!", Shape.OneOf("01", "02", "05", "06", "07")),
            ("transaction_id!", Shape.Text),
            ("version!", Shape.Text)))).With(NeedsDetails);

    private static readonly Shape PaymentData = Shape.Closed(
        ("handler_id", Shape.Text),
        ("instrument", Shape.Open(
            ("type!", Shape.Text),
            ("credential!", Shape.Open(("type!", Shape.Text), ("token!", Shape.Text))))),
        ("billing_address", Address),
        ("purchase_order_number", Shape.Text),
        ("payment_terms", Shape.OneOf("immediate", "net_15", "net_30", "net_60", "net_90")),
        ("due_date", Shape.Text),
        ("approval_required", Shape.Boolean)).With(NeedsMeans);

    private static readonly Shape RiskSignals = Shape.Closed(
        ("ip_address", Shape.Text), ("user_agent", Shape.Text), ("accept_language", Shape.Text), ("session_id", Shape.Text), ("device_fingerprint", Shape.Text));

    public static Shape Create { get; } = Shape.Closed(
        ("buyer", Buyer),
        ("line_items!", Shape.ArrayOf(Item, minimum: 1)),
        ("currency!", Shape.Text),
        ("fulfillment_details", FulfillmentDetails),
        ("capabilities!", Capabilities),
        ("fulfillment_groups", Shape.ArrayOf(FulfillmentGroup)),
        ("affiliate_attribution", Attribution),
        ("coupons", Shape.ArrayOf(Shape.Text)),
        ("discounts", Discounts),
        ("locale", Shape.Text),
        ("timezone", Shape.Text),
        ("quote_id", Shape.Text),
        ("metadata", Shape.Open()),
        ("order_notes", Shape.TextUpTo(MostNotes)));

    public static Shape Update { get; } = Shape.Closed(
        ("buyer", Buyer),
        ("line_items", Shape.ArrayOf(Item)),
        ("fulfillment_details", FulfillmentDetails),
        ("fulfillment_groups", Shape.ArrayOf(FulfillmentGroup)),
        ("selected_fulfillment_options", Shape.ArrayOf(Shape.Closed(
            ("type!", Shape.OneOf("shipping", "digital", "pickup", "local_delivery")),
            ("option_id!", Shape.Text),
            ("item_ids!", Shape.ArrayOf(Shape.Text))))),
        ("coupons", Shape.ArrayOf(Shape.Text)),
        ("discounts", Discounts),
        ("metadata", Shape.Open()),
        ("order_notes", Shape.TextUpTo(MostNotes)));

    public static Shape Complete { get; } = Shape.Closed(
        ("buyer", Buyer),
        ("payment_data!", PaymentData),
        ("authentication_result", AuthenticationResult),
        ("affiliate_attribution", Attribution),
        ("risk_signals", RiskSignals),
        ("marketing_consents", Shape.ArrayOf(Shape.Closed(("channel!", Shape.Text), ("opted_in!", Shape.Boolean)))),
        ("order_notes", Shape.TextUpTo(MostNotes)));

    // The list of reasons is open: a server takes one that it does not know for "other".
    public static Shape Cancel { get; } = Shape.Open(
        ("intent_trace", Shape.Open(
            ("reason_code!", Shape.Text),
            ("trace_summary", Shape.TextUpTo(MostSummary)),
            ("metadata", Shape.MapOf(Shape.Either(Shape.Text, Shape.Number, Shape.Boolean))))));

    /// <summary>Of the extension, see <c>order_cancel.schema.json</c>.</summary>
    public static Shape OrderCancel { get; } = Shape.Closed(
        ("reason", Shape.TextUpTo(MostSummary)),
        ("line_items", Shape.ArrayOf(
            Shape.Closed(("id!", Shape.Text), ("quantity!", Shape.IntegerFrom(1))), minimum: 1)));

    /// <summary>Most pieces of one item in a request, by quantity and by naming it again.</summary>
    public static int MostPiecesOfAnItem => MostPieces;

    internal static bool IsDate(string text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' && text.Where((_, i) => i is not (4 or 7)).All(char.IsAsciiDigit);

    private static ShapeFault? Any(JsonElement value, string path, string first, string second) =>
        value.TryGetProperty(first, out _) || value.TryGetProperty(second, out _) ? null : ShapeFault.Missing(JsonRead.Child(path, first));

    private static ShapeFault? NeedsDetails(JsonElement value, string path) =>
        JsonRead.Text(value, "outcome") is "authenticated" or "informational" or "attempt_acknowledged" && !value.TryGetProperty("outcome_details", out _)
            ? ShapeFault.Missing(JsonRead.Child(path, "outcome_details"))
            : null;

    private static ShapeFault? NeedsMeans(JsonElement value, string path)
    {
        var hasInstrument = value.TryGetProperty("handler_id", out _) && value.TryGetProperty("instrument", out _);
        return hasInstrument || value.TryGetProperty("purchase_order_number", out _)
            ? null
            : ShapeFault.Missing(JsonRead.Child(path, value.TryGetProperty("handler_id", out _) ? "instrument" : "handler_id"));
    }
}
