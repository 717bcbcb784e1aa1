using EcuAgent.SomeIp.Tests.Judges;
using EcuAgent.SomeIp.Tests.Nodes;

namespace EcuAgent.SomeIp.Tests;

public sealed class ExampleTests
{
    [Fact]
    public async Task Example_Run_PrintsFieldAndSum()
    {
        using var network = new Network();
        var output = await Tools.RunAsync(PeerProcess.DotnetHost, "", Path.Combine(AppContext.BaseDirectory, "EcuAgent.SomeIp.Example.dll"), $"{network.SdPort}");
        Assert.Equal(["temperature 21", "Answered Ok 5", "temperature 22"], output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Readme_Example_IsTheProgramThatRuns()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "adapters", "SomeIp")))
        {
            folder = folder.Parent;
        }

        var adapter = Path.Combine(folder!.FullName, "adapters", "SomeIp");
        Assert.Contains(File.ReadAllText(Path.Combine(adapter, "example", "Program.cs")).Trim(), File.ReadAllText(Path.Combine(adapter, "README.md")));
    }
}
