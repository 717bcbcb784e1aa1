using System.Globalization;
using System.Text;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Scoring;

/// <summary>Whether proposed calls equal gold calls.</summary>
internal static class CallComparer
{
    // Catalogue numbers have steps of 0.5 at the finest, so anything below is the same number written otherwise.
    private const double NumberTolerance = 1e-6;

    private static readonly string[] Articles = ["the ", "a "];

    /// <summary>All calls, in order.</summary>
    public static bool AreEqual(IReadOnlyList<ExpectedCall> gold, IReadOnlyList<PlannedCall> proposed) =>
        gold.Count == proposed.Count && gold.Zip(proposed).All(pair => IsEqual(pair.First, pair.Second));

    /// <summary>One call; a proposed call that breaks the catalogue equals none.</summary>
    public static bool IsEqual(ExpectedCall gold, PlannedCall proposed)
    {
        if (proposed.Check is not { IsValid: true, Tool: { } tool } || tool.Name != gold.Tool.Name)
        {
            return false;
        }

        var found = proposed.Check.Arguments.Values;
        return found.Count == gold.Arguments.Values.Count
            && gold.Arguments.Values.All(wanted => found.TryGetValue(wanted.Key, out var value) && IsEqual(tool.Parameter(wanted.Key), wanted.Value, value));
    }

    /// <summary>One value of a parameter.</summary>
    public static bool IsEqual(ToolParameter? parameter, object wanted, object found) => parameter?.Kind switch
    {
        ToolParameterKind.Number or ToolParameterKind.Integer =>
            Math.Abs(Convert.ToDouble(wanted, CultureInfo.InvariantCulture) - Convert.ToDouble(found, CultureInfo.InvariantCulture)) < NumberTolerance,
        ToolParameterKind.Text => string.Equals(Bare((string)wanted), Bare((string)found), StringComparison.OrdinalIgnoreCase),
        _ => wanted.Equals(found),
    };

    private static string Bare(string text)
    {
        var trimmed = text.Trim().Normalize(NormalizationForm.FormC);
        foreach (var article in Articles)
        {
            if (trimmed.StartsWith(article, StringComparison.OrdinalIgnoreCase))
            {
                return trimmed[article.Length..].TrimStart();
            }
        }

        return trimmed;
    }
}
