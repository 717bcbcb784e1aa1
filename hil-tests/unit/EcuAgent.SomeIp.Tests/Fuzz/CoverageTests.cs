using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EcuAgent.SomeIp.Tests.Fuzz;

/// <summary>The coverage-guided fuzzer as its users start it, for a bounded number of inputs.</summary>
public sealed partial class CoverageTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(180);

    private readonly DirectoryInfo _corpus = Directory.CreateTempSubdirectory("ecuagent-corpus-");

    public void Dispose() => _corpus.Delete(recursive: true);

    [Theory]
    [InlineData("wire", 50_000)]
    [InlineData("payload", 100_000)]
    public async Task Readers_GuidedByCoverage_ReachMoreThanTheSeedsAndBreakNothing(string target, int inputs)
    {
        var (code, output) = await FuzzAsync(target, "--executions", inputs.ToString(CultureInfo.InvariantCulture), "--seed", "1", "--corpus", _corpus.FullName);

        Assert.True(code == 0, output);
        var result = ResultLine().Match(output);
        var (kept, branches, seedBranches) = (Number(result, "kept"), Number(result, "branches"), Number(result, "seeds"));
        Assert.True(branches > seedBranches && seedBranches > 100, output);
        Assert.Equal(kept, _corpus.GetFiles("*.bin").Length);
    }

    // The check of the check: what coverage finds, chance does not.
    [Fact]
    public async Task PlantedFault_IsFoundByCoverageAndSeenAgainByItsInputAndNotFoundBlindly()
    {
        string[] run = ["planted", "--executions", "1000000", "--seed", "1", "--corpus", _corpus.FullName];
        var (blind, blindOutput) = await FuzzAsync([.. run, "--blind"]);
        Assert.True(blind == 0, blindOutput);

        var (code, output) = await FuzzAsync(run);

        Assert.Equal(1, code);
        Assert.Contains("the planted fault", output, StringComparison.Ordinal);
        var (again, replayed) = await FuzzAsync("planted", "--replay", Assert.Single(_corpus.GetFiles("finding-*.bin")).FullName);
        Assert.Equal(1, again);
        Assert.Contains("the planted fault", replayed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "nothing")]
    [InlineData("wire --executions 0", "--executions 0; allowed: more than 0")]
    [InlineData("wire --seconds -1", "--seconds -1; allowed: more than 0, at most 1000000")]
    [InlineData("wire --replay /nowhere/input.bin", "/nowhere/input.bin")]
    public async Task WrongInput_IsRefusedByName(string arguments, string named)
    {
        var (code, output) = await FuzzAsync(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static async Task<(int Code, string Output)> FuzzAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EcuAgent.Fuzz.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Watchdog);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex("(?<kept>[0-9]+) kept, (?<branches>[0-9]+) branches of which the seeds take (?<seeds>[0-9]+)")]
    private static partial Regex ResultLine();
}
