using System.Text.Json;

namespace EcuAgent.Core.Catalogue;

/// <summary>Reading of single JSON members that adds a fault instead of throwing.</summary>
internal static class CatalogueJson
{
    public static void RefuseOthers(List<CatalogueFault> faults, string path, JsonElement element, params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                faults.Add(new CatalogueFault($"{path}.{member.Name}", "this member is not known here"));
            }
        }
    }

    public static string Text(List<CatalogueFault> faults, string path, JsonElement element, string name, bool required)
    {
        if (element.TryGetProperty(name, out var value))
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            {
                return text;
            }

            faults.Add(new CatalogueFault($"{path}.{name}", $"a text that is not empty is expected, not {value.GetRawText()}"));
        }
        else if (required)
        {
            faults.Add(new CatalogueFault($"{path}.{name}", "is missing"));
        }

        return "";
    }

    public static double? Number(List<CatalogueFault> faults, string path, JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        faults.Add(new CatalogueFault($"{path}.{name}", $"a finite number is expected, not {value.GetRawText()}"));
        return null;
    }
}
