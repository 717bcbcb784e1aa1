using EcuAgent.Core.Policy;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>A toolbox with a real file, and a gate with the policy <c>strict</c> as its permit; the test says how the car stands.</summary>
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
        var options = new McpToolboxOptions { File = _folder.In("tools.json") };
        Box = McpToolbox.Open(set?.Invoke(options) ?? options, Logs);
    }

    internal GatePolicy Policy { get; }

    internal McpToolbox Box { get; }

    internal LogList Logs { get; } = new();

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

    internal Task<ToolAnswer> CallAsync(string tool, string arguments = "{}", Consent yes = default) =>
        CallAsync(new ToolCall(Server, tool, arguments), yes);

    internal Task<ToolAnswer> CallAsync(ToolCall call, Consent yes = default) => Box.CallAsync(
        call,
        terms => ValueTask.FromResult(
            ActionGate.CommitCheck(call.RequestFor(terms), yes, Situation, Policy) is { IsAllowed: false } no ? no.Reason.Code() : null),
        CancellationToken.None);

    internal async Task<Consent> YesAsync(string tool, string arguments = "{}", Money? amount = null)
    {
        var call = new ToolCall(Server, tool, arguments) { Amount = amount };
        var check = await Box.CheckAsync(call, CancellationToken.None);
        Assert.Equal((CommerceOutcome.Done, ToolReasons.Done), (check.Outcome, check.Reason));
        return new Consent { Kind = ConsentKind.Yes, LoosestState = Situation.State, Terms = call.RequestFor(check.Terms!) };
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
