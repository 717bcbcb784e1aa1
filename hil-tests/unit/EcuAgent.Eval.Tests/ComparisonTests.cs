using EcuAgent.Eval.Comparing;
using EcuAgent.Eval.Report;
using EcuAgent.Eval.Scoring;
using Spectre.Console;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>Intervals, the sign test, and what changed between two results.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Reference values computed apart from the published formula; 8 of 10 is the usual textbook example.
    [Theory]
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(0, 20, 0.0, 0.1611)]
    [InlineData(20, 20, 0.8389, 1.0)]
    [InlineData(430, 461, 0.9061, 0.9522)]
    public void Interval_Wilson_95Percent(int part, int whole, double low, double high) => Assert.Equal([low, high], Shares.Interval(part, whole)!);

    [Fact]
    public void Interval_OfNothing_IsNull() => Assert.Null(Shares.Interval(0, 0));

    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(1, 1, 1.0)]
    [InlineData(5, 0, 0.0625)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(8, 2, 0.109375)]
    [InlineData(1, 9, 0.021484375)]
    public void SignTest_Split_TwoSidedProbability(int first, int second, double expected) => Assert.Equal(expected, SignTest.TwoSided(first, second), 9);

    [Fact]
    public void SignTest_ManyChanges_StaysFinite() => Assert.InRange(SignTest.TwoSided(1500, 1400), 0.05, 0.08);

    [Fact]
    public async Task Results_Compared_FixedAndBrokenByReason()
    {
        var old = await ResultAsync("old.json", ("1", 2), ("2", 3), ("3", 2), ("gone", 2));
        var @new = await ResultAsync("new.json", ("1", 2), ("2", 2), ("3", null), ("added", 2));

        var comparison = Comparison.Of(ResultFile.Read(old), ResultFile.Read(@new));

        Assert.Equal(3, comparison.Common);
        var calls = comparison.Measures.Single(measure => measure.Name == "calls");
        Assert.Equal((1, 1), (calls.OldWrong, calls.NewWrong));
        Assert.Equal(["2"], calls.Fixed);
        Assert.Equal(["3"], calls.Broken);
        var domain = comparison.Measures.Single(measure => measure.Name == "domain");
        Assert.Empty(domain.Fixed);
        Assert.Equal(["3"], domain.Broken);
        Assert.Equal(1, domain.SignTestP);
        Assert.Equal(Comparison.Any, comparison.Measures[^1].Name);
        Assert.Equal(["2"], comparison.Measures[^1].Fixed);
    }

    [Fact]
    public async Task CompareCommand_Results_ShowsEveryChangedUtterance()
    {
        var old = await ResultAsync("old.json", ("1", 3), ("2", 2), ("3", 2));
        var @new = await ResultAsync("new.json", ("1", 2), ("2", 7), ("3", 2));
        var written = new StringWriter();

        var exitCode = Command(written).Compare(old, @new);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("3 utterances are in both", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("fixed  1 fan 1 (calls)", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("broken 2 fan 2 (calls)", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("fan 3", written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no result of this program")]
    [InlineData("{}", "is no result of this program")]
    [InlineData("[]", "is no result of this program")]
    [InlineData("""{"format": "ecuagent-eval/1"}""", "format is \"ecuagent-eval/1\"")]
    [InlineData("""{"format": "ecuagent-eval/2", "right": [], "wrong": []}""", "is no result of this program")]
    [InlineData("""{"format": "ecuagent-eval/2", "right": [5]}""", "is no result of this program")]
    public async Task BrokenResult_Compare_Exit2NamesTheFile(string text, string expected)
    {
        var old = _folder.Write("broken.json", text);
        var @new = await ResultAsync("new.json", ("1", 2));
        var written = new StringWriter();

        var exitCode = Command(written).Compare(old, @new);

        Assert.Equal(ExitCodes.WrongInput, exitCode);
        Assert.Contains("broken.json", written.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingResult_Compare_Exit2NamesTheFile()
    {
        var written = new StringWriter();

        Assert.Equal(ExitCodes.WrongInput, Command(written).Compare("nowhere.json", "nowhere.json"));
        Assert.Contains("'nowhere.json': cannot be read", written.ToString(), StringComparison.Ordinal);
    }

    private static EvalCommand Command(StringWriter written)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Interactive = InteractionSupport.No });
        console.Profile.Width = 1000;
        return new EvalCommand(console, TimeProvider.System);
    }

    // A result of lines that want fan level 2 and get another level, or no call.
    private async Task<string> ResultAsync(string name, params (string Id, int? Level)[] lines)
    {
        var model = new ScriptedModel();
        foreach (var (id, level) in lines)
        {
            _ = level is { } given ? model.Says("fan " + id, ("set_fan", new { level = given })) : model.Says("fan " + id);
        }

        var scores = await Runs.ScoreAsync(
            model, [.. lines.Select(line => Runs.Line(line.Id, "hvac", "fan " + line.Id, """, "calls": [{"name": "set_fan", "arguments": {"level": 2}}]"""))]);
        return _folder.Write(name, ReportWriter.Text(Runs.Report(scores)));
    }
}
