using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Payments;

/// <summary>The request body of delegated payment, as ACP 2026-04-17's JSON Schema has it.</summary>
internal static class DelegateShapes
{
    private static readonly Shape Strings = Shape.MapOf(Shape.Text);

    private static readonly Shape Card = Shape.Closed(
        ("type!", Shape.OneOf("card")),
        ("card_number_type!", Shape.OneOf("fpan", "network_token")),
        ("number!", Shape.Text),
        ("exp_month", Shape.TextUpTo(2)),
        ("exp_year", Shape.TextUpTo(4)),
        ("name", Shape.Text),
        ("cvc", Shape.TextUpTo(4)),
        ("cryptogram", Shape.Text),
        ("eci_value", Shape.TextUpTo(2)),
        ("checks_performed", Shape.ArrayOf(Shape.OneOf("avs", "cvv", "ani", "auth0"))),
        ("iin", Shape.TextUpTo(8)),
        ("display_card_funding_type!", Shape.OneOf("credit", "debit", "prepaid")),
        ("display_wallet_type", Shape.Text),
        ("display_brand", Shape.Text),
        ("display_last4", Shape.TextLike("four digits", t => t.Length == 4 && t.All(char.IsAsciiDigit))),
        ("metadata!", Strings),
        ("virtual", Shape.Boolean));

    private static readonly Shape Allowance = Shape.Closed(
        ("reason!", Shape.OneOf("one_time")),
        ("max_amount!", Shape.Integer),
        ("currency!", Shape.TextLike("three lower case letters", t => t.Length == 3 && t.All(char.IsAsciiLetterLower))),
        ("checkout_session_id!", Shape.Text),
        ("merchant_id!", Shape.TextUpTo(256)),
        ("expires_at!", Shape.Text));

    private static readonly Shape Address = Shape.Closed(
        ("name!", Shape.TextUpTo(256)),
        ("line_one!", Shape.TextUpTo(60)),
        ("line_two", Shape.TextUpTo(60)),
        ("city!", Shape.TextUpTo(60)),
        ("state!", Shape.Text),
        ("country!", Shape.TextUpTo(2, minLength: 2)),
        ("postal_code!", Shape.TextUpTo(20)));

    public static Shape Request { get; } = Shape.Closed(
        ("payment_method!", Card),
        ("allowance!", Allowance),
        ("billing_address", Address),
        ("risk_signals!", Shape.ArrayOf(Shape.Closed(
            ("type!", Shape.OneOf("card_testing")),
            ("score!", Shape.Integer),
            ("action!", Shape.OneOf("blocked", "manual_review", "authorized"))))),
        ("metadata!", Strings));
}
