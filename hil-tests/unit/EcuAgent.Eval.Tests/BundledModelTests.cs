using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Eval.Running;
using Spectre.Console;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>The whole way with the bundled model on our own sentences.</summary>
public sealed class BundledModelTests : IDisposable
{
    private const int Sentences = 20;

    // Far below what the model card states, far above guessing among eleven domains.
    private const double LowestDomainAccuracy = 0.7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GoldSentences_BundledModel_AreMeasuredWithoutInvalidCalls()
    {
        SkipWithoutModel();
        var result = _folder.File("result.json");
        var written = new StringWriter();

        var exitCode = await Command(written).RunAsync(new EvalSettings([Gold()], null, result, Sentences, 0), CancellationToken.None);

        Assert.True(exitCode == ExitCodes.Done, written.ToString());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(result));
        var overall = json.RootElement.GetProperty("overall");
        Assert.Equal(Sentences, overall.GetProperty("count").GetInt32());
        Assert.Equal(Sentences, overall.GetProperty("exact_call_count").GetInt32());
        Assert.Equal(0, overall.GetProperty("invalid_calls").GetInt32());
        Assert.Equal(0, overall.GetProperty("failed").GetInt32());
        Assert.InRange(overall.GetProperty("domain_accuracy").GetDouble(), LowestDomainAccuracy, 1);
        Assert.True(overall.GetProperty("latency_ms").GetProperty("p50").GetDouble() > 0);
        Assert.Contains("overall", written.ToString(), StringComparison.Ordinal);
        Assert.Equal([result], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task EarlierResult_Compared_IsReadBeforeItIsReplaced()
    {
        SkipWithoutModel();
        var result = _folder.File("result.json");
        var settings = new EvalSettings([Gold()], null, result, 3, 0);
        var written = new StringWriter();

        Assert.Equal(ExitCodes.Done, await Command(new StringWriter()).RunAsync(settings, CancellationToken.None));
        Assert.Equal(ExitCodes.Done, await Command(written).RunAsync(settings with { ComparePath = result }, CancellationToken.None));

        Assert.Contains("3 utterances are in both", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("broken gold-", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelOfAnotherCatalogue_Run_Exit5()
    {
        SkipWithoutModel();
        using var model = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(ModelFolder.Find(AppContext.BaseDirectory)!))
        {
            File.Copy(file, model.File(Path.GetFileName(file)));
        }

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(model.File("manifest.json")))!;
        manifest["catalogueSha256"] = new string('0', 64);
        model.Write("manifest.json", manifest.ToJsonString());
        var written = new StringWriter();

        var exitCode = await Command(written).RunAsync(new EvalSettings([Gold()], model.Path, _folder.File("r.json"), 1, 0), CancellationToken.None);

        Assert.Equal(ExitCodes.ModelPackage, exitCode);
        Assert.Contains("catalogue", written.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Cancelled_Run_Exit130AndNothingWritten()
    {
        SkipWithoutModel();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        var exitCode = await Command(new StringWriter()).RunAsync(new EvalSettings([Gold()], null, _folder.File("r.json"), null, 0), stopped.Token);

        Assert.Equal(ExitCodes.Interrupted, exitCode);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task InterruptSignal_RunningProgram_Exit130AndNothingWritten()
    {
        SkipWithoutModel();
        Assert.SkipWhen(IgnoresInterrupt(), "this test process was started with SIGINT ignored, and its children inherit that");
        using var run = EvalProcess.StartIn(_folder.Path, "--set", Gold(), "--out", "r.json");
        await Task.WhenAny(run.Progress, run.ExitAsync());

        using var kill = Process.Start("kill", ["-INT", run.Id.ToString(CultureInfo.InvariantCulture)]);

        Assert.Equal(ExitCodes.Interrupted, await run.ExitAsync());
        Assert.Contains("nothing was written", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static EvalCommand Command(TextWriter written) =>
        new(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Interactive = InteractionSupport.No }), TimeProvider.System);

    private static void SkipWithoutModel() =>
        Assert.SkipWhen(ModelFolder.Find(AppContext.BaseDirectory) is null, $"no bundled model package in {ModelFolder.Bundled} of this checkout");

    private static string Gold() => GoldFolder.File("gold.jsonl");

    private static bool IgnoresInterrupt()
    {
        const int InterruptBit = 1 << 1;
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & InterruptBit) != 0;
    }
}
