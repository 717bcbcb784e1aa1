using Json.Schema;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>What the published OpenRPC file of ACP's MCP binding has against a call.</summary>
internal static class OpenRpc
{
    private const string DomainRef = "../json-schema/schema.agentic_checkout.json#/$defs/";

    internal static IReadOnlyList<string> Objections(string tool, JsonObject arguments)
    {
        var root = JsonNode.Parse(AcpData.Example("openrpc/openrpc.agentic_checkout.json"))!;
        var method = root["methods"]!.AsArray().Single(known => (string?)known!["name"] == tool)!;
        var faults = new List<string>();
        var names = new HashSet<string>();
        foreach (var parameter in method["params"]!.AsArray())
        {
            var name = (string)parameter!["name"]!;
            names.Add(name);
            if (arguments[name] is not { } value)
            {
                faults.AddRange((bool)parameter["required"]! ? [$"{name} is missing"] : []);
                continue;
            }

            var reference = (string?)parameter["schema"]!["$ref"];
            faults.AddRange(
                reference?.StartsWith(DomainRef, StringComparison.Ordinal) == true
                    ? AcpData.Objections("agentic-checkout", reference[DomainRef.Length..], value.ToJsonString())
                    : AcpData.Objections(
                        JsonSchema.FromText((reference is null ? parameter["schema"]! : root["components"]!["schemas"]!["meta"]!).ToJsonString()), value.ToJsonString()));
        }

        return [.. faults, .. arguments.Select(argument => argument.Key).Where(name => !names.Contains(name)).Select(name => $"{name} is not known")];
    }
}
