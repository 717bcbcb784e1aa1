using EcuAgent.Core.Policy;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>A toolbox with a real file and the policy <c>strict</c>; the test says how the car stands.</summary>
internal sealed class Bench : IAsyncDisposable
{
    internal const string Server = "shed";

    private readonly RegistryFolder _folder = new();

    internal Bench(Uri url, params JsonObject[] tools)
        : this(url, null, tools)
    {
    }

    internal Bench(Uri url, Func<McpToolboxOptions, McpToolboxOptions>? set, params JsonObject[] tools)
    {
        _folder.Write("token", SdkServer.Token);
        _folder.Write("tools.json", new JsonObject
        {
            ["format"] = ToolFileReader.Format,
            ["servers"] = new JsonArray(new JsonObject
            {
                ["id"] = Server,
                ["url"] = url.ToString(),
                ["bearerToken"] = new JsonObject { ["file"] = "token" },
                ["tools"] = new JsonArray([.. tools]),
            }),
        }.ToJsonString());
        Policy = PolicyLoader.LoadBundled("strict");
        var options = new McpToolboxOptions { ToolsFile = _folder.In("tools.json") };
        Box = McpToolbox.Open(set?.Invoke(options) ?? options, new ToolGate(() => Situation, () => Policy), Logs);
    }

    internal GatePolicy Policy { get; }

    internal McpToolbox Box { get; }

    internal LogList Logs { get; } = new();

    /// <summary>Of the yes.</summary>
    internal FakeTimeProvider Time { get; } = new();

    internal GateSituation Situation { get; set; } = GateSituation.Of(DrivingState.Parked);

    internal static JsonObject Tool(string name, string row, string? pin = null)
    {
        var tool = new JsonObject { ["name"] = name, ["class"] = row };
        if (pin is not null)
        {
            tool["pin"] = pin;
        }

        return tool;
    }

    internal Task<ToolAnswer> CallAsync(string tool, string arguments = "{}", ToolYes? yes = null) =>
        Box.CallAsync(new ToolCall(Server, tool, arguments), yes, CancellationToken.None);

    internal async Task<ToolYes> YesAsync(string tool, string arguments = "{}", Money? amount = null)
    {
        var proposal = await Box.ProposeAsync(new ToolCall(Server, tool, arguments) { Amount = amount }, CancellationToken.None);
        Assert.Equal(ToolReasons.Done, proposal.Reason);
        return new ToolYes(proposal.Request, Situation, Time);
    }

    internal async Task<ToolStanding> StandingAsync(string tool)
    {
        var list = await Box.ListAsync(Server, CancellationToken.None);
        Assert.Equal(ToolReasons.Done, list.Reason);
        return Assert.Single(list.Tools, known => known.Name == tool);
    }

    public async ValueTask DisposeAsync()
    {
        await Box.DisposeAsync();
        _folder.Dispose();
    }
}
