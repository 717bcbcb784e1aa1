using EcuAgent.EcuCtl.Tests.Support;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Commands;

/// <summary><c>tools</c> and <c>tools call</c> as processes, with a server on loopback.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuctl-tools-");

    private string File => Path.Combine(_folder.FullName, "tools.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tools_ServersOfTheFile_ShowsClassReasonAndPin()
    {
        using var server = new ToolServer("""[{"name":"echo","description":"Echoes.","inputSchema":{}},{"name":"wipe","inputSchema":{},"annotations":{"readOnlyHint":true}}]""");
        await WriteAsync(server.Url);

        var result = await CtlProcess.RunAsync(["tools", "--file", File]);

        Assert.Equal((0, ""), (result.Code, result.Errors));
        Assert.Equal("shed: 2 tools", result.Lines[0]);
        Assert.Equal("  inform    echo  allowed", result.Lines[1]);
        Assert.Equal("    Echoes.", result.Lines[2]);
        Assert.Matches("^    sha256:[0-9a-f]{64}$", result.Lines[3]);
        Assert.Equal("  setup     wipe  not_listed, says it only reads", result.Lines[4]);
    }

    [Theory]
    [InlineData(0, "done", "", "echo", "parked")]
    [InlineData(0, "done", "", "echo", "moving")]
    [InlineData(6, "", "shed/wipe (setup, not_listed) was refused: not_while_moving", "wipe", "moving", "--yes")]
    [InlineData(6, "with {}", "nothing was sent: a tool of class setup needs --yes", "wipe", "parked")]
    [InlineData(0, "done", "", "wipe", "parked", "--yes")]
    [InlineData(2, "", "--driving-state 'flying' is not one of unknown, parked, idling, moving", "echo", "flying")]
    [InlineData(2, "", "server 'shed' has no tool 'nope'", "nope", "parked")]
    [InlineData(2, "", "policy loose is not usable", "echo", "parked", "--policy", "loose")]
    [InlineData(2, "", "--amount '9.00' must be a whole number", "echo", "parked", "--amount", "9.00")]
    public async Task Call_AsThePolicyAllows_AndTheErrorNamesTheReason(int code, string output, string error, string tool, string state, params string[] more)
    {
        using var server = new ToolServer("""[{"name":"echo","inputSchema":{}},{"name":"wipe","inputSchema":{}}]""");
        await WriteAsync(server.Url);

        var result = await CtlProcess.RunAsync(["tools", "call", "shed", tool, "{}", "--driving-state", state, "--file", File, .. more]);

        Assert.Equal(code, result.Code);
        Assert.Contains(output, result.Output, StringComparison.Ordinal);
        Assert.Contains(error, result.Errors, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 1 : 0, server.Calls);
    }

    [Theory]
    [InlineData(2, "arguments are not JSON at line 1, byte 7", "shed", "echo", "{\"a\":1")]
    [InlineData(2, "no server 'nowhere' in the file; it has shed", "nowhere", "echo", "{}")]
    [InlineData(3, "nothing was sent to shed: server_unreachable", "shed", "echo", "{}")]
    public async Task Call_WithoutAServer_SaysWhatIsWrong(int code, string error, string server, string tool, string arguments)
    {
        await WriteAsync(new Uri("http://127.0.0.1:1/mcp"));

        var result = await CtlProcess.RunAsync(["tools", "call", server, tool, arguments, "--driving-state", "parked", "--file", File]);

        Assert.Equal(code, result.Code);
        Assert.Contains(error, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_BrokenFile_NamesPlaceAndValue()
    {
        await System.IO.File.WriteAllTextAsync(File, """{"format":"ecuagent-tools/1","servers":[{"id":"a","url":"http://far.example/mcp","tools":[]}]}""");

        var result = await CtlProcess.RunAsync(["tools", "--file", File]);

        Assert.Equal(2, result.Code);
        Assert.Contains("$.servers[0].url = \"http://far.example/mcp\": must be an absolute https address", result.Errors, StringComparison.Ordinal);
    }

    private Task WriteAsync(Uri url) => System.IO.File.WriteAllTextAsync(
        File, $$"""{"format":"ecuagent-tools/1","servers":[{"id":"shed","url":"{{url}}","tools":[{"name":"echo","class":"inform"}]}]}""");
}
