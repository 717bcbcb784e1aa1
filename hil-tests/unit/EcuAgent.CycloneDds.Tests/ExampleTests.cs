namespace EcuAgent.CycloneDds.Tests;

public sealed class ExampleTests
{
    [Fact]
    public async Task Example_Run_PrintsTheSampleAndTheEnd()
    {
        var (code, output, errors) = await ChildProgram.RunAsync("EcuAgent.CycloneDds.Example.dll", [Domains.NextOptions().DomainId.ToString()]);
        Assert.Equal((0, string.Empty), (code, errors));
        Assert.Equal(["kitchen 21.5 C, Alive, valid data True", "kitchen 0 C, NotAliveDisposed, valid data False"], output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Readme_Example_IsTheProgramThatRuns()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "adapters", "CycloneDds")))
        {
            folder = folder.Parent;
        }

        var adapter = Path.Combine(folder!.FullName, "adapters", "CycloneDds");
        var program = File.ReadAllText(Path.Combine(adapter, "example", "Program.cs"));
        Assert.Contains(program.Trim(), File.ReadAllText(Path.Combine(adapter, "README.md")));
    }
}
