using System.Security.Cryptography;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tests.Support;
using Xunit;

namespace EcuAgent.Qwen.Tests.Package;

public sealed class ModelPackageTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly string _package;

    public ModelPackageTests() => _package = TinyModel.Export(_files, new TinyCheckpoint());

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Open_GoodPackage_Loads()
    {
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = _package });

        Assert.Equal("tiny", client.ModelName);
    }

    [Fact]
    public void Open_NoFolder_IsMissing() => AssertRefused(QwenModelError.Missing, "nowhere", directory: Path.Combine(_files.Root, "nowhere"));

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    public void Open_FileMissing_IsNamed(string file)
    {
        File.Delete(Path.Combine(_package, file));

        AssertRefused(QwenModelError.Missing, file);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    public void Open_OneByteChanged_IsHashMismatch(string file)
    {
        var path = Path.Combine(_package, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        AssertRefused(QwenModelError.HashMismatch, file);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    [InlineData(-5000)]
    public void Open_GraphTruncatedWithMatchingHash_IsDamaged(int length)
    {
        var path = Path.Combine(_package, "model.onnx");
        var bytes = File.ReadAllBytes(path);
        var kept = bytes[..(length < 0 ? bytes.Length + length : length)];
        File.WriteAllBytes(path, kept);
        Rehash("model.onnx");

        AssertRefused(QwenModelError.Damaged, "model.onnx");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"format\":\"ecuagent-model/1\"}")]
    public void Open_ManifestBroken_IsDamaged(string text)
    {
        File.WriteAllText(Path.Combine(_package, "manifest.json"), text);

        AssertRefused(QwenModelError.Damaged, "manifest.json");
    }

    [Fact]
    public void Open_OtherFormat_IsUnsupported() => AssertEdited(QwenModelError.Unsupported, "ecuagent-model/9", static m => m with { Format = "ecuagent-model/9" });

    [Fact]
    public void Open_OtherArchitecture_IsUnsupported() => AssertEdited(QwenModelError.Unsupported, "llama", static m => m with { Architecture = "llama" });

    [Fact]
    public void Open_OtherPromptStyle_IsUnsupported() => AssertEdited(QwenModelError.Unsupported, "fancy", static m => m with { PromptStyle = "fancy" });

    [Fact]
    public void Open_WrongVocabularySize_IsInconsistent() =>
        AssertEdited(QwenModelError.Inconsistent, "logits", static m => m with { Config = m.Config with { VocabularySize = m.Config.VocabularySize + 1 } });

    [Fact]
    public void Open_WrongLayerCount_IsInconsistent() =>
        AssertEdited(QwenModelError.Inconsistent, "past_key_values.2.key", static m => m with { Config = m.Config with { LayerCount = 3 } });

    [Fact]
    public void Open_WrongHeadDimension_IsInconsistent() =>
        AssertEdited(QwenModelError.Inconsistent, "past_key_values.0.key", static m => m with { Config = m.Config with { HeadDimension = 32 } });

    [Fact]
    public void Open_UnknownEosToken_IsInconsistent() => AssertEdited(QwenModelError.Inconsistent, "<|stop|>", static m => m with { EosTokens = ["<|stop|>"] });

    [Fact]
    public void Open_ContextOfZero_IsInconsistent() => AssertEdited(QwenModelError.Inconsistent, "maxContext 0", static m => m with { MaxContext = 0 });

    [Fact]
    public void Open_FileOutsideThePackage_IsInconsistent() => AssertEdited(QwenModelError.Inconsistent, "../secret", static m => m with
    {
        Files = new SortedDictionary<string, string>(m.Files) { ["../secret"] = "00" },
    });

    [Fact]
    public void Open_TokenizerOfAnotherVocabulary_IsInconsistent()
    {
        var path = Path.Combine(_package, "tokenizer.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace($"\"id\":{TinyTokenizer.Size - 1},", $"\"id\":{TinyTokenizer.Size + 50},", StringComparison.Ordinal));
        Rehash("tokenizer.json");

        AssertRefused(QwenModelError.Inconsistent, "tokenizer.json");
    }

    [Theory]
    [InlineData(-1, 0, 256, 4, "ThreadCount")]
    [InlineData(0, 16, 256, 4, "MaxContext")]
    [InlineData(0, 0, 0, 4, "MaxOutputTokens")]
    [InlineData(0, 0, 256, 17, "MaxCalls")]
    [InlineData(0, 100_000, 256, 4, "MaxContext")]
    public void Options_OutOfRange_AreRefusedByName(int threads, int context, int output, int calls, string name)
    {
        var error = Assert.Throws<ArgumentException>(() => new QwenChatClient(new QwenOptions
        {
            ModelDirectory = _package, ThreadCount = threads, MaxContext = context, MaxOutputTokens = output, MaxCalls = calls,
        }));

        Assert.Contains(name, error.Message);
    }

    private void AssertEdited(QwenModelError expected, string named, Func<ModelManifest, ModelManifest> edit)
    {
        TinyModel.EditManifest(_package, edit);
        AssertRefused(expected, named);
    }

    private void AssertRefused(QwenModelError expected, string named, string? directory = null)
    {
        var error = Assert.Throws<QwenModelException>(() => new QwenChatClient(new QwenOptions { ModelDirectory = directory ?? _package }));

        Assert.Equal(expected, error.Error);
        Assert.Contains(named, error.Message);
    }

    private void Rehash(string file) => TinyModel.EditManifest(_package, m => m with
    {
        Files = new SortedDictionary<string, string>(m.Files) { [file] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_package, file)))) },
    });
}
