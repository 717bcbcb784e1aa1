using EcuAgent.Core.Catalogue;
using EcuAgent.Eval.Scoring;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Report;

/// <summary>The result of a run, as it is written. The README describes every field.</summary>
internal sealed record EvalReport
{
    /// <summary>Format name and version of the file.</summary>
    public string Format { get; } = "ecuagent-eval/1";

    /// <summary>Start of the run, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was measured.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>SHA-256 of the catalogue file.</summary>
    public required string CatalogueSha256 { get; init; }

    /// <summary>What it was measured on.</summary>
    public required IReadOnlyList<SetInfo> Sets { get; init; }

    /// <summary>Where it was measured.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>All utterances.</summary>
    public required GroupFigures Overall { get; init; }

    /// <summary>By <c>en</c> and <c>zh</c>.</summary>
    public required IReadOnlyDictionary<string, GroupFigures> Languages { get; init; }

    /// <summary>By the line's domain, in the order of the catalogue.</summary>
    public required IReadOnlyDictionary<string, GroupFigures> Domains { get; init; }

    /// <summary>Line's domain, then found domain, then how many; cells without an utterance are left out.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion { get; init; }

    /// <summary>Every wrong utterance.</summary>
    public required IReadOnlyList<WrongItem> Wrong { get; init; }

    /// <summary>Adds up a run.</summary>
    public static EvalReport Of(RunInfo run, ToolCatalogue catalogue, IReadOnlyList<ItemScore> scores)
    {
        string[] domains = [.. catalogue.Tools.Select(tool => tool.Domain).Distinct(StringComparer.Ordinal)];
        return new EvalReport
        {
            Time = run.Time,
            Model = run.Model,
            CatalogueSha256 = catalogue.Sha256,
            Sets = run.Sets,
            Machine = run.Machine,
            Overall = GroupFigures.Of(scores),
            Languages = EvalLineReader.Languages.ToDictionary(
                language => language,
                language => GroupFigures.Of([.. scores.Where(score => score.Outcome.Item.Language == language)]),
                StringComparer.Ordinal),
            Domains = domains.ToDictionary(
                domain => domain,
                domain => GroupFigures.Of([.. scores.Where(score => score.Outcome.Item.Domain == domain)]),
                StringComparer.Ordinal),
            Confusion = ConfusionOf(scores, domains),
            Wrong = [.. scores.Where(score => score.IsWrong).Select(WrongItem.Of)],
        };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, int>> ConfusionOf(IReadOnlyList<ItemScore> scores, string[] domains)
    {
        string[] found = [.. domains, ItemScorer.None, ItemScorer.Invalid];
        var table = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var row in scores.GroupBy(score => score.Outcome.Item.Domain).OrderBy(row => Array.IndexOf(domains, row.Key)))
        {
            table[row.Key] = row.GroupBy(score => score.FoundDomain).OrderBy(cell => Array.IndexOf(found, cell.Key))
                .ToDictionary(cell => cell.Key, cell => cell.Count(), StringComparer.Ordinal);
        }

        return table;
    }
}
