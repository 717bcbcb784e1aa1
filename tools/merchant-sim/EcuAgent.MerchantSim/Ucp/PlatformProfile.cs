using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>The profile of the client that a registry was written for: somebody has to host it, and on one machine that is this server.</summary>
internal sealed class PlatformProfile
{
    public const string Path = "platform/ucp";

    private volatile UcpKey? _key;

    public void Publish(UcpKey key) => _key = key;

    /// <returns>Null where no registry was written.</returns>
    public Answer? Write() => _key is { } key
        ? Answer.Json(200, new JsonObject
        {
            ["ucp"] = new JsonObject { ["version"] = UcpProtocol.Version, ["services"] = new JsonObject(), ["capabilities"] = new JsonArray() },
            ["signing_keys"] = new JsonArray(key.ToJwk()),
        })
        : null;
}
