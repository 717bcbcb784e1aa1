using System.Text.Json.Nodes;
using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.QwenCloud.Privacy;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Commands;

/// <summary><c>privacy</c> as a process on files as the service leaves them.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class PrivacyTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ecuctl-privacy-");

    private string Folder => Path.Combine(_root.FullName, "ecuagent", "cloud");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Privacy_NothingThere_SaysOffAndEmpty()
    {
        var result = await CtlProcess.RunAsync(["privacy"], ("XDG_STATE_HOME", _root.FullName));

        Assert.Equal((0, ""), (result.Code, result.Errors));
        Assert.Equal(
            [$"cloud helper: off; no service has said otherwise in {Folder}", "consent: none", $"record: 0 requests in {Folder}"],
            result.Lines);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Privacy_AllowThenWithdraw_TheServiceReadsBoth()
    {
        var unread = await CtlProcess.RunAsync(["privacy", "allow", "--endpoint", "https://a.example/v1", "--directory", Folder]);
        Assert.Equal(2, unread.Code);
        Assert.Null(StandingConsent.Read(Folder));

        var allowed = await CtlProcess.RunAsync(["privacy", "allow", "--endpoint", "https://a.example/v1", "--directory", Folder, "--yes"]);
        Assert.Equal((0, "consent given"), (allowed.Code, allowed.Lines[^1]));
        var consent = StandingConsent.Read(Folder)!;
        Assert.Equal((true, "https://a.example", SentFields.Version), (consent.Given, consent.Endpoint, consent.FieldsVersion));

        Assert.Equal(0, (await CtlProcess.RunAsync(["privacy", "withdraw", "--directory", Folder])).Code);
        Assert.False(StandingConsent.Read(Folder)!.Given);
    }

    [Fact]
    public async Task Privacy_AllowInAFolderThatOthersCanWrite_SaysThatItDoesNotCount()
    {
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.OtherWrite);

        var result = await CtlProcess.RunAsync(["privacy", "allow", "--endpoint", "https://a.example", "--directory", Folder, "--yes"]);

        Assert.Equal(2, result.Code);
        Assert.Contains("chmod 700", result.Errors, StringComparison.Ordinal);
        Assert.Contains(result.Lines, line => line.Contains("standstill", StringComparison.Ordinal));
        Assert.DoesNotContain("consent given", result.Lines);
    }

    [Fact]
    public async Task Privacy_AllowWithoutAnyEndpoint_IsWrongInput()
    {
        var result = await CtlProcess.RunAsync(["privacy", "allow", "--yes", "--directory", Folder]);

        Assert.Equal(2, result.Code);
        Assert.Contains("--endpoint", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Privacy_RecordAndState_AreShownAsTextAndAsJson()
    {
        var record = new SentRecord(Folder, 4096, TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            var fields = new SentFields { Utterance = $"第{i}句", Language = "zh", Driving = "moving" };
            record.Close(record.Open("https://a.example", "clarify", fields), "answered", TimeSpan.FromMilliseconds(800 + i));
        }

        new HelperStatus
        {
            Time = DateTimeOffset.UnixEpoch,
            Enabled = true,
            Endpoint = "https://a.example",
            Model = "qwen-plus",
            Key = "environment DASHSCOPE_API_KEY",
            Circuit = "closed",
            Counts = new Dictionary<string, long> { ["asked"] = 5, ["sent"] = 3 },
            LastRefusals = [new HelperStatus.Refusal(DateTimeOffset.UnixEpoch, "offline")],
        }.Write(Folder);

        var text = await CtlProcess.RunAsync(["privacy", "--last", "2", "--directory", Folder]);
        Assert.Equal(0, text.Code);
        Assert.Contains("cloud helper: on, as the service said at 1970-01-01 00:00:00Z", text.Lines);
        Assert.Contains("counts since its start: asked 5, sent 3", text.Lines);
        Assert.Contains("  1970-01-01 00:00:00Z offline", text.Lines);
        Assert.Contains($"record: 3 requests in {Folder}", text.Lines);
        Assert.Contains("""     {"utterance":"第2句","language":"zh","driving":"moving"}""", text.Lines);
        Assert.DoesNotContain("第0句", text.Output, StringComparison.Ordinal);

        var json = await CtlProcess.RunAsync(["privacy", "--json", "--directory", Folder]);
        var lines = json.Lines.Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(["state", "sent", "sent", "sent"], lines.Select(line => (string)line["event"]!));
        Assert.Equal(("第1句", 801), ((string)lines[2]["sent"]!["utterance"]!, (int)lines[2]["elapsed_ms"]!));
    }
}
