using System.Globalization;
using System.Text;

namespace EcuAgent.Core.Commerce;

/// <summary>Canonical text of what a person agrees to: merchant, lines, total, and when it comes.</summary>
internal static class CheckoutTerms
{
    private const char Separator = '\u001f';

    internal static string Of(CheckoutSession session)
    {
        var text = new StringBuilder(session.MerchantId);
        foreach (var line in session.Lines.OrderBy(line => line.OfferId, StringComparer.Ordinal))
        {
            text.Append(Separator).Append(line.OfferId).Append('*').Append(line.Quantity)
                .Append('=').Append(line.AmountMinorUnits);
        }

        text.Append(Separator).Append(session.Total?.MinorUnits).Append(session.Total?.Currency);
        if (session.Delivery is { } delivery)
        {
            text.Append(Separator).Append(delivery.Kind);
            Append(text, delivery.From);
            Append(text, delivery.Until);
        }

        return text.ToString();
    }

    // To the minute: nobody agrees to seconds, and merchants count preparation from the instant of the request.
    private static void Append(StringBuilder text, DateTimeOffset? time) =>
        text.Append('@').Append(time?.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));
}
