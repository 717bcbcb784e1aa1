using System.Security.Cryptography;
using System.Text.Json;
using EcuAgent.QwenExport.Tests.Support;
using Xunit;

namespace EcuAgent.QwenExport.Tests;

/// <summary>The folder that comes out.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0L, true)]
    [InlineData(long.MaxValue, false)]
    public void Package_Files_AreThoseOfTheManifest(long inlineLimit, bool hasData)
    {
        var package = Packages.Export(_files, TestModels.All[9], 8, s => s with { InlineLimitBytes = inlineLimit });

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "manifest.json")));
        var files = manifest.RootElement.GetProperty("files").EnumerateObject().ToDictionary(static f => f.Name, static f => f.Value.GetString());
        Assert.Equal(hasData, files.ContainsKey("model.onnx.data"));
        Assert.Equal(files.Keys.Append("manifest.json").Order(), Directory.GetFileSystemEntries(package).Select(Path.GetFileName).Order());
        Assert.All(files, f => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(package, f.Key)))), f.Value));
        Assert.Equal("qwen2", manifest.RootElement.GetProperty("architecture").GetString());
        Assert.Equal(["<|im_end|>", "<|endoftext|>"], manifest.RootElement.GetProperty("eosTokens").EnumerateArray().Select(static t => t.GetString()!));
        Assert.Equal(8, manifest.RootElement.GetProperty("weightBits").GetInt32());
    }

    [Fact]
    public void Export_Twice_GivesTheSameBytes()
    {
        var first = Packages.Export(_files, TestModels.All[1], 4);
        var second = Packages.Export(_files, TestModels.All[1], 4);

        Assert.All(Directory.GetFiles(first), f => Assert.Equal(File.ReadAllBytes(f), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(f)))));
    }

    [Fact]
    public void Export_OverAnOldPackage_ReplacesItAndKeepsOtherFiles()
    {
        var package = Packages.Export(_files, TestModels.All[0], 4, static s => s with { InlineLimitBytes = 0 });
        File.WriteAllText(Path.Combine(package, "MODEL_CARD.md"), "card");

        Exporter.Export(new ExportSettings(TestModels.All[9].Write(_files.At("other")), package, 8, "qwen", Name: "new"), static _ => { });

        Assert.Equal(["MODEL_CARD.md", "manifest.json", "model.onnx", "tokenizer.json"], Directory.GetFileSystemEntries(package).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("\"new\"", File.ReadAllText(Path.Combine(package, "manifest.json")));
        Assert.Equal("card", File.ReadAllText(Path.Combine(package, "MODEL_CARD.md")));
    }

    [Fact]
    public void Export_ThatFailsLate_LeavesTheOldPackageAsItWas()
    {
        var package = Packages.Export(_files, TestModels.All[0], 8);
        var before = Directory.GetFiles(package).ToDictionary(static f => f, File.ReadAllBytes);
        var model = new TestModel { Layers = 1 };
        var source = model.Write(_files.At("bad"));
        model.Tensors["model.norm.weight"].Values[63] = double.NaN;
        SafetensorsEdit.Rewrite(source, model, "model.norm.weight");

        Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(source, package, 4, "qwen"), static _ => { }));

        Assert.Equal(before.Keys.Order(), Directory.GetFileSystemEntries(package).Order());
        Assert.All(before, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));
    }

    [Fact]
    public void Commit_WhenAReplacementFails_BringsTheOldFilesBack()
    {
        var target = _files.Folder("target");
        File.WriteAllText(Path.Combine(target, "a"), "old");
        File.WriteAllText(Path.Combine(target, "z"), "old");
        Directory.CreateDirectory(Path.Combine(target, "m"));
        using (var staged = new StagedFolder(target))
        {
            foreach (var name in (string[])["a", "m", "z"])
            {
                File.WriteAllText(Path.Combine(staged.Path, name), "new");
            }

            // A folder stands where a file should go.
            Assert.ThrowsAny<Exception>(() => staged.Commit("z", []));
        }

        Assert.Equal(["a", "m", "z"], Directory.GetFileSystemEntries(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["old", "old"], new[] { "a", "z" }.Select(n => File.ReadAllText(Path.Combine(target, n))));
    }

    [Fact]
    public void Output_ThatIsAFile_IsRefused()
    {
        File.WriteAllText(_files.At("file"), "");
        var source = TestModels.All[0].Write(_files.At("c"));

        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(source, _files.At("file"), 8, "qwen"), static _ => { }));

        Assert.Contains("expected a folder", error.Message);
    }
}
