using System.Diagnostics;
using EcuAgent.Core.Audit;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>How the process starts and ends.</summary>
public sealed class StartScenarios(ITestOutputHelper output)
{
    private const int WrongInput = 2;
    private const int NoBus = 5;

    [Theory]
    [InlineData("--frobnicate 3", "--frobnicate")]
    [InlineData("--domain 999", "DomainId", "999")]
    [InlineData("--domain three", "EcuAgent:Bus:DomainId", "three")]
    [InlineData("--policy lenient", "lenient")]
    [InlineData("--EcuAgent:Agent:MinimumAsrConfidence 7", "MinimumAsrConfidence", "7")]
    [InlineData("--EcuAgent:Bus:Domian 3", "Domian")]
    [InlineData("--EcuAgent:Webhooks:Listen http://0.0.0.0:8642", "EcuAgent:Webhooks:Listen", "0.0.0.0")]
    [InlineData("--EcuAgent:Deferral:Capacity 0", "Deferral", "Capacity", "0")]
    public async Task Start_WithAWrongSetting_EndsWithTwoAndNamesItOnStandardError(string arguments, params string[] named)
    {
        await using var service = ChildProcess.StartDotnet(Checkout.Service, arguments.Split(' '));

        Assert.Equal(WrongInput, await service.ExitAsync());
        Assert.All(named, n => Assert.Contains(n, service.Output, StringComparison.Ordinal));
        Assert.StartsWith("EcuAgent: ", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithABrokenPolicyFile_EndsWithTwoAndNamesFileAndFault()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("mine.json");
        await File.WriteAllTextAsync(file, """{"profile": "mine", "rules": [}""");
        await using var service = ChildProcess.StartDotnet(Checkout.Service, "--policy-file", file);

        Assert.Equal(WrongInput, await service.ExitAsync());
        Assert.Contains(file, service.Output, StringComparison.Ordinal);
        Assert.Contains("is not JSON", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithABrokenFileOfTools_EndsWithTwoAndNamesFileAndEveryFault()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("tools.json");
        await File.WriteAllTextAsync(
            file,
            """{"format":"ecuagent-tools/1","servers":[{"id":"a","url":"http://far.example/mcp","tools":[{"name":"t","class":"setup","say":{"en":["open {door}"]}}]}]}""");
        await using var service = ChildProcess.StartDotnet(Checkout.Service, "--EcuAgent:Tools:File", file);

        Assert.Equal(WrongInput, await service.ExitAsync());
        Assert.StartsWith("EcuAgent: ", service.Output, StringComparison.Ordinal);
        Assert.Contains($"{file}: $.servers[0].url", service.Output, StringComparison.Ordinal);
        Assert.Contains("$.servers[0].tools[0].say.en[0]", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAnInterfaceThatIsNotThere_EndsWithFiveAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        await using var service = ServiceProcess.Start(Domains.Next(), ModelPackage.None, folder.Path, "--interface", "nope9");

        Assert.Equal(NoBus, await service.ExitAsync());
        Assert.Contains("nope9", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithADamagedModelPackage_StaysUpAndNamesTheFile()
    {
        var model = ModelPackage.Require();
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(model))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        await using (var graph = File.OpenWrite(folder.File("model.onnx")))
        {
            graph.Position = graph.Length / 2;
            graph.Write("damaged"u8);
        }

        var domain = Domains.Next();
        using var audit = new TemporaryFolder();
        await using var service = await ServiceProcess.StartReadyAsync(domain, folder.Path, audit.Path);
        await using var bus = new TestBus(domain);

        var health = await bus.NextAsync<V1.AgentHealth>(h => h.State == V1.HealthState.Degraded);
        Assert.Contains("model_unavailable", health.DegradedReasons.ToString(), StringComparison.Ordinal);
        Assert.Contains("model.onnx", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_AfterATurn_IsCleanSaidOnTheBusAndLeavesAnAuditThatVerifies()
    {
        var model = ModelPackage.Require();
        var domain = Domains.Next();
        using var folder = new TemporaryFolder();
        await using var simulator = await ServiceProcess.StartSimulatorAsync(domain);
        var start = Stopwatch.GetTimestamp();
        await using var service = await ServiceProcess.StartReadyAsync(domain, model, folder.Path);
        output.WriteLine($"process start to ready: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        await using var bus = new TestBus(domain);
        await bus.WaitForServiceAsync();
        await bus.ParkAsync();
        await bus.AskAsync("set the temperature to 22 degrees");
        var mark = bus.Mark;

        start = Stopwatch.GetTimestamp();
        service.Terminate();

        Assert.Equal(0, await service.ExitAsync());
        output.WriteLine($"SIGTERM to the end of the process: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        await bus.NextAsync<V1.AgentHealth>(h => h.State == V1.HealthState.Stopping, mark);
        var audit = AuditVerifier.VerifyDirectory(folder.Path);
        Assert.True(audit.Ok, $"{audit.File} line {audit.FirstBadLine}: {audit.Problem}");
        Assert.True(audit.TailConfirmed);
        var text = string.Concat(Directory.GetFiles(folder.Path).Select(File.ReadAllText));
        string[] recorded = ["service_started", "policy_loaded", "set_temperature", "command_issued", "command_outcome", "service_stopped"];
        Assert.All(recorded, r => Assert.Contains(r, text, StringComparison.Ordinal));
        Assert.True(audit.Records >= recorded.Length, $"{audit.Records} records");
        Assert.DoesNotContain("degrees", text, StringComparison.Ordinal);
    }
}
