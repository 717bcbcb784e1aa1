using System.Text.Json.Nodes;
using CsCheck;
using EcuAgent.QwenExport.Tests.Support;
using Xunit;

namespace EcuAgent.QwenExport.Tests;

/// <summary>Wrong, truncated and unknown checkpoints: the message names what is wrong, and nothing is left behind.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly string _checkpoint;

    public FaultTests() => _checkpoint = new TestModel().Write(_files.At("checkpoint"));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Tensor_Missing_NamesFileTensorAndShape()
    {
        SafetensorsEdit.Header(_checkpoint, static h => h.Remove("model.layers.1.self_attn.k_proj.weight"));
        AssertRefused("model.safetensors", "'model.layers.1.self_attn.k_proj.weight' is missing", "[32,64]");
    }

    [Fact]
    public void Tensor_OfAnotherShape_NamesBoth()
    {
        EditConfig(static c => c["intermediate_size"] = 97);
        AssertRefused("model.safetensors", "'model.layers.0.mlp.gate_proj.weight' has shape [96,64], expected [97,64]");
    }

    [Fact]
    public void Tensor_OfAnotherRank_NamesBoth()
    {
        SafetensorsEdit.Header(_checkpoint, static h => h["model.norm.weight"]!["shape"] = new JsonArray(1, 64));
        AssertRefused("'model.norm.weight' has shape [1,64], expected [64]");
    }

    [Fact]
    public void Weights_Truncated_SaysSo()
    {
        using (var stream = File.OpenWrite(SafetensorsEdit.WeightsOf(_checkpoint)))
        {
            stream.SetLength(stream.Length - 10);
        }

        AssertRefused("model.safetensors", "'model.layers.1.self_attn.k_norm.weight' ends at byte", "truncated");
    }

    [Fact]
    public void Offsets_PastTheEnd_AreRefused()
    {
        SafetensorsEdit.Header(_checkpoint, static h => h["model.norm.weight"]!["data_offsets"] = new JsonArray(1_000_000_000, 1_000_000_256));
        AssertRefused("'model.norm.weight' ends at byte", "truncated");
    }

    [Theory]
    [InlineData(-4, 252)]
    [InlineData(300, 44)]
    [InlineData(0, 252)]
    public void Offsets_ThatDoNotFitTheShape_AreRefused(int begin, int end)
    {
        SafetensorsEdit.Header(_checkpoint, h => h["model.norm.weight"]!["data_offsets"] = new JsonArray(begin, end));
        AssertRefused("'model.norm.weight' F32 [64] covers bytes", "expected 256 bytes");
    }

    [Fact]
    public void Offsets_OfTwoTensorsOverlapping_NameBoth()
    {
        SafetensorsEdit.Header(_checkpoint, static h => h["model.norm.weight"]!["data_offsets"] = new JsonArray(128, 384));
        AssertRefused("model.safetensors", "begins at byte", "inside tensor", "'model.norm.weight'", "'model.embed_tokens.weight'");
    }

    [Fact]
    public void Shape_ThatOverflows_IsRefused()
    {
        SafetensorsEdit.Header(_checkpoint, static h => h["model.norm.weight"]!["shape"] = new JsonArray(1L << 62, 1L << 62));
        AssertRefused("'model.norm.weight' has shape [4611686018427387904,4611686018427387904], which cannot be");
    }

    [Theory]
    [InlineData("{]")]
    [InlineData("[]")]
    [InlineData("""{"model.norm.weight":5}""")]
    [InlineData("""{"model.norm.weight":{"dtype":"F32"}}""")]
    [InlineData("""{"model.norm.weight":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""")]
    [InlineData("""{"model.norm.weight":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    public void Header_Damaged_IsRefused(string header)
    {
        File.WriteAllBytes(SafetensorsEdit.WeightsOf(_checkpoint), [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), 0, 0, 0, 0]);
        AssertRefused("model.safetensors", "header is damaged");
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void Header_LengthThatCannotBe_IsRefused(long length)
    {
        var path = SafetensorsEdit.WeightsOf(_checkpoint);
        var bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes, length);
        File.WriteAllBytes(path, bytes);
        AssertRefused("model.safetensors", "header length");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Weights_AlmostEmpty_AreRefused(int length)
    {
        File.WriteAllBytes(SafetensorsEdit.WeightsOf(_checkpoint), new byte[length]);
        AssertRefused("model.safetensors", "too short");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weight_NotFinite_NamesTensorAndElement(float value)
    {
        var model = new TestModel();
        model.Write(_checkpoint);
        model.Tensors["model.layers.1.mlp.down_proj.weight"].Values[6143] = value;
        SafetensorsEdit.Rewrite(_checkpoint, model, "model.layers.1.mlp.down_proj.weight");
        AssertRefused($"'model.layers.1.mlp.down_proj.weight' holds {value} at element 6143");
    }

    [Fact]
    public void DataType_Unknown_IsRefused()
    {
        SafetensorsEdit.Header(_checkpoint, static h => h["model.norm.weight"]!["dtype"] = "I32");
        AssertRefused("model.safetensors", "'model.norm.weight' [64] has dtype I32, expected F32, F16, BF16 or F64");
    }

    [Fact]
    public void Tensor_ThatTheModelHasNot_IsRefused()
    {
        SafetensorsEdit.Header(_checkpoint, static h =>
        {
            var norm = h["model.norm.weight"]!.DeepClone();
            h.Remove("model.norm.weight");
            h["model.layers.0.self_attn.q_proj.bias"] = norm;
        });
        AssertRefused("model.safetensors", "'model.layers.0.self_attn.q_proj.bias' [64] is not part of a qwen3 decoder");
    }

    [Theory]
    [InlineData("model_type", "\"llama\"", "model_type 'llama'")]
    [InlineData("model_type", "\"qwen3_moe\"", "model_type 'qwen3_moe'")]
    [InlineData("model_type", "7", "model_type = 7")]
    [InlineData("model_type", "null", "model_type ''")]
    [InlineData("hidden_size", "0", "hidden_size = 0")]
    [InlineData("hidden_size", "\"wide\"", "hidden_size = \"wide\"")]
    [InlineData("hidden_size", "null", "'hidden_size' is missing")]
    [InlineData("num_hidden_layers", "-1", "num_hidden_layers = -1")]
    [InlineData("num_key_value_heads", "3", "num_key_value_heads = 3")]
    [InlineData("head_dim", "15", "head_dim = 15")]
    [InlineData("rms_norm_eps", "0", "rms_norm_eps = 0")]
    [InlineData("rope_theta", "-5", "rope_theta = -5")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act = \"gelu\"")]
    [InlineData("partial_rotary_factor", "0.5", "partial_rotary_factor = 0.5")]
    [InlineData("quantization_config", "{\"quant_method\":\"gptq\"}", "quantization_config")]
    [InlineData("rope_scaling", """{"rope_type":"dynamic","factor":4.0}""", "rope type 'dynamic'")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","factor":4.0}""", "rope type 'longrope'")]
    [InlineData("rope_scaling", """{"rope_type":"yarn"}""", "no 'factor'")]
    [InlineData("rope_scaling", """{"rope_type":"linear","factor":0.5}""", "factor = 0.5")]
    [InlineData("rope_scaling", """{"rope_type":"yarn","factor":4.0,"beta_fast":0}""", "beta_fast")]
    [InlineData("rope_scaling", """{"rope_type":"yarn","factor":4.0,"mscale":1.0}""", "mscale")]
    [InlineData("rope_scaling", "5", "rope_scaling = 5")]
    [InlineData("rope_parameters", """{"full_attention":{"rope_type":"default"}}""", "differs by kind of layer")]
    [InlineData("eos_token_id", "\"end\"", "generation_config.json", true)]
    public void Config_NotSupported_NamesTheValue(string key, string value, string named, bool inGeneration = false)
    {
        var file = inGeneration ? "generation_config.json" : "config.json";
        SafetensorsEdit.Json(Path.Combine(_checkpoint, file), c => c[key] = JsonNode.Parse(value));
        AssertRefused(file, named);
    }

    [Fact]
    public void Rope_OldAndNewSpelling_MustSayTheSame()
    {
        EditConfig(static c =>
        {
            c["rope_parameters"] = JsonNode.Parse("""{"rope_type":"linear","factor":2.0,"rope_theta":5000}""");
            c["rope_scaling"] = JsonNode.Parse("""{"type":"linear","factor":2.0}""");
            c["rope_theta"] = 7000;
        });
        Assert.Equal(new Rope("linear", 5000, 2), CheckpointConfig.Read(_checkpoint).Rope);

        EditConfig(static c => c["rope_scaling"] = JsonNode.Parse("""{"rope_type":"yarn","factor":2.0,"original_max_position_embeddings":64}"""));
        AssertRefused("config.json", "rope_parameters", "rope_scaling", "contradict each other");
    }

    [Fact]
    public void Window_OfLayerKinds_IsReadPerLayer()
    {
        EditConfig(static c =>
        {
            c["use_sliding_window"] = true;
            c["sliding_window"] = 9;
            c["layer_types"] = new JsonArray("sliding_attention", "full_attention");
        });
        Assert.Equal([9, -1], CheckpointConfig.Read(_checkpoint).Windows);

        EditConfig(static c => c["layer_types"] = new JsonArray("full_attention"));
        AssertRefused("layer_types has 1 entries, expected 2");
        EditConfig(static c => c["layer_types"] = new JsonArray("full_attention", "linear_attention"));
        AssertRefused("layer_types[1] = \"linear_attention\"");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    public void File_Missing_IsNamed(string file)
    {
        File.Delete(Path.Combine(_checkpoint, file));
        AssertRefused(file, "does not exist");
    }

    [Fact]
    public void Weights_Missing_AreNamed()
    {
        File.Delete(SafetensorsEdit.WeightsOf(_checkpoint));
        AssertRefused("neither model.safetensors nor model.safetensors.index.json");
    }

    [Fact]
    public void Tokenizer_WithMoreTokensThanLogits_IsRefused()
    {
        SafetensorsEdit.Json(Path.Combine(_checkpoint, "tokenizer.json"), static t => t["model"]!["vocab"]!["zz"] = 301);
        AssertRefused("tokenizer.json", "token 'zz' has id 301, but the model has 301 logits");
    }

    [Fact]
    public void EndToken_ThatIsNoAddedToken_IsRefused()
    {
        File.WriteAllText(Path.Combine(_checkpoint, "generation_config.json"), """{"eos_token_id": 12}""");
        AssertRefused("generation_config.json", "eos_token_id 12");
    }

    [Fact]
    public void Shards_OneMissing_IsNamed()
    {
        var checkpoint = Sharded();
        File.Delete(Path.Combine(checkpoint, "model-00002-of-00003.safetensors"));
        AssertRefusedAt(checkpoint, "model-00002-of-00003.safetensors", "does not exist");
    }

    [Fact]
    public void Shards_TensorInAnotherFileThanTheIndexSays_IsNamed()
    {
        var checkpoint = Sharded();
        SafetensorsEdit.Json(Path.Combine(checkpoint, "model.safetensors.index.json"), static i => i["weight_map"]!["model.norm.weight"] = "model-00001-of-00003.safetensors");
        AssertRefusedAt(checkpoint, "model-00001-of-00003.safetensors", "'model.norm.weight' is missing");
    }

    [Theory]
    [InlineData("""{"weight_map":{"model.norm.weight":"../secret"}}""", "'../secret'")]
    [InlineData("""{"weight_map":{}}""", "weight_map is empty")]
    [InlineData("""{}""", "no readable weight_map")]
    [InlineData("""{"weight_map":[]}""", "no readable weight_map")]
    [InlineData("x", "no readable weight_map")]
    public void Shards_IndexDamaged_IsRefused(string text, string named)
    {
        var checkpoint = Sharded();
        File.WriteAllText(Path.Combine(checkpoint, "model.safetensors.index.json"), text);
        AssertRefusedAt(checkpoint, "model.safetensors.index.json", named);
    }

    [Fact]
    public void MaxContext_BeyondTheModel_IsRefused()
    {
        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(_checkpoint, _files.At("out"), 8, "qwen", MaxContext: 513), static _ => { }));
        Assert.Contains("max_position_embeddings = 512", error.Message);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(-1)]
    public void MaxContext_TooSmall_IsRefused(int context)
    {
        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(_checkpoint, _files.At("out"), 8, "qwen", MaxContext: context), static _ => { }));
        Assert.Contains("expected 32 to 512", error.Message);
    }

    [Fact]
    public void Compact_WithoutCatalogue_IsRefused()
    {
        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(_checkpoint, _files.At("out"), 8, "compact"), static _ => { }));
        Assert.Contains("--catalogue", error.Message);
    }

    // Whatever happens to the bytes of a header, the answer is a refusal with a name or a package, never another exception.
    [Fact]
    public void Header_AnyBytesChanged_IsRefusedOrRead()
    {
        var path = SafetensorsEdit.WeightsOf(_checkpoint);
        var good = File.ReadAllBytes(path);
        var end = 8 + (int)BitConverter.ToInt64(good);
        Gen.Select(Gen.Int[0, end - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                byte[] bytes = [.. good];
                foreach (var (at, value) in changes)
                {
                    bytes[at] = value;
                }

                File.WriteAllBytes(path, bytes);
                try
                {
                    using var checkpoint = new Checkpoint(_checkpoint);
                    Assert.NotEmpty(checkpoint.Tensors);
                }
                catch (ExportException e)
                {
                    Assert.Contains("model.safetensors", e.Message);
                }
            },
            iter: 300,
            threads: 1);
    }

    private string Sharded() => new TestModel { Shards = 3 }.Write(_files.At("sharded"));

    private void EditConfig(Action<JsonObject> edit) => SafetensorsEdit.Json(Path.Combine(_checkpoint, "config.json"), edit);

    private void AssertRefused(params string[] parts) => AssertRefusedAt(_checkpoint, parts);

    private void AssertRefusedAt(string checkpoint, params string[] parts)
    {
        var before = Directory.GetFileSystemEntries(_files.Root).Order().ToArray();
        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(checkpoint, _files.At("out"), 8, "qwen") { Check = false }, static _ => { }));
        Assert.All(parts, part => Assert.Contains(part, error.Message));
        Assert.Equal(before, Directory.GetFileSystemEntries(_files.Root).Order());
    }
}
