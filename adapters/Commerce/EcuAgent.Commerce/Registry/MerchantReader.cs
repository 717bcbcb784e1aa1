using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Registry;

/// <summary>Reads one merchant.</summary>
internal sealed class MerchantReader(SecretReader secrets)
{
    private const int LongestId = 64;
    private const int LongestName = 80;
    private const int LongestFeed = 256;
    private const double BestRating = 5;

    private static readonly string[] Required = ["id", "name", "protocol", "url", "needs", "currency", "locale"];
    private static readonly string[] Optional = ["feed", "position", "zone", "hours", "rating", "sponsored", "bearerToken", "webhookSecret", "answersSigned"];

    internal MerchantEntry? Read(JsonAt at)
    {
        if (at.Members(Required, Optional) is not { } members)
        {
            return null;
        }

        var id = ReadWith("id", ReadId);
        var name = ReadWith("name", value => value.Text(LongestName));
        var protocol = members.TryGetValue("protocol", out var word) ? word.Word("protocol", RegistryWords.Protocols) : null;
        var url = ReadWith("url", Endpoint.Read);
        var needs = ReadWith("needs", ReadNeeds);
        var currency = ReadWith("currency", value => value.Text(IsCurrency, "an ISO 4217 code of three letters, all lower-case or all upper-case"));
        var locale = ReadWith("locale", value => value.Text(IsLocale, "a language tag such as en-GB"));
        var token = ReadWith("bearerToken", secrets.Read);
        var zone = ReadWith("zone", HoursReader.ReadZone);
        var hours = ReadWith("hours", HoursReader.Read);
        if (zone is not null && hours is not null && zone.Id != hours.Zone.Id)
        {
            members["zone"].Refuse($"is not that of hours, {hours.Zone.Id}");
        }

        var profile = new MerchantProfile(id ?? "", name ?? "", needs ?? new HashSet<MerchantNeed>())
        {
            Position = members.TryGetValue("position", out var position) ? ReadPosition(position) : null,
            Zone = zone,
            Hours = hours,
            Rating = members.TryGetValue("rating", out var rating) ? rating.Number(0, BestRating) : null,
            IsSponsored = members.TryGetValue("sponsored", out var sponsored) && sponsored.Flag() == true,
        };
        var feed = ReadWith("feed", value => value.Text(IsFeed, "a feed's id, or a path below url, of letters, digits, '-', '_', '.' and '/'"));
        var webhookSecret = ReadWith("webhookSecret", secrets.Read);
        var areAnswersSigned = members.TryGetValue("answersSigned", out var signed) && signed.Flag() == true;
        if (!CheckProtocol(at, protocol, members)
            || id is null || name is null || protocol is null || url is null || needs is null || currency is null || locale is null)
        {
            return null;
        }

        return new MerchantEntry
        {
            Profile = profile,
            Protocol = protocol.Value,
            BaseUrl = url,
            FeedPath = feed is null || feed.Contains('/', StringComparison.Ordinal) ? feed : $"feeds/{feed}/products",
            WireCurrency = currency,
            Locale = locale,
            BearerToken = token,
            WebhookSecret = webhookSecret,
            AreAnswersSigned = areAnswersSigned,
        };

        T? ReadWith<T>(string member, Func<JsonAt, T?> read)
            where T : class
            => members.TryGetValue(member, out var value) ? read(value) : null;
    }

    /// <summary>An id that is safe in logs, paths and on the bus.</summary>
    internal static string? ReadId(JsonAt at) =>
        at.Text(
            text => text.Length is > 0 and <= LongestId && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'),
            $"1 to {LongestId} lower-case letters, digits, '-' and '_'");

    // What a protocol has no use for would be believed to be in use.
    private static bool CheckProtocol(JsonAt at, MerchantProtocol? protocol, IReadOnlyDictionary<string, JsonAt> members)
    {
        switch (protocol)
        {
            case MerchantProtocol.Acp or MerchantProtocol.Mcp when members.TryGetValue("answersSigned", out var signed):
                signed.Refuse("is of protocol ucp");
                return false;
            case MerchantProtocol.Acp or MerchantProtocol.Mcp when !members.ContainsKey("bearerToken"):
                at.Faults.Add(at.Path + ".bearerToken", "(missing)", "must be given for protocols acp and mcp");
                return false;
            case MerchantProtocol.Ucp when members.TryGetValue("webhookSecret", out var secret):
                secret.RefuseHidden("is of protocols acp and mcp; order events of ucp are signed with the keys of the merchant's profile");
                return false;
            default:
                return true;
        }
    }

    private static HashSet<MerchantNeed>? ReadNeeds(JsonAt at)
    {
        if (at.Items(1, RegistryWords.Needs.Length) is not { } items)
        {
            return null;
        }

        var needs = new HashSet<MerchantNeed>();
        foreach (var item in items)
        {
            if (item.Word("need", RegistryWords.Needs) is { } need && !needs.Add(need))
            {
                item.Refuse("stands twice");
            }
        }

        return needs;
    }

    private static GeoPoint? ReadPosition(JsonAt at)
    {
        if (at.Members(["latitude", "longitude"], []) is not { } members)
        {
            return null;
        }

        var latitude = members.TryGetValue("latitude", out var north) ? north.Number(-90, 90) : null;
        var longitude = members.TryGetValue("longitude", out var east) ? east.Number(-180, 180) : null;
        return latitude is null || longitude is null ? null : new GeoPoint(latitude.Value, longitude.Value);
    }

    private static bool IsCurrency(string text) =>
        text.Length == 3 && (text.All(char.IsAsciiLetterLower) || text.All(char.IsAsciiLetterUpper));

    private static bool IsLocale(string text)
    {
        var parts = text.Split('-');
        return text.Length <= 35 && parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    private static bool IsFeed(string text) =>
        text.Length <= LongestFeed
        && text.Split('/').All(part => part.Trim('.').Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
}
