using System.Globalization;
using System.Text.Json;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Catalogue;

/// <summary>
/// Reads and checks a catalogue file. It goes on after a fault, so that one run names everything that is wrong.
/// </summary>
internal sealed class CatalogueReader(string source)
{
    private const int HighestMaxCalls = 8;

    private static readonly Dictionary<string, ActionClass> Classes = new(StringComparer.Ordinal)
    {
        ["inform"] = ActionClass.Inform,
        ["comfort"] = ActionClass.Comfort,
        ["navigate"] = ActionClass.Navigate,
        ["browse"] = ActionClass.Browse,
        ["prepare"] = ActionClass.Prepare,
        ["commit"] = ActionClass.Commit,
        ["setup"] = ActionClass.Setup,
    };

    private readonly List<CatalogueFault> _faults = [];

    public CatalogueContent Read(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var content = ReadRoot(document.RootElement);
            return _faults.Count == 0 ? content : throw new CatalogueException(source, _faults);
        }
        catch (JsonException exception)
        {
            throw new CatalogueException(source, [new CatalogueFault(exception.Path ?? "$", exception.Message)]);
        }
    }

    private CatalogueContent ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Fault("$", $"an object is expected, not {root.ValueKind}");
            return new CatalogueContent("", 1, []);
        }

        RefuseOthers("$", root, "version", "maxCallsPerUtterance", "tools");
        var version = Text("$", root, "version", required: true);
        var maxCalls = (int)(Number("$", root, "maxCallsPerUtterance") ?? 0);
        if (maxCalls is < 1 or > HighestMaxCalls)
        {
            Fault("$.maxCallsPerUtterance", $"{maxCalls} is not within 1 to {HighestMaxCalls}");
        }

        var tools = new List<ToolDefinition>();
        if (!root.TryGetProperty("tools", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Fault("$.tools", "a list with at least one tool is expected");
            return new CatalogueContent(version, maxCalls, tools);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.tools[{index++}]");
            var tool = ReadTool(path, element);
            if (tool is null)
            {
                continue;
            }

            if (!names.Add(tool.Name))
            {
                Fault($"{path}.name", $"'{tool.Name}' is there twice");
                continue;
            }

            tools.Add(tool);
        }

        return new CatalogueContent(version, maxCalls, tools);
    }

    private ToolDefinition? ReadTool(string path, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(path, $"an object is expected, not {element.ValueKind}");
            return null;
        }

        RefuseOthers(path, element, "name", "domain", "class", "description", "parameters");
        var name = Text(path, element, "name", required: true);
        if (name.Length > 0 && !ToolNames.All.Contains(name))
        {
            Fault($"{path}.name", $"'{name}' is not a tool that the agent can carry out");
        }

        var className = Text(path, element, "class", required: true);
        if (!Classes.TryGetValue(className, out var actionClass))
        {
            Fault($"{path}.class", $"'{className}' is not one of {string.Join(", ", Classes.Keys)}");
        }

        if (!element.TryGetProperty("parameters", out var schema) || schema.ValueKind != JsonValueKind.Object)
        {
            Fault($"{path}.parameters", "a JSON schema object is expected");
            return null;
        }

        return new ToolDefinition
        {
            Name = name,
            Domain = Text(path, element, "domain", required: true),
            ActionClass = actionClass,
            Description = Text(path, element, "description", required: true),
            Parameters = new ParameterReader(_faults).Read($"{path}.parameters", schema),
            Schema = schema.Clone(),
        };
    }

    private void RefuseOthers(string path, JsonElement element, params ReadOnlySpan<string> known) =>
        CatalogueJson.RefuseOthers(_faults, path, element, known);

    private string Text(string path, JsonElement element, string name, bool required) =>
        CatalogueJson.Text(_faults, path, element, name, required);

    private double? Number(string path, JsonElement element, string name) => CatalogueJson.Number(_faults, path, element, name);

    private void Fault(string path, string message) => _faults.Add(new CatalogueFault(path, message));
}
