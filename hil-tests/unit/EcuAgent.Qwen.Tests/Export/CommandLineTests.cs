using System.Diagnostics;
using EcuAgent.Qwen.Tests.Support;
using Xunit;

namespace EcuAgent.Qwen.Tests.Export;

/// <summary>The exporter as a process.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly string _checkpoint;

    public CommandLineTests()
    {
        _checkpoint = _files.Folder("checkpoint");
        new TinyCheckpoint { Layers = 1 }.Write(_checkpoint);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Exporter_GoodCheckpoint_WritesAPackageThatTheClientLoads()
    {
        var target = Path.Combine(_files.Root, "out");

        var (exitCode, output, error) = await RunAsync([], "--checkpoint", _checkpoint, "--out", target, "--bits", "8", "--prompt-style", "compact", "--catalogue", TestFiles.Catalogue, "--name", "from-cli");

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Contains("from-cli: 1 layers, 8 bits", output);
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = target });
        Assert.Equal("from-cli", client.ModelName);
    }

    [Fact]
    public async Task Exporter_BadCheckpoint_EndsWithTwoAndOneLine()
    {
        File.Delete(Path.Combine(_checkpoint, "config.json"));

        var (exitCode, _, error) = await RunAsync([], "--checkpoint", _checkpoint, "--out", Path.Combine(_files.Root, "out"));

        Assert.Equal(2, exitCode);
        Assert.Contains("config.json: the file does not exist", error);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Exporter_WrongBits_EndsWithOne()
    {
        var (exitCode, _, _) = await RunAsync([], "--checkpoint", _checkpoint, "--out", Path.Combine(_files.Root, "out"), "--bits", "7");

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Loading_WithoutIcu_IsRefusedWithTheReason()
    {
        var (exitCode, _, error) = await RunAsync(
            [("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")], "--checkpoint", _checkpoint, "--out", Path.Combine(_files.Root, "out"), "--bits", "32");

        Assert.Equal(2, exitCode);
        Assert.Contains("InvariantGlobalization", error);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EcuAgent.QwenExport.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
