using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EcuAgent.Core.Catalogue;
using EcuAgent.Eval.Comparing;
using EcuAgent.Eval.Report;
using EcuAgent.Eval.Running;
using EcuAgent.Eval.Scoring;
using EcuAgent.Eval.Sets;
using EcuAgent.Qwen;
using Microsoft.Extensions.AI;
using Spectre.Console;

namespace EcuAgent.Eval;

/// <summary>The whole run.</summary>
/// <param name="console">Where progress, summary and errors go.</param>
/// <param name="time">Clock of the run and of the planner.</param>
internal sealed class EvalCommand(IAnsiConsole console, TimeProvider time)
{
    /// <summary>Measures and writes the result.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(EvalSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            // What the person typed is checked before the model is loaded.
            var catalogue = ToolCatalogue.LoadEmbedded();
            var reader = new EvalSetReader(catalogue);
            EvalSet[] sets = [.. settings.SetPaths.Select(reader.Read)];
            CheckOut(settings.OutPath);
            var old = settings.ComparePath is { } path ? ResultFile.Read(path) : null;
            var report = await MeasureAsync(settings, catalogue, sets, cancellationToken).ConfigureAwait(false);
            ReportWriter.Write(report, settings.OutPath);
            SummaryTable.Write(console, report);
            if (old is not null)
            {
                ComparisonTable.Write(console, Comparison.Of(old, ResultFile.Parse(Path.GetFileName(settings.OutPath), ReportWriter.Text(report))));
            }

            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("interrupted; nothing was written");
            return ExitCodes.Interrupted;
        }
        catch (EvalInputException error)
        {
            return Fail(error, ExitCodes.WrongInput);
        }
        catch (Exception error) when (error is QwenModelException or QwenRequestException)
        {
            return Fail(error, ExitCodes.ModelPackage);
        }
    }

    /// <summary>Shows what changed between two result files.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Compare(string oldPath, string newPath)
    {
        try
        {
            ComparisonTable.Write(console, Comparison.Of(ResultFile.Read(oldPath), ResultFile.Read(newPath)));
            return ExitCodes.Done;
        }
        catch (EvalInputException error)
        {
            return Fail(error, ExitCodes.WrongInput);
        }
    }

    private static void CheckOut(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new EvalInputException("--out is empty, expected a file");
        }

        if (Directory.Exists(path))
        {
            throw new EvalInputException($"--out {path}: is a folder, expected a file");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new EvalInputException($"--out {path}: folder '{folder}' does not exist");
        }
    }

    private static string ModelDirectory(EvalSettings settings) =>
        settings.ModelDirectory is { } named
            ? string.IsNullOrWhiteSpace(named) ? throw new EvalInputException("--model is empty, expected the folder of a model package") : named
            : ModelFolder.Find(AppContext.BaseDirectory, Directory.GetCurrentDirectory())
                ?? throw new QwenModelException(
                    QwenModelError.Missing,
                    ModelFolder.Bundled,
                    $"no bundled model package upward of '{AppContext.BaseDirectory}' or '{Directory.GetCurrentDirectory()}'; name one with --model DIR");

    private async Task<EvalReport> MeasureAsync(EvalSettings settings, ToolCatalogue catalogue, EvalSet[] sets, CancellationToken cancellationToken)
    {
        var directory = ModelDirectory(settings);
        using var model = new QwenChatClient(new QwenOptions { ModelDirectory = directory, ThreadCount = settings.ThreadCount }, time);
        await model.WarmUpAsync(new ChatOptions { Tools = [.. catalogue.AsAITools] }, cancellationToken).ConfigureAwait(false);
        var started = time.GetUtcNow();
        var items = EvalSet.Take([.. sets.SelectMany(set => set.Items)], settings.Limit);
        var runner = new EvalRunner(model, catalogue, time, settings.AnswersBefore);
        var outcomes = await EvalProgress.ShowAsync(console, items.Count, done => runner.RunAsync(items, done, cancellationToken)).ConfigureAwait(false);
        var run = new RunInfo(
            started,
            new ModelInfo(model.ModelName, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(directory, "manifest.json"))))),
            [.. sets.Select(set => new SetInfo(set.FileName, set.Sha256, set.Items.Count))],
            new MachineInfo(Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), settings.ThreadCount),
            settings.AnswersBefore);
        return EvalReport.Of(run, catalogue, [.. outcomes.Select(ItemScorer.Score)]);
    }

    private int Fail(Exception error, int exitCode)
    {
        console.WriteLine($"error: {error.Message}");
        return exitCode;
    }
}
