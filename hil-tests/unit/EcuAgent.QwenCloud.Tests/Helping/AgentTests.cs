using System.Text.Json.Nodes;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.QwenCloud.Tests.Helping;

/// <summary>The whole agent with a local model, the helper behind it and a real server: the answer from outside is gated and carried out like any other.</summary>
public sealed class AgentTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-cloud-agent-");
    private readonly Ports _ports = new();
    private HelperRig _rig = null!;
    private AuditLog _audit = null!;
    private AssistantAgent? _agent;
    private int _said;

    public async ValueTask InitializeAsync()
    {
        _rig = await HelperRig.StartAsync();
        _rig.Options = _rig.Options with { Model = "org/qwen-plus" };
        _audit = AuditLog.Open(new AuditOptions { Directory = _folder.FullName, FlushToDisk = false }, _rig.Time, NullLogger<AuditLog>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _agent?.Dispose();
        _audit.Dispose();
        await _rig.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Agent_RequestBeyondTheLocalModel_CallFromOutsideIsGatedAndCarriedOut()
    {
        Make(new LocalModel("clarify", "about", "unclear"));
        _rig.Endpoint.Answer = context => Reply.Stream(context, Reply.Events(4, ("set_fan", """{"level":5}""")));

        var report = await SayAsync("my hair shall fly");

        Assert.Equal(5, Assert.IsType<HvacCommand>(Assert.Single(_ports.Commands)).Level);
        var call = Assert.Single(report.Calls);
        Assert.Equal(("set_fan", GateDecisionKind.Allow), (call.Tool, call.Decision!.Value.Kind));
        Assert.Contains(_ports.Decisions, d => d.Tool == "set_fan" && d.ActionClass == ActionClass.Comfort);
        Assert.Equal("cloud:org-qwen-plus", report.Plan!.Model);
        AuditNames("cloud:org-qwen-plus", report);
    }

    [Fact]
    public async Task Agent_LocalModelKnows_AuditNamesTheLocalModel()
    {
        Make(new LocalModel("set_fan", "level", 5));

        AuditNames("local:local", await SayAsync("fan on five"));
    }

    [Fact]
    public async Task Agent_NetworkCutInTheMiddleOfTheAnswer_LocalAnswerIsSpoken()
    {
        Make(new LocalModel("clarify", "about", "hvac"));
        _rig.Endpoint.Answer = async context =>
        {
            await Reply.Stream(context, Reply.Events(4, ("set_fan", """{"level":5}""")).Take(3), done: false);
            context.Abort();
        };

        var report = await SayAsync("my hair shall fly");

        Assert.Empty(_ports.Commands);
        Assert.Equal((TurnStatus.Asked, "clarify"), (report.Status, Assert.Single(report.Calls).Tool));
        Assert.Equal("connection_lost", Assert.Single(_rig.Record).Outcome);
        Assert.NotEmpty(report.ReplyText);
    }

    [Fact]
    public async Task Agent_ServerHangs_LocalAnswerComesWithinTheModelsBudget()
    {
        Make(new LocalModel("refuse", "reason", "out_of_scope"));
        _rig.Endpoint.Answer = Reply.Hang;

        var report = await _rig.Time.UntilAsync(SayAsync("my hair shall fly"));

        Assert.Equal((PlanStatus.Planned, "refuse"), (report.Plan!.Status, Assert.Single(report.Calls).Tool));
        Assert.InRange(report.PlannedAfter!.Value, TimeSpan.Zero, new AgentOptions().ModelTimeout);
    }

    [Fact]
    public async Task Agent_ServerWantsToBuy_NothingIsBought()
    {
        Make(new LocalModel("clarify", "about", "food"));
        _rig.Endpoint.Answer = context => Reply.Stream(context, Reply.Events(4, ("order_food", """{"item":"pizza"}""")));

        var report = await SayAsync("pizza would be something");

        Assert.Equal("clarify", Assert.Single(report.Calls).Tool);
        Assert.DoesNotContain(_ports.Decisions, d => d.Tool == "order_food");
        Assert.Equal("answer_forbidden", Assert.Single(_rig.Record).Outcome);
    }

    [Fact]
    public async Task Agent_LocalModelFails_NothingLeaves()
    {
        Make(new LocalModel(() => throw new InvalidOperationException("the model is gone")));

        var report = await SayAsync("my hair shall fly");

        Assert.Equal(TurnStatus.ModelFailed, report.Status);
        Assert.Empty(_rig.Endpoint.Seen);
    }

    [Fact]
    public async Task Assisted_Streaming_GivesTheAnswerFromOutside()
    {
        using var assisted = Assist(new LocalModel("clarify", "about", "unclear"));
        _rig.Endpoint.Answer = context => Reply.Stream(context, Reply.Events(4, ("set_fan", """{"level":5}""")));

        var response = await assisted.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nmy hair shall fly")]).ToChatResponseAsync();

        Assert.Equal("set_fan", Assert.Single(HelperRig.CallsOf(response)).Name);
        Assert.DoesNotContain("speaker", Assert.Single(_rig.Record).Sent.Utterance, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assisted_EarlierUtteranceInTheConversation_StaysInTheCar()
    {
        using var assisted = Assist(new LocalModel("clarify", "about", "unclear"));

        await assisted.GetResponseAsync(
        [
            new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nbring me to the secret meeting"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "navigate_to")]),
            new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nno, the other one"),
        ]);

        var seen = Assert.Single(_rig.Endpoint.Seen);
        Assert.Contains("no, the other one", seen.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret meeting", seen.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assisted_LocalCallCopiedFromBothUtterances_IsKnownAndNothingLeaves()
    {
        var call = new FunctionCallContent("1", "search_food", new Dictionary<string, object?> { ["item"] = "ramen", ["merchant"] = "Tokyo Place" });
        using var assisted = Assist(new LocalModel(() => [call]));

        var response = await assisted.GetResponseAsync(
        [
            new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nlook for sushi at Tokyo Place"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("0", "search_food")]),
            new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nno, ramen"),
        ]);

        Assert.Equal("search_food", Assert.Single(HelperRig.CallsOf(response)).Name);
        Assert.Empty(_rig.Endpoint.Seen);
    }

    private AssistedChatClient Assist(LocalModel local) => new(local, _rig.Helper, HelperRig.Catalogue, _rig.Time);

    private void Make(LocalModel local)
    {
        var agent = new AssistantAgent(
            new AgentServices
            {
                Model = Assist(local),
                Catalogue = HelperRig.Catalogue,
                Snapshot = _rig.State.TakeSnapshot,
                Policy = new PolicyHolder(PolicyLoader.LoadBundled("strict")),
                Confirmations = new ConfirmationDesk(_rig.Time, NullLogger<ConfirmationDesk>.Instance),
                Deferrals = new DeferralQueue(_rig.Time, new DeferralOptions(), NullLogger<DeferralQueue>.Instance),
                Audit = _audit,
                Commands = _ports,
                Places = _ports,
                Replies = _ports,
                Decisions = _ports,
                Orders = _ports,
                Time = _rig.Time,
            },
            new AgentOptions { ReadBackWait = TimeSpan.Zero });
        _ports.OnCommand = command => agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed));
        _agent = agent;
    }

    /// <summary>Command and outcome of a turn, and whatever else is on record of it, say whose idea it was.</summary>
    private void AuditNames(string model, TurnReport report)
    {
        using var file = new FileStream(Path.Combine(_folder.FullName, "audit-000001.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var entries = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .Where(entry => (string?)entry["utterance"] == report.UtteranceId).ToList();
        Assert.Superset(new HashSet<string> { "command_issued", "command_outcome" }, entries.Select(entry => (string)entry["kind"]!).ToHashSet());
        Assert.All(entries, entry => Assert.Equal(model, (string?)entry["model"]));
    }

    private Task<TurnReport> SayAsync(string text) => _agent!.HandleUtteranceAsync(
        new Utterance
        {
            UtteranceId = $"u-{++_said}",
            Text = text,
            AsrConfidence = 0.95,
            Language = "en",
            SpeakerZone = Core.Gate.SpeakerZone.Driver,
        },
        CancellationToken.None);
}
