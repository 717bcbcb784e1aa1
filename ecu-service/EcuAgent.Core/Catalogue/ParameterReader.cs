using System.Text.Json;

namespace EcuAgent.Core.Catalogue;

/// <summary>Reads the JSON schema of one tool. Words of JSON schema outside our subset are faults, so that none is silently ignored.</summary>
internal sealed class ParameterReader(List<CatalogueFault> faults)
{
    public IReadOnlyList<ToolParameter> Read(string path, JsonElement schema)
    {
        CatalogueJson.RefuseOthers(faults, path, schema, "type", "properties", "required", "additionalProperties");
        if (CatalogueJson.Text(faults, path, schema, "type", required: true) is { Length: > 0 } type && type != "object")
        {
            Fault($"{path}.type", $"'{type}' is not 'object'");
        }

        if (!schema.TryGetProperty("additionalProperties", out var others) || others.ValueKind != JsonValueKind.False)
        {
            Fault($"{path}.additionalProperties", "must be there and false");
        }

        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            Fault($"{path}.properties", "an object is expected");
            return [];
        }

        var required = ReadRequired(path, schema, properties);
        var parameters = new List<ToolParameter>();
        foreach (var property in properties.EnumerateObject())
        {
            if (ReadOne($"{path}.properties.{property.Name}", property, required.Contains(property.Name)) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        return parameters;
    }

    private HashSet<string> ReadRequired(string path, JsonElement schema, JsonElement properties)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!schema.TryGetProperty("required", out var list))
        {
            return names;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Fault($"{path}.required", $"a list is expected, not {list.ValueKind}");
            return names;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !properties.TryGetProperty(item.GetString()!, out _))
            {
                Fault($"{path}.required", $"{item.GetRawText()} is not the name of a property");
            }
            else if (!names.Add(item.GetString()!))
            {
                Fault($"{path}.required", $"{item.GetRawText()} is there twice");
            }
        }

        return names;
    }

    private ToolParameter? ReadOne(string path, JsonProperty property, bool required)
    {
        var schema = property.Value;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Fault(path, $"an object is expected, not {schema.ValueKind}");
            return null;
        }

        var parameter = new ToolParameter
        {
            Name = property.Name,
            Kind = ToolParameterKind.Flag,
            Required = required,
            Description = CatalogueJson.Text(faults, path, schema, "description", required: false),
        };
        switch (CatalogueJson.Text(faults, path, schema, "type", required: true))
        {
            case "string" when schema.TryGetProperty("enum", out var words):
                CatalogueJson.RefuseOthers(faults, path, schema, "type", "description", "enum");
                return parameter with { Kind = ToolParameterKind.Word, Words = ReadWords($"{path}.enum", words) };
            case "string":
                CatalogueJson.RefuseOthers(faults, path, schema, "type", "description", "minLength", "maxLength", "x-copied-from");
                return ReadText(path, schema, parameter);
            case "number":
                return ReadNumber(path, schema, parameter with { Kind = ToolParameterKind.Number });
            case "integer":
                return ReadNumber(path, schema, parameter with { Kind = ToolParameterKind.Integer });
            case "boolean":
                CatalogueJson.RefuseOthers(faults, path, schema, "type", "description");
                return parameter;
            case { Length: > 0 } other:
                Fault($"{path}.type", $"'{other}' is not one of string, number, integer, boolean");
                return null;
            default:
                return null;
        }
    }

    private List<string> ReadWords(string path, JsonElement list)
    {
        var words = new List<string>();
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Fault(path, "a list with at least one word is expected");
            return words;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { Length: > 0 } word)
            {
                Fault(path, $"{item.GetRawText()} is not a word");
            }
            else if (words.Contains(word, StringComparer.Ordinal))
            {
                Fault(path, $"'{word}' is there twice");
            }
            else
            {
                words.Add(word);
            }
        }

        return words;
    }

    private ToolParameter ReadText(string path, JsonElement schema, ToolParameter parameter)
    {
        var shortest = CatalogueJson.Number(faults, path, schema, "minLength") ?? 0;
        var longest = CatalogueJson.Number(faults, path, schema, "maxLength");
        if (longest is null)
        {
            Fault($"{path}.maxLength", "is missing: a text without a limit is not allowed");
        }
        else if (longest < 1 || longest > 512 || shortest < 0 || shortest > longest)
        {
            Fault($"{path}.maxLength", FormattableString.Invariant($"{longest} with minLength {shortest} is not within 1 to 512"));
        }

        var copied = CatalogueJson.Text(faults, path, schema, "x-copied-from", required: false);
        if (copied is not ("" or "utterance"))
        {
            Fault($"{path}.x-copied-from", $"'{copied}' is not 'utterance'");
        }

        return parameter with
        {
            Kind = ToolParameterKind.Text,
            MinLength = (int)shortest,
            MaxLength = (int)(longest ?? 0),
            CopiedFromUtterance = copied.Length > 0,
        };
    }

    private ToolParameter ReadNumber(string path, JsonElement schema, ToolParameter parameter)
    {
        CatalogueJson.RefuseOthers(faults, path, schema, "type", "description", "minimum", "maximum", "multipleOf");
        var minimum = CatalogueJson.Number(faults, path, schema, "minimum");
        var maximum = CatalogueJson.Number(faults, path, schema, "maximum");
        var step = CatalogueJson.Number(faults, path, schema, "multipleOf");
        if (minimum is null || maximum is null || minimum > maximum)
        {
            Fault($"{path}.minimum", "minimum and maximum must both be there, in this order");
        }

        if (step <= 0)
        {
            Fault($"{path}.multipleOf", FormattableString.Invariant($"{step} is not above zero"));
        }

        return parameter with
        {
            Minimum = minimum ?? double.NegativeInfinity,
            Maximum = maximum ?? double.PositiveInfinity,
            MultipleOf = step,
        };
    }

    private void Fault(string path, string message) => faults.Add(new CatalogueFault(path, message));
}
