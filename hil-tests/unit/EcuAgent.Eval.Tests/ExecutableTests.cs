using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>The program as a person starts it: exit code, message, and whether a result was left behind.</summary>
public sealed class ExecutableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_Exit0_DocumentsOptionsAndExitCodes()
    {
        using var run = EvalProcess.Start("--help");

        Assert.Equal(0, await run.ExitAsync());
        Assert.All(["--set", "--model", "--out", "--limit", "--threads", "--compare", "--own-before", "compare <old> <new>", "130"], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "--set")]
    [InlineData("--set good.jsonl", "--out")]
    [InlineData("--set good.jsonl --out r.json --limit 0", "--limit is 0")]
    [InlineData("--set good.jsonl --out r.json --limit many", "many")]
    [InlineData("--set good.jsonl --out r.json --threads 65", "--threads is 65")]
    [InlineData("--set good.jsonl --out r.json --colour red", "--colour")]
    [InlineData("--set nowhere.jsonl --out r.json", "--set 'nowhere.jsonl': cannot be read")]
    [InlineData("--set good.jsonl --set broken.jsonl --out r.json", "broken.jsonl:2: field 'domain' is \"weather\"")]
    [InlineData("--set good.jsonl --out nowhere/r.json", "nowhere")]
    [InlineData("--set good.jsonl --out .", "is a folder")]
    [InlineData("--set good.jsonl --out r.json --compare nowhere.json", "'nowhere.json': cannot be read")]
    [InlineData("--set good.jsonl --out r.json --compare good.jsonl", "good.jsonl: is no result of this program")]
    [InlineData("compare old.json", "compare")]
    [InlineData("compare nowhere.json good.jsonl", "'nowhere.json': cannot be read")]
    public async Task WrongInput_Exit2_NamesIt(string arguments, string expected)
    {
        _folder.Write("good.jsonl", Runs.Line("a", "hvac", "fan"));
        _folder.Write("broken.jsonl", Runs.Line("b", "hvac", "fan") + "\n" + Runs.Line("c", "weather", "rain"));

        using var run = EvalProcess.StartIn(_folder.Path, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCodes.WrongInput, await run.ExitAsync());
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("r.json")));
    }

    [Theory]
    [InlineData("", "r.json", "", "--set '': cannot be read")]
    [InlineData("good.jsonl", "", "m", "--out is empty")]
    [InlineData("good.jsonl", "r.json", "", "--model is empty")]
    public async Task EmptyValue_Exit2_NamesTheOption(string set, string output, string model, string expected)
    {
        _folder.Write("good.jsonl", Runs.Line("a", "hvac", "fan"));

        using var run = EvalProcess.StartIn(_folder.Path, "--set", set, "--out", output, "--model", model);

        Assert.Equal(ExitCodes.WrongInput, await run.ExitAsync());
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingModel_Exit5_NamesTheFolder()
    {
        _folder.Write("good.jsonl", Runs.Line("a", "hvac", "fan"));

        using var run = EvalProcess.StartIn(_folder.Path, "--set", "good.jsonl", "--out", "r.json", "--model", "no-such-model");

        Assert.Equal(ExitCodes.ModelPackage, await run.ExitAsync());
        Assert.Contains("no-such-model", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("r.json")));
    }

    [Fact]
    public async Task DamagedModel_Exit5_NamesTheFile()
    {
        _folder.Write("good.jsonl", Runs.Line("a", "hvac", "fan"));
        _folder.Write("manifest.json", "{\"format\": ");

        using var run = EvalProcess.StartIn(_folder.Path, "--set", "good.jsonl", "--out", "r.json", "--model", _folder.Path);

        Assert.Equal(ExitCodes.ModelPackage, await run.ExitAsync());
        Assert.Contains("manifest.json", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("r.json")));
    }
}
