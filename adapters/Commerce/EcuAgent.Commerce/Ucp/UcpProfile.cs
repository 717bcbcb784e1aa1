using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Ucp;

/// <summary>The car's own UCP profile: what <c>profileUrl</c> of a registry has to lead to. Somebody has to host it; the car does not.</summary>
public static class UcpProfile
{
    private const string Schemas = "schemas/shopping";

    private static readonly JsonSerializerOptions Indented = new(JwkJson.Default.Options) { WriteIndented = true };

    /// <summary>
    /// The document, by the settings of a registry: capabilities, where order events go, ways of paying, and the public key. Nothing in it is secret.
    /// It names every version that the car speaks.
    /// </summary>
    /// <param name="registryFile">Path of <c>merchants.json</c>.</param>
    /// <exception cref="RegistryException">The registry, or a file or secret that it names, is not usable.</exception>
    /// <exception cref="InvalidOperationException">The registry has no <c>ucp</c>.</exception>
    public static string Of(string registryFile) => Written(registryFile, Newest);

    /// <summary>The document that <c>firstProfileUrl</c> has to lead to: the same in the form of version 2026-01-11, for merchants of that version.</summary>
    /// <param name="registryFile">Path of <c>merchants.json</c>.</param>
    /// <exception cref="RegistryException">The registry, or a file or secret that it names, is not usable.</exception>
    /// <exception cref="InvalidOperationException">The registry has no <c>ucp</c>.</exception>
    public static string FirstOf(string registryFile) => Written(registryFile, First);

    private static string Written(string registryFile, Func<UcpEntry, PaymentEntry?, JsonObject> metadata)
    {
        var registry = RegistryLoader.Load(registryFile);
        var self = registry.Ucp ?? throw new InvalidOperationException($"{registryFile} has no ucp, so there is no profile to write");
        var document = new JsonObject { ["ucp"] = metadata(self, registry.Payment) };
        if (self.SigningKey is { } key)
        {
            document["signing_keys"] = new JsonArray(JsonSerializer.SerializeToNode(key.PublicKey with { Kid = key.KeyId }, JwkJson.Default.Jwk));
        }

        return document.ToJsonString(Indented);
    }

    private static JsonObject Newest(UcpEntry self, PaymentEntry? payment) => new()
    {
        ["version"] = UcpWords.Newest,
        ["services"] = new JsonObject
        {
            [UcpWords.ShoppingService] = new JsonArray(new JsonObject
            {
                ["version"] = UcpWords.Newest,
                ["spec"] = $"{Site(UcpWords.Newest)}/specification/overview",
                ["transport"] = "rest",
                ["schema"] = $"{Site(UcpWords.Newest)}/services/shopping/rest.openapi.json",
            }),
        },
        ["capabilities"] = new JsonObject(Capabilities(self).Select(capability => KeyValuePair.Create(
            capability.Name, (JsonNode?)new JsonArray([.. UcpWords.Versions.Select(capability.In)])))),
        ["payment_handlers"] = new JsonObject(NamesIn(payment).Select(name => KeyValuePair.Create(
            name, (JsonNode?)new JsonArray(new JsonObject { ["id"] = name, ["version"] = UcpWords.Newest, ["spec"] = $"urn:{name}", ["schema"] = $"urn:{name}" })))),
    };

    private static JsonObject First(UcpEntry self, PaymentEntry? payment) => new()
    {
        ["version"] = UcpWords.First,
        ["services"] = new JsonObject(),
        ["capabilities"] = new JsonArray([.. Capabilities(self).Select(capability => Named(capability.Name, capability.In(UcpWords.First)))]),
    };

    private static JsonObject Named(string name, JsonObject capability)
    {
        capability.Insert(0, "name", name);
        return capability;
    }

    private static string Site(string version) => $"https://ucp.dev/{version}";

    private static IEnumerable<Capability> Capabilities(UcpEntry self) =>
    [
        new(UcpWords.Checkout, "checkout", null),
        new(UcpWords.Fulfillment, "fulfillment", UcpWords.Checkout),
        new(UcpWords.Order, "order", null) { Receiver = self.WebhookUrl },
        new(UcpWords.OrderCancel, null, UcpWords.Order),
        new(UcpWords.TripData, null, UcpWords.Checkout),
    ];

    // The address of a specification alone does not tell what the handler is called.
    private static IEnumerable<string> NamesIn(PaymentEntry? payment) =>
        (payment?.UcpHandlers ?? new HashSet<string>()).Where(handler => !handler.Contains(':', StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>A capability of the car.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Chapter">Its chapter of the protocol; null for one of the car's own.</param>
    /// <param name="Extends">What it extends; null where it stands alone.</param>
    private sealed record Capability(string Name, string? Chapter, string? Extends)
    {
        internal Uri? Receiver { get; init; }

        internal JsonObject In(string version)
        {
            var written = new JsonObject
            {
                ["version"] = version,
                ["spec"] = Chapter is null ? $"urn:{Name}" : $"{Site(version)}/specification/{Chapter}",
                ["schema"] = Chapter is null ? $"urn:{Name}" : $"{Site(version)}/{Schemas}/{Chapter}.json",
            };
            if (Extends is not null)
            {
                written["extends"] = Extends;
            }

            if (Receiver is not null)
            {
                written["config"] = new JsonObject { ["webhook_url"] = Receiver.AbsoluteUri };
            }

            return written;
        }
    }
}
