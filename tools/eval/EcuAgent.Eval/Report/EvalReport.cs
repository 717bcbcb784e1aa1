using EcuAgent.Core.Catalogue;
using EcuAgent.Eval.Scoring;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Report;

/// <summary>The result of a run, as it is written. The README describes every field.</summary>
internal sealed record EvalReport
{
    /// <summary>The format that this program writes.</summary>
    public const string FormatName = "ecuagent-eval/2";

    // Given by the program; a line may have it as well.
    private const string BeforeTag = "before";

    /// <summary>Format name and version of the file.</summary>
    public string Format { get; } = FormatName;

    /// <summary>Start of the run, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was measured.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>SHA-256 of the catalogue file.</summary>
    public required string CatalogueSha256 { get; init; }

    /// <summary>What it was measured on.</summary>
    public required IReadOnlyList<SetInfo> Sets { get; init; }

    /// <summary>Whether the model answered the earlier utterances of the lines itself, instead of being given the lines' answers.</summary>
    public required bool OwnBefore { get; init; }

    /// <summary>Where it was measured.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>All utterances.</summary>
    public required GroupFigures Overall { get; init; }

    /// <summary>By <c>en</c> and <c>zh</c>.</summary>
    public required IReadOnlyDictionary<string, GroupFigures> Languages { get; init; }

    /// <summary>By the line's domain, in the order of the catalogue.</summary>
    public required IReadOnlyDictionary<string, GroupFigures> Domains { get; init; }

    /// <summary>By the tags of the lines, in the order of their names; a line counts in each of its tags. Lines with an earlier exchange have <c>before</c>.</summary>
    public required IReadOnlyDictionary<string, GroupFigures> Tags { get; init; }

    /// <summary>Tool, then argument; arguments that were neither wanted nor proposed are left out.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, SlotFigures>> Slots { get; init; }

    /// <summary>
    /// Tool and argument (<c>tool.argument</c>), then wanted value, then found value, then how many: arguments that are words or flags, in calls
    /// that were wanted and proposed. Arguments without any confusion are left out.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> ValueConfusion { get; init; }

    /// <summary>Tool of the first wanted call, then of the first found one, then how many; lines with gold calls.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> ToolConfusion { get; init; }

    /// <summary>Line's domain, then found domain, then how many; cells without an utterance are left out.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion { get; init; }

    /// <summary>Ids of the utterances that are not wrong, in the order of the sets.</summary>
    public required IReadOnlyList<string> Right { get; init; }

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
            OwnBefore = run.AnswersBefore,
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
            Tags = TagsOf(scores),
            Slots = SlotTables.Figures(catalogue, scores),
            ValueConfusion = SlotTables.Values(catalogue, scores),
            ToolConfusion = Confusions.Of(
                scores.Where(score => score.Match is not null),
                score => score.Match!.Answer[0].Tool.Name,
                score => score.FoundTool,
                [.. catalogue.Tools.Select(tool => tool.Name), ItemScorer.None, ItemScorer.Invalid]),
            Confusion = Confusions.Of(scores, score => score.Outcome.Item.Domain, score => score.FoundDomain, [.. domains, ItemScorer.None, ItemScorer.Invalid]),
            Right = [.. scores.Where(score => !score.IsWrong).Select(score => score.Outcome.Item.Id)],
            Wrong = [.. scores.Where(score => score.IsWrong).Select(WrongItem.Of)],
        };
    }

    private static Dictionary<string, GroupFigures> TagsOf(IReadOnlyList<ItemScore> scores) => scores
        .SelectMany(score => TagsOf(score.Outcome.Item).Select(tag => (Tag: tag, Score: score)))
        .GroupBy(pair => pair.Tag, pair => pair.Score, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => GroupFigures.Of([.. group]), StringComparer.Ordinal);

    private static IEnumerable<string> TagsOf(EvalItem item) => item.Before is null ? item.Tags : item.Tags.Union([BeforeTag], StringComparer.Ordinal);
}
