namespace EcuAgent.Commerce.Registry;

/// <summary>Reads the payment provider.</summary>
internal sealed class PaymentReader(SecretReader secrets, int mostMerchants)
{
    private const int LongestMerchantId = 256;
    private const int MostHandlers = 16;
    private const int LongestHandler = 500;
    private const int LongestBrand = 32;
    private const int LastDigits = 4;
    private const int FewestCardDigits = 12;
    private const int MostCardDigits = 19;

    /// <param name="at">Where it stands.</param>
    /// <param name="knownMerchants">Ids that it may name; null where they could not be read.</param>
    internal PaymentEntry? Read(JsonAt at, IReadOnlySet<string>? knownMerchants)
    {
        if (at.Members(["url", "bearerToken", "instrumentFile", "merchantIds"], ["fundingType", "ucpHandlers", "card"]) is not { } members)
        {
            return null;
        }

        var url = members.TryGetValue("url", out var address) ? Endpoint.Read(address) : null;
        var token = members.TryGetValue("bearerToken", out var bearer) ? secrets.Read(bearer) : null;
        var instrument = members.TryGetValue("instrumentFile", out var file)
            ? secrets.FromFile(file, IsReference, "the provider's reference to a means of payment, one line, and never a card number")
            : null;
        var funding = members.TryGetValue("fundingType", out var type)
            ? type.Text(RegistryWords.FundingTypes.Contains, $"one of {string.Join(", ", RegistryWords.FundingTypes)}")
            : RegistryWords.FundingTypes[0];
        var ids = members.TryGetValue("merchantIds", out var map) ? ReadMerchantIds(map, knownMerchants) : null;
        var handlers = members.TryGetValue("ucpHandlers", out var list) ? ReadHandlers(list) : new HashSet<string>();
        var card = members.TryGetValue("card", out var shown) ? ReadCard(shown) : null;
        if (handlers is null || url is null || token is null || instrument is null || funding is null || ids is null)
        {
            return null;
        }

        return new PaymentEntry
        {
            BaseUrl = url,
            BearerToken = token,
            Instrument = instrument,
            FundingType = funding,
            MerchantIds = ids,
            UcpHandlers = handlers,
            Card = card,
        };
    }

    private static (string Brand, string LastDigits)? ReadCard(JsonAt at)
    {
        if (at.Members(["brand", "lastDigits"], []) is not { } members)
        {
            return null;
        }

        var brand = members.TryGetValue("brand", out var name) ? name.Text(LongestBrand) : null;
        var digits = members.TryGetValue("lastDigits", out var last) ? last.Text(text => text.Length == LastDigits && text.All(char.IsAsciiDigit), "four digits") : null;
        return brand is null || digits is null ? null : (brand, digits);
    }

    private static HashSet<string>? ReadHandlers(JsonAt at)
    {
        if (at.Items(1, MostHandlers) is not { } items)
        {
            return null;
        }

        var handlers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Text(LongestHandler) is { } handler && !handlers.Add(handler))
            {
                item.Refuse("stands twice");
            }
        }

        return handlers;
    }

    private Dictionary<string, string>? ReadMerchantIds(JsonAt at, IReadOnlySet<string>? knownMerchants)
    {
        if (at.Entries(mostMerchants) is not { } entries)
        {
            return null;
        }

        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (merchant, value) in entries)
        {
            if (knownMerchants?.Contains(merchant) == false)
            {
                value.Refuse($"no merchant has the id '{merchant}'");
            }
            else if (value.Text(LongestMerchantId) is { } id)
            {
                ids.Add(merchant, id);
            }
        }

        return ids;
    }

    private static bool IsReference(string text) => Secret.IsUsable(text) && !LooksLikeCardNumber(text);

    // The car holds references only. A number that a card could have is taken for one, however it is grouped.
    private static bool LooksLikeCardNumber(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is < FewestCardDigits or > MostCardDigits || !digits.All(char.IsAsciiDigit))
        {
            return false;
        }

        // Luhn's check, ISO/IEC 7812-1 annex B.
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }
}
