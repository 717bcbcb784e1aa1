using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Registry;

/// <summary>Reads how the car is known to merchants that speak UCP.</summary>
internal sealed class UcpReader(SecretReader secrets)
{
    private const string Allowed = "a private key of ECDSA P-256, as PEM or as a JWK";

    internal UcpEntry? Read(JsonAt at)
    {
        if (at.Members(["profileUrl"], ["firstProfileUrl", "signingKeyFile", "webhookUrl"]) is not { } members)
        {
            return null;
        }

        var profile = members.TryGetValue("profileUrl", out var address) ? Endpoint.Read(address) : null;
        var first = members.TryGetValue("firstProfileUrl", out var firstAddress) ? Endpoint.Read(firstAddress) : null;
        var key = members.TryGetValue("signingKeyFile", out var file) ? secrets.FromFile(file, text => SigningKey.Read(text) is not null, Allowed) : null;
        var webhook = members.TryGetValue("webhookUrl", out var receiver) ? Endpoint.Read(receiver) : null;
        return profile is null ? null : new UcpEntry
        {
            ProfileUrl = profile,
            FirstProfileUrl = first,
            SigningKey = key is null ? null : SigningKey.Read(key.Text),
            WebhookUrl = webhook,
        };
    }
}
