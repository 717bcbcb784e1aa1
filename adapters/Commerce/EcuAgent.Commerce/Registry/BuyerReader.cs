using System.Text.Json;

namespace EcuAgent.Commerce.Registry;

/// <summary>Reads the buyer's profile. Its faults name places, never what stands there.</summary>
internal static class BuyerReader
{
    private const int LargestFileBytes = 16 * 1024;

    // The bounds of an address are those of ACP's delegate payment schema, the narrowest of the protocol.
    private const int LongestName = 256;
    private const int LongestLine = 60;
    private const int LongestPostalCode = 20;
    private const int LongestEmail = 254;

    /// <summary>The profile, or null and the faults.</summary>
    internal static BuyerProfile? Read(string path, List<RegistryFault> faults)
    {
        var list = new FaultList(path, areValuesHidden: true);
        var (text, problem) = OwnerOnlyFile.Read(path, LargestFileBytes);
        BuyerProfile? profile = null;
        if (text is null)
        {
            list.Add("$", "", problem);
        }
        else
        {
            try
            {
                using var document = JsonDocument.Parse(text, CheckedFile.JsonForm);
                profile = ReadProfile(new JsonAt(document.RootElement, "$", list));
            }
            catch (JsonException error)
            {
                list.Add("$", "", $"is not JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
            }
        }

        faults.AddRange(list.Faults);
        return list.Faults.Count == 0 ? profile : null;
    }

    private static BuyerProfile? ReadProfile(JsonAt root)
    {
        if (root.Members(["name", "email"], ["$schema", "phone", "home", "work"]) is not { } members)
        {
            return null;
        }

        if (members.TryGetValue("$schema", out var schema))
        {
            schema.Text(500);
        }

        var profile = new BuyerProfile
        {
            Name = members.TryGetValue("name", out var name) ? name.Text(LongestName) ?? "" : "",
            Email = members.TryGetValue("email", out var email) ? email.Text(IsEmail, $"an e-mail address of at most {LongestEmail} characters") ?? "" : "",
            Phone = members.TryGetValue("phone", out var phone) ? phone.Text(IsPhone, "a phone number such as +4989123456") : null,
            Home = members.TryGetValue("home", out var home) ? ReadAddress(home) : null,
            Work = members.TryGetValue("work", out var work) ? ReadAddress(work) : null,
        };
        return profile;
    }

    private static PostalAddress? ReadAddress(JsonAt at)
    {
        if (at.Members(["lineOne", "city", "state", "country", "postalCode"], ["lineTwo"]) is not { } members)
        {
            return null;
        }

        return new PostalAddress
        {
            LineOne = Text("lineOne", LongestLine) ?? "",
            LineTwo = Text("lineTwo", LongestLine),
            City = Text("city", LongestLine) ?? "",
            State = Text("state", LongestLine) ?? "",
            Country = members.TryGetValue("country", out var country) ? country.Text(IsCountry, "an ISO 3166-1 code of two upper-case letters") ?? "" : "",
            PostalCode = Text("postalCode", LongestPostalCode) ?? "",
        };

        string? Text(string name, int most) => members.TryGetValue(name, out var member) ? member.Text(most) : null;
    }

    private static bool IsEmail(string text) =>
        text.Length <= LongestEmail && text.Count(c => c == '@') == 1 && text[0] != '@' && text[^1] != '@'
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static bool IsPhone(string text) =>
        text.Length is >= 5 and <= 24 && text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')') && text.Any(char.IsAsciiDigit);

    private static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);
}
