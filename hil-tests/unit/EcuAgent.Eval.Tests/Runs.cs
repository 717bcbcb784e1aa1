using EcuAgent.Core.Catalogue;
using EcuAgent.Eval.Report;
using EcuAgent.Eval.Running;
using EcuAgent.Eval.Scoring;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Tests;

/// <summary>Short ways from lines to a report.</summary>
internal static class Runs
{
    public static readonly ToolCatalogue Catalogue = ToolCatalogue.LoadEmbedded();

    public static EvalItem Item(string line) => new EvalLineReader(Catalogue).Read(line, "set.jsonl:1");

    public static string Line(string id, string domain, string utterance, string more = "", string lang = "en") =>
        $$"""{"id": "{{id}}", "lang": "{{lang}}", "domain": "{{domain}}", "utterance": "{{utterance}}"{{more}}}""";

    public static Task<IReadOnlyList<ItemScore>> ScoreAsync(ScriptedModel model, params string[] lines) => ScoreAsync(model, answersBefore: false, lines);

    public static async Task<IReadOnlyList<ItemScore>> ScoreAsync(ScriptedModel model, bool answersBefore, params string[] lines)
    {
        var outcomes = await new EvalRunner(model, Catalogue, TimeProvider.System, answersBefore).RunAsync([.. lines.Select(Item)], static _ => { }, CancellationToken.None);
        return [.. outcomes.Select(ItemScorer.Score)];
    }

    public static EvalReport Report(IReadOnlyList<ItemScore> scores) => EvalReport.Of(
        new RunInfo(DateTimeOffset.UnixEpoch, new ModelInfo("scripted", "00"), [new SetInfo("set.jsonl", "11", scores.Count)], new MachineInfo(2, "os", "X64", 0)),
        Catalogue,
        scores);
}
