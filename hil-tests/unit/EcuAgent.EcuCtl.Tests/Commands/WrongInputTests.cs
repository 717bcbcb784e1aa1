using EcuAgent.EcuCtl.Tests.Support;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Commands;

/// <summary>What the real executable answers to wrong input: one line that names the thing and the value, and the exit code.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuctl-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Required command was not provided", new string[0])]
    [InlineData("speed 'fast' is not a speed", new[] { "set", "gear=park", "speed=fast" })]
    [InlineData("--domain '231' must be a whole number from 0 to 230", new[] { "set", "gear=park", "--domain", "231" })]
    [InlineData("--interface 'nope0' cannot be used", new[] { "set", "gear=park", "--interface", "nope0", "--domain", "230" })]
    [InlineData("--for 'soon' must be a number from 0.001", new[] { "set", "gear=park", "--for", "soon" })]
    [InlineData("--confidence '1.5' must be a number from 0 to 1", new[] { "say", "hello", "--confidence", "1.5" })]
    [InlineData("--zone 'roof' is not one of driver, passenger, rear-left, rear-right", new[] { "say", "hello", "--zone", "roof" })]
    [InlineData("'fr'", new[] { "say", "hello", "--language", "fr" })]
    [InlineData("the text is empty", new[] { "say", " " })]
    [InlineData("5 alternatives are given, at most 4", new[] { "say", "a", "--alternative", "b", "--alternative", "b", "--alternative", "b", "--alternative", "b", "--alternative", "b" })]
    [InlineData("'maybe'", new[] { "confirm", "maybe" })]
    [InlineData("drive 'nowhere.csv' is neither nedc, truck, rav4 nor an existing CSV file", new[] { "replay", "nowhere.csv" })]
    [InlineData("data folder '/nowhere' has no 'drives/fleet-management/signalsFmsRecording.csv'", new[] { "replay", "truck", "--data", "/nowhere" })]
    [InlineData("--from 5000 s must be before the end of the drive", new[] { "replay", "nedc", "--from", "5000" })]
    [InlineData("--speed '0' must be a number from 0.01 to 1000", new[] { "replay", "nedc", "--speed", "0" })]
    public async Task WrongInput_EndsWithTwoAndNamesIt(string message, string[] arguments)
    {
        var result = await CtlProcess.RunAsync(arguments);

        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_BrokenFile_NamesFileLineAndValue()
    {
        var path = Path.Combine(_folder.FullName, "broken.csv");
        await File.WriteAllTextAsync(path, "field,signal,value,delay\ncurrent,Vehicle.Speed,10,0.1\ncurrent,Vehicle.Speed,quick,0.1\n");

        var result = await CtlProcess.RunAsync(["replay", path]);

        Assert.Equal(2, result.Code);
        Assert.Equal($"ecuctl: {path}, line 3: value 'quick' is not a finite number\n", result.Errors);
    }

    [Fact]
    public async Task Replay_FileWithoutSignals_SaysSo()
    {
        var path = Path.Combine(_folder.FullName, "empty.csv");
        await File.WriteAllTextAsync(path, "field,signal,value,delay\n");

        var result = await CtlProcess.RunAsync(["replay", path]);

        Assert.Equal((2, "ecuctl: drive 'empty' has no speed, gear, parking brake or position in it\n"), (result.Code, result.Errors));
    }

    [Fact]
    public async Task Record_FileIsThere_IsNotReplaced()
    {
        var path = Path.Combine(_folder.FullName, "there.csv");
        await File.WriteAllTextAsync(path, "mine");

        var result = await CtlProcess.RunAsync(["record", path, "--for", "1"]);

        Assert.Equal(2, result.Code);
        Assert.Contains("--force", result.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Record_FolderIsMissing_NamesThePath()
    {
        var result = await CtlProcess.RunAsync(["record", "/nowhere/drive.csv", "--for", "1"]);

        Assert.Equal(2, result.Code);
        Assert.Contains("/nowhere/drive.csv", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domain_WrongInTheEnvironment_NamesTheVariable()
    {
        var result = await CtlProcess.RunAsync(["set", "gear=park"], ("ECUAGENT_DOMAIN", "x"));

        Assert.Equal(2, result.Code);
        Assert.Contains("ECUAGENT_DOMAIN 'x' must be a whole number from 0 to 230", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_Missing_EndsWithFiveAndOneLine()
    {
        var result = await CtlProcess.RunAsync(["watch", "--once", "1"], ("ECUAGENT_LIBDDSC", "/nowhere/libddsc.so"));

        Assert.Equal(5, result.Code);
        Assert.Contains("/nowhere/libddsc.so", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("say")]
    [InlineData("confirm")]
    [InlineData("set")]
    [InlineData("replay")]
    [InlineData("record")]
    [InlineData("version")]
    public async Task Help_EveryCommand_TellsTheExitCodes(string command)
    {
        var result = await CtlProcess.RunAsync([command, "--help"]);

        Assert.Equal(0, result.Code);
        Assert.Contains("Exit codes: 0 ok", result.Output, StringComparison.Ordinal);
        Assert.Contains("--domain", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        var result = await CtlProcess.RunAsync(["version"]);
        Assert.Equal(0, result.Code);
        Assert.Matches(@"^ecuctl \d+\.\d+\.\d+\n$", result.Output);
    }
}
