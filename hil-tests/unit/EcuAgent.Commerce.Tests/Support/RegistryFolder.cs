using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A folder with a registry and the files that it names, all real.</summary>
internal sealed class RegistryFolder : IDisposable
{
    internal const string Token = "planted-merchant-token";
    internal const string ProviderToken = "planted-provider-token";
    internal const string Instrument = "pm_planted_reference";
    internal const string WebhookSecret = "planted-webhook-secret";
    internal const string Name = "Planted Person";
    internal const string Email = "planted@example.org";
    internal const string Street = "Planted Street 7";
    internal const string WorkStreet = "Workshop Way 9";

    /// <summary>What the car signs its requests with.</summary>
    internal static readonly string UcpSigningKeyPem = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-commerce-");

    internal RegistryFolder()
    {
        Write("merchant.key", Token + "\n");
        Write("provider.key", ProviderToken);
        Write("instrument", Instrument);
        Write("webhook.key", WebhookSecret);
        Write("ucp.key", UcpSigningKeyPem);
        WriteBuyer(Buyer());
    }

    internal string File => In("merchants.json");

    internal string In(string name) => Path.Combine(_folder.FullName, name);

    internal void Write(string name, string text, UnixFileMode mode = OwnerOnly)
    {
        System.IO.File.WriteAllText(In(name), text);
        System.IO.File.SetUnixFileMode(In(name), mode);
    }

    internal void WriteBuyer(JsonNode buyer) => Write("buyer.json", buyer.ToJsonString());

    internal void WriteRegistry(JsonNode registry) => Write("merchants.json", registry.ToJsonString());

    internal static JsonObject Buyer() => new()
    {
        ["name"] = Name,
        ["email"] = Email,
        ["phone"] = "+4989123456",
        ["home"] = Address(Street),
        ["work"] = Address(WorkStreet),
    };

    internal static JsonObject Merchant(string id = "trattoria", string url = "http://127.0.0.1:9/acp") => new()
    {
        ["id"] = id,
        ["name"] = "Trattoria Uno",
        ["protocol"] = "acp",
        ["url"] = url,
        ["needs"] = new JsonArray("food", "table"),
        ["feed"] = "feed_1",
        ["currency"] = "eur",
        ["locale"] = "de-DE",
        ["position"] = new JsonObject { ["latitude"] = 48.137, ["longitude"] = 11.575 },
        ["hours"] = new JsonObject
        {
            ["zone"] = "Europe/Berlin",
            ["spans"] = new JsonArray(
                new JsonObject { ["days"] = new JsonArray("mon", "tue"), ["from"] = "11:00", ["until"] = "22:30" },
                new JsonObject { ["days"] = new JsonArray("sat"), ["from"] = "18:00", ["until"] = "02:00" }),
        },
        ["rating"] = 4.5,
        ["sponsored"] = true,
        ["bearerToken"] = new JsonObject { ["file"] = "merchant.key" },
        ["webhookSecret"] = new JsonObject { ["file"] = "webhook.key" },
    };

    internal static JsonObject Payment(string url = "http://127.0.0.1:9/psp") => new()
    {
        ["url"] = url,
        ["bearerToken"] = new JsonObject { ["file"] = "provider.key" },
        ["instrumentFile"] = "instrument",
        ["fundingType"] = "debit",
        ["merchantIds"] = new JsonObject { ["trattoria"] = "acct_trattoria" },
    };

    internal static JsonObject Registry(string merchantUrl = "http://127.0.0.1:9/acp", string providerUrl = "http://127.0.0.1:9/psp") => new()
    {
        ["$schema"] = "merchants.schema.json",
        ["format"] = "ecuagent-merchants/1",
        ["buyerFile"] = "buyer.json",
        ["payment"] = Payment(providerUrl),
        ["merchants"] = new JsonArray(Merchant(url: merchantUrl)),
    };

    public void Dispose() => _folder.Delete(recursive: true);

    private static JsonObject Address(string street) => new()
    {
        ["lineOne"] = street,
        ["city"] = "München",
        ["state"] = "BY",
        ["country"] = "DE",
        ["postalCode"] = "80331",
    };
}
