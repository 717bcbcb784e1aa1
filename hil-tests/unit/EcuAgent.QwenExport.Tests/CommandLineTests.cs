using System.Diagnostics;
using EcuAgent.QwenExport.Tests.Support;
using Xunit;

namespace EcuAgent.QwenExport.Tests;

/// <summary>The exporter as a process.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Export_CompactWithCatalogue_IsWrittenAndRun()
    {
        var checkpoint = new TestModel { Layers = 1 }.Write(_files.At("checkpoint"));

        var (exitCode, output, error) = await RunAsync(
            [], "--checkpoint", checkpoint, "--out", _files.At("out"), "--bits", "8", "--prompt-style", "compact", "--catalogue", TestFiles.Catalogue, "--name", "from-cli");

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Contains("from-cli: 1 layers, 8 bits", output);
        Assert.Contains("and loaded", output);
        Assert.Contains("\"catalogueSha256\": \"", File.ReadAllText(_files.At("out/manifest.json")));
        Assert.Contains("\"maxContext\": 512", File.ReadAllText(_files.At("out/manifest.json")));
    }

    [Fact]
    public async Task Export_WithEveryChoice_ReportsThem()
    {
        var checkpoint = new TestModel { Layers = 1, Family = "qwen2", Tied = false }.Write(_files.At("checkpoint"));

        var (exitCode, _, error) = await RunAsync(
            [],
            "--checkpoint", checkpoint, "--out", _files.At("out"), "--bits", "4", "--head-bits", "8", "--tensor", "*.down_proj.*=16", "--tensor", "*.v_proj.weight=32",
            "--kv-bits", "8", "--external", "--report", _files.At("report.json"), "--verbose", "--check", "--max-context", "64");

        Assert.Equal(0, exitCode);
        Assert.Contains("layer 0 in all", error);
        Assert.True(File.Exists(_files.At("out/model.onnx.data")));
        using var report = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_files.At("report.json")));
        var bits = report.RootElement.GetProperty("tensors").EnumerateArray().ToDictionary(static t => t.GetProperty("name").GetString()!, static t => t.GetProperty("bits").GetInt32());
        Assert.Equal((8, 4, 16, 32), (bits["lm_head.weight"], bits["model.embed_tokens.weight"], bits["model.layers.0.mlp.down_proj.weight"], bits["model.layers.0.self_attn.v_proj.weight"]));
    }

    [Fact]
    public async Task Export_BadCheckpoint_EndsWithTwoAndOneLine()
    {
        var checkpoint = new TestModel { Layers = 1 }.Write(_files.At("checkpoint"));
        File.Delete(Path.Combine(checkpoint, "config.json"));

        var (exitCode, _, error) = await RunAsync([], "--checkpoint", checkpoint, "--out", _files.At("out"));

        Assert.Equal(2, exitCode);
        Assert.Contains("config.json: the file does not exist", error);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(["checkpoint"], Directory.GetFileSystemEntries(_files.Root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Export_FaultInAValueOfSeveralLines_IsToldInOneLine()
    {
        var checkpoint = new TestModel { Layers = 1 }.Write(_files.At("checkpoint"));
        var config = Path.Combine(checkpoint, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("{", "{\n\"quantization_config\": {\n  \"bits\": 4\n},", StringComparison.Ordinal));

        var (exitCode, _, error) = await RunAsync([], "--checkpoint", checkpoint, "--out", _files.At("out"));

        Assert.Equal(2, exitCode);
        Assert.EndsWith("config.json: quantization_config = { \"bits\": 4 } is not supported, expected an unquantized checkpoint", error.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bits", "7")]
    [InlineData("--kv-bits", "16")]
    [InlineData("--no-such-option", "1")]
    public async Task Export_WrongCommandLine_EndsWithOne(string option, string value)
    {
        var (exitCode, _, _) = await RunAsync([], "--checkpoint", _files.Root, "--out", _files.At("out"), option, value);

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Export_WithoutIcu_IsRefusedWithTheReason()
    {
        var checkpoint = new TestModel { Layers = 1 }.Write(_files.At("checkpoint"));

        var (exitCode, _, error) = await RunAsync([("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")], "--checkpoint", checkpoint, "--out", _files.At("out"));

        Assert.Equal(2, exitCode);
        Assert.Contains("InvariantGlobalization", error);
    }

    [Fact]
    public async Task Random_CheckpointAndPackage_AreUsable()
    {
        var (made, _, _) = await RunAsync([], "random", "--shape", "tiny", "--out", _files.At("checkpoint"));
        var (exported, _, _) = await RunAsync([], "--checkpoint", _files.At("checkpoint"), "--out", _files.At("package"), "--bits", "4", "--check");
        var (direct, _, _) = await RunAsync([], "random", "--shape", "tiny", "--package", "4", "--out", _files.At("direct"));

        Assert.Equal((0, 0, 0), (made, exported, direct));
        Assert.Equal(File.ReadAllBytes(_files.At("package/model.onnx")), File.ReadAllBytes(_files.At("direct/model.onnx")));
        Assert.Equal(["checkpoint", "direct", "package"], Directory.GetFileSystemEntries(_files.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Export_EndedFromOutside_LeavesNothing()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("signals of POSIX");
        }

        // Large enough that the export is still busy when the signal comes.
        var checkpoint = _files.At("checkpoint");
        RandomCheckpoint.Write(RandomShapes.Get("qwen3-0.6b") with { Layers = 12, Vocabulary = 1024 }, checkpoint, 1, null);
        using var process = Start([], "--checkpoint", checkpoint, "--out", _files.At("out"), "--bits", "4", "--verbose");
        Assert.StartsWith($"writing {_files.At("out.partial-")}", await process.StandardError.ReadLineAsync());
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal(["checkpoint"], Directory.GetFileSystemEntries(_files.Root).Select(Path.GetFileName));
    }

    // The heap of the process is limited to three times the largest tensor; the weights in all are several times that, both as
    // they come and as they are written.
    [Theory]
    [InlineData("4")]
    [InlineData("32")]
    public async Task Export_LargeCheckpoint_NeedsLessThanThreeTimesTheLargestTensor(string bits)
    {
        var shape = RandomShapes.Get("qwen3-0.6b") with { Hidden = 512, Layers = 8, Heads = 8, KeyValueHeads = 4, HeadDimension = 64, Intermediate = 2048, Vocabulary = 16384 };
        RandomCheckpoint.Write(shape, _files.At("checkpoint"), 1, null);
        const long LargestTensorBytes = 2L * 16384 * 512;
        Assert.True(new FileInfo(_files.At("checkpoint/model.safetensors")).Length > 4 * LargestTensorBytes);
        var limit = (3 * LargestTensorBytes).ToString("X", System.Globalization.CultureInfo.InvariantCulture);

        var (exitCode, _, error) = await RunAsync(
            [("DOTNET_GCHeapHardLimit", limit)], "--checkpoint", _files.At("checkpoint"), "--out", _files.At("out"), "--bits", bits, "--no-check", "--max-context", "1024");

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static Process Start((string Name, string Value)[] environment, params string[] arguments)
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

        return Process.Start(start)!;
    }
}
