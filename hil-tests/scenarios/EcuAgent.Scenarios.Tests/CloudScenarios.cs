using System.Text.Json.Nodes;
using EcuAgent.QwenCloud.Privacy;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>The cloud helper in the whole service: asked when the local model does not know, gated like any other, and never missed.</summary>
public sealed class CloudScenarios
{
    // No task of the car; whichever way the local model says so, it has no command for it.
    private const string BeyondLocal = "translate thank you to greek";
    private const string KeyVariable = "ECUAGENT_SCENARIO_KEY";
    private const string Key = "scenario-key";

    [Fact]
    public async Task RequestBeyondTheLocalModel_IsAnsweredFromOutsideGatedAndCommanded_AndLocallyOnceTheServerIsGone()
    {
        var model = ModelPackage.Require();
        using var audit = new TemporaryFolder();
        using var privacy = new TemporaryFolder();
        Environment.SetEnvironmentVariable(KeyVariable, Key);
        var cloud = await CloudEndpoint.StartAsync("set_fan", """{"level":5}""");
        var domain = Domains.Next();
        await using var simulator = await ServiceProcess.StartSimulatorAsync(domain);
        await using var service = await ServiceProcess.StartReadyAsync(
            domain,
            model,
            audit.Path,
            "--EcuAgent:Cloud:Enabled", "true",
            "--EcuAgent:Cloud:Endpoint", cloud.Base,
            "--EcuAgent:Cloud:ApiKeyVariable", KeyVariable,
            "--EcuAgent:Cloud:Directory", privacy.Path);
        await using var bus = new TestBus(domain);
        await bus.WaitForServiceAsync();
        await bus.NextAsync<V1.AgentHealth>(h => h.SamplesReceived >= 4);
        await bus.ParkAsync();

        // The owner has said nothing yet.
        var turn = await bus.AskAsync(BeyondLocal);
        Assert.Equal((0, 0), (Commands(bus, turn).Count, cloud.Unread));
        Assert.Contains("consent_missing", HelperStatus.Read(privacy.Path)!.Counts);

        // With a yes the server is asked, and its call goes the way of every call.
        new StandingConsent { Given = true, Endpoint = cloud.Origin, FieldsVersion = SentFields.Version, Time = TimeProvider.System.GetUtcNow() }.Write(privacy.Path);
        turn = await bus.AskAsync(BeyondLocal);
        var command = Assert.Single(Commands(bus, turn));
        Assert.Equal((V1.HvacAction.SetFan, 5), (command.Action, command.Level));
        Assert.Contains(
            bus.Since<V1.Decision>(turn.Mark),
            d => d.CommandId.ToString() == command.CommandId.ToString() && d.Tool.ToString() == "set_fan" && d.Kind == V1.DecisionKind.Allow);
        Assert.Contains(bus.Since<V1.CommandOutcome>(turn.Mark), o => o.CommandId.ToString() == command.CommandId.ToString() && o.Kind == V1.OutcomeKind.Completed);
        Assert.All(AuditOf(audit, turn), entry => Assert.Equal("cloud:qwen-plus", (string?)entry["model"]));
        Assert.Contains(AuditOf(audit, turn), entry => (string?)entry["kind"] == "command_issued");
        var sent = Assert.Single(SentRecordReader.Read(privacy.Path).Entries);
        Assert.Equal((BeyondLocal, "parked", "answered"), (sent.Sent.Utterance, sent.Sent.Driving, sent.Outcome));
        var body = await cloud.RequestAsync();
        Assert.Equal(sent.Sent.ToJson(), (string?)body["messages"]![1]!["content"]);

        // What the local model knows stays in the car.
        turn = await bus.AskAsync("set the temperature to 22 degrees");
        Assert.Equal(22, Assert.Single(Commands(bus, turn)).TemperatureCelsius);
        Assert.Equal(0, cloud.Unread);
        Assert.All(AuditOf(audit, turn), entry => Assert.StartsWith("local:", (string?)entry["model"], StringComparison.Ordinal));

        // The server is gone: the local answer, and a reply as ever.
        await cloud.DisposeAsync();
        turn = await bus.AskAsync(BeyondLocal);
        Assert.Empty(Commands(bus, turn));
        Assert.NotEmpty(turn.Text);
        Assert.Contains(SentRecordReader.Read(privacy.Path).Entries[^1].Outcome, new[] { "unreachable", "connection_lost" });
        Assert.All(AuditOf(audit, turn), entry => Assert.StartsWith("local:", (string?)entry["model"], StringComparison.Ordinal));
        Assert.DoesNotContain(Key, service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(BeyondLocal, service.Output, StringComparison.Ordinal);
    }

    private static List<V1.HvacCommand> Commands(TestBus bus, Turn turn) =>
        [.. bus.Since<V1.HvacCommand>(turn.Mark).Where(c => c.UtteranceId.ToString() == turn.UtteranceId)];

    private static List<JsonNode> AuditOf(TemporaryFolder audit, Turn turn)
    {
        using var file = new FileStream(audit.File("audit-000001.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        List<JsonNode> entries = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Where(entry => (string?)entry["utterance"] == turn.UtteranceId)];
        Assert.NotEmpty(entries);
        return entries;
    }
}
