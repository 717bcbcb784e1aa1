using System.Text.Json.Nodes;
using EcuAgent.Qwen.Tests.Support;
using EcuAgent.QwenExport;
using Xunit;

namespace EcuAgent.Qwen.Tests.Export;

public sealed class CheckpointTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly string _checkpoint;

    public CheckpointTests()
    {
        _checkpoint = _files.Folder("checkpoint");
        new TinyCheckpoint().Write(_checkpoint);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Export_TensorMissing_NamesFileTensorAndShape()
    {
        EditHeader(static h => h.Remove("model.layers.1.self_attn.k_proj.weight"));

        AssertRefused("model.safetensors", "'model.layers.1.self_attn.k_proj.weight' is missing", "[32,64]");
    }

    [Fact]
    public void Export_OtherShape_NamesBoth()
    {
        EditConfig(static c => c["intermediate_size"] = 97);

        AssertRefused("model.safetensors", "'model.layers.0.mlp.gate_proj.weight' has shape [96,64], expected [97,64]");
    }

    [Fact]
    public void Export_TruncatedWeights_SaysSo()
    {
        var path = Path.Combine(_checkpoint, "model.safetensors");
        using (var stream = File.OpenWrite(path))
        {
            stream.SetLength(stream.Length - 10);
        }

        AssertRefused("model.safetensors", "truncated");
    }

    [Fact]
    public void Export_HeaderLengthBeyondFile_IsRefused()
    {
        var path = Path.Combine(_checkpoint, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[6] = 0x7F;
        File.WriteAllBytes(path, bytes);

        AssertRefused("model.safetensors", "header length");
    }

    [Fact]
    public void Export_NotFiniteWeight_NamesTensorAndElement()
    {
        var path = Path.Combine(_checkpoint, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        File.WriteAllBytes(path, bytes);

        AssertRefused("model.safetensors", "'model.layers.1.mlp.down_proj.weight' holds NaN at element 6143");
    }

    [Fact]
    public void Export_UnknownDataType_IsRefused()
    {
        EditHeader(static h => h["model.norm.weight"]!["dtype"] = "F8_E4M3");

        AssertRefused("'model.norm.weight' has dtype F8_E4M3");
    }

    [Theory]
    [InlineData("model_type", "\"qwen2\"", "model_type 'qwen2'")]
    [InlineData("model_type", "\"llama\"", "model_type 'llama'")]
    [InlineData("hidden_size", "0", "hidden_size = 0")]
    [InlineData("num_key_value_heads", "3", "num_key_value_heads = 3")]
    [InlineData("head_dim", "20", "head_dim = 20")]
    [InlineData("rope_scaling", """{"rope_type":"yarn","factor":4.0}""", "rope_scaling")]
    [InlineData("attention_bias", "true", "attention_bias")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act")]
    [InlineData("hidden_size", "\"wide\"", "config.json")]
    public void Export_ConfigNotSupported_NamesTheValue(string key, string value, string named)
    {
        EditConfig(c => c[key] = JsonNode.Parse(value));

        AssertRefused("config.json", named);
    }

    [Fact]
    public void Export_CompactWithoutCatalogue_IsRefused()
    {
        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(_checkpoint, _files.Folder("out"), 8, "compact"), static _ => { }));

        Assert.Contains("--catalogue", error.Message);
    }

    [Fact]
    public void Export_NothingThere_IsRefused()
    {
        File.Delete(Path.Combine(_checkpoint, "model.safetensors"));

        AssertRefused("neither model.safetensors nor model.safetensors.index.json");
    }

    private void AssertRefused(params string[] parts)
    {
        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(_checkpoint, _files.Folder("out"), 8, "qwen"), static _ => { }));
        foreach (var part in parts)
        {
            Assert.Contains(part, error.Message);
        }
    }

    private void EditConfig(Action<JsonObject> edit)
    {
        var path = Path.Combine(_checkpoint, "config.json");
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        edit(config);
        File.WriteAllText(path, config.ToJsonString());
    }

    private void EditHeader(Action<JsonObject> edit)
    {
        var path = Path.Combine(_checkpoint, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(bytes);
        var header = (JsonObject)JsonNode.Parse(bytes.AsSpan(8, length))!;
        edit(header);
        var text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes.AsSpan(8 + length)]);
    }
}
