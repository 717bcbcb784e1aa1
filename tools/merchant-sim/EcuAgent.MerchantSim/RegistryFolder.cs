using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.MerchantSim.Ucp;

namespace EcuAgent.MerchantSim;

/// <summary>
/// Writes what a car needs to buy here: <c>merchants.json</c> (format <c>ecuagent-merchants/1</c> of <c>adapters/Commerce</c>), an invented buyer,
/// the reference to a means of payment, and the secrets, each file readable by its owner only. The merchants stand around
/// <see cref="OriginLatitudeDeg"/>, <see cref="OriginLongitudeDeg"/>, where <c>tools/ecu-sim</c> has its map.
/// </summary>
internal static class RegistryFolder
{
    public const double OriginLatitudeDeg = 48.1374;
    public const double OriginLongitudeDeg = 11.5755;

    // A way of some minutes from each to the next, in all directions.
    private const double RadiusDeg = 0.012;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the folder, which is made when it is missing; files that are there are replaced. Returns the registry's path.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static string Write(
        string folder, MerchantWorld world, MerchantWorldOptions options, string instrument, IReadOnlySet<string> ucpMerchants, UcpKey platformKey, Uri? ucpEvents)
    {
        Directory.CreateDirectory(folder);
        Secret(folder, "merchant-key", options.ApiKeys[0]);
        Secret(folder, "webhook-secret", options.WebhookSecret);
        Secret(folder, "instrument", instrument);
        Secret(folder, "buyer.json", new JsonObject
        {
            ["name"] = "Alex Beispiel",
            ["email"] = "alex@example.com",
            ["home"] = Address("Lindenweg 4"),
            ["work"] = Address("Werkstrasse 18"),
        }.ToJsonString(Indented));
        var merchants = world.Merchants;
        var registry = new JsonObject
        {
            ["format"] = "ecuagent-merchants/1",
            ["buyerFile"] = "buyer.json",
            ["payment"] = new JsonObject
            {
                ["url"] = world.PaymentUrl.ToString(),
                ["bearerToken"] = new JsonObject { ["file"] = "merchant-key" },
                ["instrumentFile"] = "instrument",
                ["merchantIds"] = new JsonObject(merchants.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Id, m.Id))),
            },
            ["merchants"] = new JsonArray([.. merchants.Select((merchant, index) => Entry(merchant, index, merchants.Count, ucpMerchants.Contains(merchant.Id)))]),
        };
        if (ucpMerchants.Count > 0)
        {
            registry["ucp"] = Platform(folder, world, platformKey, ucpEvents);
            registry["payment"]!["ucpHandlers"] = new JsonArray(UcpProtocol.HandlerName);
        }

        return Secret(folder, "merchants.json", registry.ToJsonString(Indented));
    }

    private static JsonObject Platform(string folder, MerchantWorld world, UcpKey key, Uri? events)
    {
        Secret(folder, "ucp-key", key.ToPrivateJwk());
        var platform = new JsonObject { ["profileUrl"] = new Uri(world.BaseUrl, PlatformProfile.Path).ToString(), ["signingKeyFile"] = "ucp-key" };
        if (events is { } receiver)
        {
            platform["webhookUrl"] = receiver.ToString();
        }

        return platform;
    }

    private static JsonObject Entry(MerchantInfo merchant, int index, int count, bool isUcp)
    {
        var angle = Math.Tau * index / count;
        var entry = new JsonObject
        {
            ["id"] = merchant.Id,
            ["name"] = merchant.Name,
            ["protocol"] = isUcp ? "ucp" : "acp",
            ["url"] = merchant.BaseUrl.ToString(),
            ["needs"] = new JsonArray(Need(merchant.Kind)),
            ["feed"] = "en",
            ["currency"] = merchant.Currency,
            ["locale"] = "en-GB",
            ["zone"] = merchant.TimeZone,
            ["rating"] = merchant.Rating,
            ["sponsored"] = merchant.IsSponsored,
            ["bearerToken"] = new JsonObject { ["file"] = "merchant-key" },
        };
        if (isUcp)
        {
            entry["answersSigned"] = true;
        }
        else
        {
            entry["webhookSecret"] = new JsonObject { ["file"] = "webhook-secret" };
        }

        if (merchant.Kind is not (MerchantKind.Biller or MerchantKind.Parcel))
        {
            entry["position"] = new JsonObject
            {
                ["latitude"] = Math.Round(OriginLatitudeDeg + (RadiusDeg * Math.Cos(angle)), 6),
                ["longitude"] = Math.Round(OriginLongitudeDeg + (RadiusDeg * Math.Sin(angle)), 6),
            };
        }

        return entry;
    }

    private static string Need(MerchantKind kind) => kind switch
    {
        MerchantKind.Restaurant => "food",
        MerchantKind.Hotel => "hotel",
        MerchantKind.Biller => "payment",
        MerchantKind.Parcel => "parcel",
        _ => "ticket",
    };

    private static JsonObject Address(string line) => new()
    {
        ["lineOne"] = line,
        ["city"] = "Munich",
        ["state"] = "BY",
        ["country"] = "DE",
        ["postalCode"] = "80331",
    };

    private static string Secret(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(part, options))
        {
            writer.Write(text);
        }

        File.Move(part, path, overwrite: true);
        return path;
    }
}
