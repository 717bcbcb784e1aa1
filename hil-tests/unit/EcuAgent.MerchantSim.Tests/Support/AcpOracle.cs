using Json.Schema;

namespace EcuAgent.MerchantSim.Tests.Support;

/// <summary>The protocol's published schemas, read in place. Absent on a machine without the shared data.</summary>
internal sealed class AcpOracle
{
    public const string Checkout = "agentic_checkout";
    public const string DelegatePayment = "delegate_payment";
    public const string Feed = "feed";
    public const string Absent = "the published schemas are not here (ECUAGENT_DATA)";

    private static readonly Lazy<AcpOracle?> Loaded = new(Load);

    private readonly BuildOptions _build = new() { SchemaRegistry = new SchemaRegistry() };
    private readonly Dictionary<string, Uri> _bundles = [];
    private readonly Dictionary<(string, string), JsonSchema> _schemas = [];
    private readonly Lock _gate = new();

    private AcpOracle(string folder)
    {
        Folder = folder;
        foreach (var name in new[] { Checkout, DelegatePayment, Feed })
        {
            var text = File.ReadAllText(Path.Combine(folder, "schemas", $"schema.{name}.json"));
            _ = JsonSchema.FromText(text, _build);
            using var document = JsonDocument.Parse(text);
            _bundles.Add(name, new Uri(document.RootElement.GetProperty("$id").GetString()!));
        }
    }

    /// <summary>Null when the data is not here.</summary>
    public static AcpOracle? Instance => Loaded.Value;

    public string Folder { get; }

    /// <summary>The oracle; the test is skipped without it.</summary>
    public static AcpOracle Required()
    {
        Assert.SkipWhen(Instance is null, Absent);
        return Instance!;
    }

    /// <returns>What is wrong; null when nothing is.</returns>
    public string? WhyInvalid(string bundle, string definition, JsonElement value, bool withFormats = true)
    {
        lock (_gate)
        {
            if (!_schemas.TryGetValue((bundle, definition), out var schema))
            {
                schema = JsonSchema.FromText(
                    $$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"{{_bundles[bundle]}}#/$defs/{{definition}}"}""", _build);
                _schemas.Add((bundle, definition), schema);
            }

            if (schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.Flag, RequireFormatValidation = withFormats }).IsValid)
            {
                return null;
            }

            var results = schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = withFormats });
            return string.Join("; ", (results.Details ?? []).Where(d => d.Errors is not null)
                    .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}")).Take(8)) + $" in {value.GetRawText()}";
        }
    }

    public void Check(string bundle, string definition, JsonElement value) => Assert.Null(WhyInvalid(bundle, definition, value));

    public JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        return document.RootElement.Clone();
    }

    private static AcpOracle? Load()
    {
        var folder = Environment.GetEnvironmentVariable("ECUAGENT_DATA") is { Length: > 0 } data
            ? Path.Combine(data, "protocols", "acp-2026-04-17")
            : "";
        return Directory.Exists(folder) ? new AcpOracle(folder) : null;
    }
}
