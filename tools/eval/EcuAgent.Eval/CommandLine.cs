using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EcuAgent.Qwen;

namespace EcuAgent.Eval;

/// <summary>The options of the program.</summary>
internal static class CommandLine
{
    /// <summary>Builds the command; <paramref name="run"/> measures, <paramref name="compare"/> compares two result files (old, new); both give the exit code.</summary>
    public static RootCommand Build(Func<EvalSettings, CancellationToken, Task<int>> run, Func<string, string, int> compare)
    {
        var sets = new Option<string[]>("--set") { Description = "File with utterances, one JSON object a line, plain or gzip; may be given several times", Required = true };
        var model = new Option<string?>("--model") { Description = "Folder of a model package; the bundled one (adapters/Qwen/model) when left out" };
        var output = new Option<string>("--out") { Description = "File for the result (JSON); replaced when it exists", Required = true };
        var limit = new Option<int?>("--limit") { Description = "Measure at most this many utterances, taken evenly from all sets" };
        var threads = new Option<int>("--threads") { Description = $"Threads of one model run, 0 to {QwenOptions.MaxThreadCount}; 0 is the service's own choice" };
        var against = new Option<string?>("--compare") { Description = "Result of an earlier run: shows what was fixed and what was broken since" };
        var ownBefore = new Option<bool>("--own-before") { Description = "The model answers earlier utterances (field 'before') itself, as in the car; otherwise it is given the line's answer" };
        limit.Validators.Add(Range("--limit", 1, int.MaxValue, "at least 1"));
        threads.Validators.Add(Range("--threads", 0, QwenOptions.MaxThreadCount, $"0 to {QwenOptions.MaxThreadCount}"));
        var root = new RootCommand(
            "Measures a model package on utterances, through the agent's planner; nothing is carried out. "
            + "Exit codes: 0 measured, 2 wrong command line, set or output file, 5 model package, 130 interrupted (nothing is written).")
        {
            sets, model, output, limit, threads, against, ownBefore,
        };
        root.SetAction((parsed, cancellationToken) => run(
            new EvalSettings(parsed.GetValue(sets)!, parsed.GetValue(model), parsed.GetValue(output)!, parsed.GetValue(limit), parsed.GetValue(threads), parsed.GetValue(against), parsed.GetValue(ownBefore)),
            cancellationToken));
        var old = new Argument<string>("old") { Description = "The result before" };
        var @new = new Argument<string>("new") { Description = "The result after" };
        var compareOnly = new Command("compare", "Shows what changed between two results, without measuring.") { old, @new };
        compareOnly.SetAction(parsed => compare(parsed.GetValue(old)!, parsed.GetValue(@new)!));
        root.Subcommands.Add(compareOnly);
        return root;
    }

    // What is no number at all is refused by the parser itself.
    private static Action<OptionResult> Range(string name, int lowest, int highest, string expected) => result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            && (value < lowest || value > highest))
        {
            result.AddError($"{name} is {token.Value}, expected {expected}");
        }
    };
}
