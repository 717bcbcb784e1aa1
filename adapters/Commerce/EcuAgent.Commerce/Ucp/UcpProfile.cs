using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Ucp;

/// <summary>The car's own UCP profile: what <c>profileUrl</c> of a registry has to lead to. Somebody has to host it; the car does not.</summary>
public static class UcpProfile
{
    private const string Specification = $"https://ucp.dev/{UcpWords.Version}/specification";
    private const string Schemas = $"https://ucp.dev/{UcpWords.Version}/schemas/shopping";

    private static readonly JsonSerializerOptions Indented = new(JwkJson.Default.Options) { WriteIndented = true };

    /// <summary>The document, by the settings of a registry: capabilities, where order events go, and the public key. Nothing in it is secret.</summary>
    /// <param name="registryFile">Path of <c>merchants.json</c>.</param>
    /// <exception cref="RegistryException">The registry, or a file or secret that it names, is not usable.</exception>
    /// <exception cref="InvalidOperationException">The registry has no <c>ucp</c>.</exception>
    public static string Of(string registryFile)
    {
        var self = RegistryLoader.Load(registryFile).Ucp ?? throw new InvalidOperationException($"{registryFile} has no ucp, so there is no profile to write");
        return Document(self).ToJsonString(Indented);
    }

    private static JsonObject Document(UcpEntry self)
    {
        var order = Capability(UcpWords.Order, null, $"{Specification}/order", $"{Schemas}/order.json");
        if (self.WebhookUrl is { } receiver)
        {
            order["config"] = new JsonObject { ["webhook_url"] = receiver.AbsoluteUri };
        }

        var document = new JsonObject
        {
            ["ucp"] = new JsonObject
            {
                ["version"] = UcpWords.Version,
                ["services"] = new JsonObject(),
                ["capabilities"] = new JsonArray(
                    Capability(UcpWords.Checkout, null, $"{Specification}/checkout", $"{Schemas}/checkout.json"),
                    Capability(UcpWords.Fulfillment, UcpWords.Checkout, $"{Specification}/fulfillment", $"{Schemas}/fulfillment.json"),
                    order,
                    Capability(UcpWords.OrderCancel, UcpWords.Order, $"urn:{UcpWords.OrderCancel}", $"urn:{UcpWords.OrderCancel}"),
                    Capability(UcpWords.TripData, UcpWords.Checkout, $"urn:{UcpWords.TripData}", $"urn:{UcpWords.TripData}")),
            },
        };
        if (self.SigningKey is { } key)
        {
            document["signing_keys"] = new JsonArray(JsonSerializer.SerializeToNode(key.PublicKey with { Kid = key.KeyId }, JwkJson.Default.Jwk));
        }

        return document;
    }

    private static JsonObject Capability(string name, string? extends, string spec, string schema)
    {
        var capability = new JsonObject { ["name"] = name, ["version"] = UcpWords.Version, ["spec"] = spec, ["schema"] = schema };
        if (extends is not null)
        {
            capability["extends"] = extends;
        }

        return capability;
    }
}
