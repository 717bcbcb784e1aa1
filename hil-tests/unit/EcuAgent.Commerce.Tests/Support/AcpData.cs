using System.Text.Json;
using Json.Schema;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>The protocol's published schemas and examples, read in place; tests that need them are skipped where they are not.</summary>
internal static class AcpData
{
    private const string Edition = "protocols/acp-2026-04-17";

    private static readonly Lazy<BuildOptions> Bundles = new(ReadBundles);

    private static string? Folder =>
        Environment.GetEnvironmentVariable("ECUAGENT_DATA") is { Length: > 0 } data && Directory.Exists(Path.Combine(data, Edition))
            ? Path.Combine(data, Edition)
            : null;

    /// <summary>A published example, from a file that holds one or several.</summary>
    internal static string Example(string file, string? name = null)
    {
        Require();
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, file)));
        return (name is null ? document.RootElement : document.RootElement.GetProperty(name)).GetRawText();
    }

    /// <summary>What a published schema has against a body; empty when nothing.</summary>
    /// <param name="bundle">For example <c>agentic-checkout</c>.</param>
    /// <param name="definition">Name of the definition in it.</param>
    /// <param name="body">JSON.</param>
    internal static IReadOnlyList<string> Objections(string bundle, string definition, string body)
    {
        Require();
        var schema = JsonSchema.FromText(
            $$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"https://example.com/schemas/{{bundle}}/bundle.schema.json#/$defs/{{definition}}"}""",
            Bundles.Value);
        return Objections(schema, body);
    }

    internal static IReadOnlyList<string> Objections(JsonSchema schema, string body)
    {
        using var document = JsonDocument.Parse(body);
        var results = schema.Evaluate(
            document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return results.IsValid
            ? []
            : [.. (results.Details ?? []).Append(results)
                .Where(detail => detail.Errors is not null)
                .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key}: {error.Value}"))];
    }

    /// <summary>Skips the test where the data is not there; to be called by the test itself, where a skip is not taken for a failure.</summary>
    internal static void Require() =>
        Assert.SkipUnless(Folder is not null, $"the protocol's schemas are not here (ECUAGENT_DATA, {Edition})");

    private static BuildOptions ReadBundles()
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        foreach (var name in new[] { "agentic_checkout", "delegate_payment", "feed" })
        {
            JsonSchema.FromText(File.ReadAllText(Path.Combine(Folder!, "schemas", $"schema.{name}.json")), options);
        }

        return options;
    }
}
