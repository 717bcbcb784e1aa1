using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A request as it arrived.</summary>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    internal JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
