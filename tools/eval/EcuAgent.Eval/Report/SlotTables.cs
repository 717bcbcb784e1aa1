using EcuAgent.Core.Catalogue;
using EcuAgent.Eval.Scoring;

namespace EcuAgent.Eval.Report;

/// <summary>Arguments by tool, in the order of the catalogue.</summary>
internal static class SlotTables
{
    /// <summary>Stands for an argument that is not there.</summary>
    public const string LeftOut = "(left out)";

    /// <summary>Counts by tool and argument.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, SlotFigures>> Figures(ToolCatalogue catalogue, IReadOnlyList<ItemScore> scores)
    {
        var findings = All(scores).ToLookup(finding => (finding.Tool, finding.Parameter.Name));
        var table = new Dictionary<string, IReadOnlyDictionary<string, SlotFigures>>(StringComparer.Ordinal);
        foreach (var tool in catalogue.Tools)
        {
            var row = tool.Parameters.Where(parameter => findings.Contains((tool.Name, parameter.Name)))
                .ToDictionary(parameter => parameter.Name, parameter => SlotFigures.Of(findings[(tool.Name, parameter.Name)]), StringComparer.Ordinal);
            if (row.Count > 0)
            {
                table[tool.Name] = row;
            }
        }

        return table;
    }

    /// <summary>Wanted and found values of the arguments that are words or flags, where any of them differs.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> Values(
        ToolCatalogue catalogue, IReadOnlyList<ItemScore> scores)
    {
        var findings = All(scores).Where(finding => finding.IsInPair).ToLookup(finding => (finding.Tool, finding.Parameter.Name));
        var table = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>>(StringComparer.Ordinal);
        foreach (var tool in catalogue.Tools)
        {
            foreach (var parameter in tool.Parameters.Where(parameter => parameter.Kind is ToolParameterKind.Word or ToolParameterKind.Flag))
            {
                var ofParameter = findings[(tool.Name, parameter.Name)].ToList();
                if (ofParameter.Exists(finding => finding.Kind != SlotKind.Right))
                {
                    table[$"{tool.Name}.{parameter.Name}"] = Confusions.Of(
                        ofParameter, finding => Shown(finding.Wanted), finding => Shown(finding.Found), [.. parameter.Words, "true", "false", LeftOut]);
                }
            }
        }

        return table;
    }

    private static IEnumerable<SlotFinding> All(IReadOnlyList<ItemScore> scores) => scores.SelectMany(score => score.Match?.Slots ?? []);

    private static string Shown(object? value) => value switch
    {
        null => LeftOut,
        true => "true",
        false => "false",
        _ => (string)value,
    };
}
