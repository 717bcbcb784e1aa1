using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Core.Policy;

namespace EcuAgent.Core.Tests.Policy;

/// <summary>The bundled policy files, to be changed in one place and loaded again.</summary>
internal static class PolicyDocuments
{
    internal static string Text(string profile) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policies", profile + ".json"));

    internal static JsonObject Load(string profile) => JsonNode.Parse(Text(profile))!.AsObject();

    internal static GatePolicy Parse(string json) => PolicyLoader.Parse(Encoding.UTF8.GetBytes(json), "test.json");

    internal static IReadOnlyList<PolicyFault> FaultsOf(string json)
    {
        try
        {
            Parse(json);
            return [];
        }
        catch (PolicyException e)
        {
            return e.Faults;
        }
    }
}
