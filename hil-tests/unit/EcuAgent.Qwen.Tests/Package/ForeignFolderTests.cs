using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tests.Support;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Qwen.Tests.Package;

/// <summary>Folders of other exporters against our own package of the same weights.</summary>
public sealed class ForeignFolderTests : IDisposable
{
    private static readonly int[] Prompt = [5, 99, 260, 17, 3, 301, 42, 42, 0, 128, 7];
    private readonly TestFiles _files = new();

    public static TheoryData<string> Layouts => ["plain", "half", "small ids", "pruned", "keep", "fused", "genai", "genai plain", "genai names"];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Greedy_OtherLayout_GivesTheTokensOfOurPackage(string layout)
    {
        var shape = new TinyCheckpoint { Tied = layout != "genai", Seed = 5 };
        using var own = new QwenDecoder(ModelPackage.Open(TinyModel.Export(_files, shape)), 128, 1, 8);
        var folder = Layout(shape, layout);
        using var graph = QwenGraph.Load(PackageReader.Open(folder.Write(_files), null, verifyHashes: true), new GraphSettings());
        using var other = new QwenDecoder(graph, 128, 8);

        var expected = Continue(own);
        var found = Continue(other);

        Assert.Equal(expected, found);
        Assert.Equal(folder.HasFusedAttention, graph.SharesCache);
        Assert.Equal(folder.IsPruned ? LogitsRows.Last : folder.HasLogitsToKeep ? LogitsRows.Asked : LogitsRows.All, graph.Rows);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Rewind_OtherLayout_GivesTheLogitsOfAFreshPrompt(string layout)
    {
        var package = PackageReader.Open(Layout(new TinyCheckpoint { Tied = true, Seed = 6 }, layout).Write(_files), null, verifyHashes: true);
        using var graph = QwenGraph.Load(package, new GraphSettings());
        using var used = new QwenDecoder(graph, 64, 16);
        using var fresh = new QwenDecoder(graph, 64, 16);
        using var restored = new QwenDecoder(graph, 64, 16);
        int[] other = [.. Prompt[..6], 77, 12, 9];
        used.Append(Prompt);
        using var snapshot = used.Save(8);

        var kept = used.Rewind(other);
        used.Append(other.AsSpan(kept));
        fresh.Append(other);
        restored.Append([9, 9, 9]);
        restored.Restore(snapshot, 6);
        restored.Append(other.AsSpan(6));

        Assert.Equal(6, kept);
        Assert.InRange(Difference(fresh.Logits, used.Logits), 0, layout == "half" ? 0.05 : 1e-3);
        Assert.InRange(Difference(fresh.Logits, restored.Logits), 0, layout == "half" ? 0.05 : 1e-3);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("keep")]
    public void Append_SeveralRows_AreThoseOfSingleSteps(string layout)
    {
        var package = PackageReader.Open(Layout(new TinyCheckpoint(), layout).Write(_files), null, verifyHashes: true);
        using var graph = QwenGraph.Load(package, new GraphSettings());
        using var rows = new QwenDecoder(graph, 64, 16);
        using var steps = new QwenDecoder(graph, 64, 16);

        rows.Append(Prompt, rows: 3);
        steps.Append(Prompt.AsSpan(0, Prompt.Length - 2));

        Assert.InRange(Difference(steps.Logits, rows.LogitsOf(0)), 0, 1e-3);
        steps.Append(Prompt.AsSpan(Prompt.Length - 2, 1));
        Assert.InRange(Difference(steps.Logits, rows.LogitsOf(1)), 0, 1e-3);
        steps.Append(Prompt.AsSpan(Prompt.Length - 1, 1));
        Assert.InRange(Difference(steps.Logits, rows.LogitsOf(2)), 0, 1e-3);
    }

    [Fact]
    public void Append_GrowingTensors_AllocateNothing()
    {
        foreach (var layout in (string[])["half", "keep", "genai"])
        {
            var package = PackageReader.Open(Layout(new TinyCheckpoint(), layout).Write(_files), null, verifyHashes: true);
            using var graph = QwenGraph.Load(package, new GraphSettings());
            using var decoder = new QwenDecoder(graph, 128, 16);
            int[] one = [1];
            int[] three = [1, 2, 3];
            decoder.Append(one);
            decoder.Append(three);
            Assert.Equal(0, Allocated.Least(() =>
            {
                for (var i = 0; i < 7; i++)
                {
                    decoder.Append(one);
                    decoder.Append(three);
                }
            }));
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("genai")]
    public async Task Client_OtherLayout_GivesTheCallsOfOurPackage(string layout)
    {
        var shape = new TinyCheckpoint { Seed = 7, Tied = true };
        var own = TinyModel.Export(_files, shape, style: "qwen", maxContext: 2048);
        var options = new ChatOptions { Tools = [Tools.Catalogue[0], Tools.Catalogue[12]] };
        using var a = new QwenChatClient(new QwenOptions { ModelDirectory = own });
        using var b = new QwenChatClient(new QwenOptions { ModelDirectory = Layout(shape, layout).Write(_files), MaxContext = 2048 });

        foreach (var utterance in (string[])["set the temperature to 22 degrees", "导航到人民广场"])
        {
            ChatMessage[] messages = [new(ChatRole.User, "[car: parked; speaker: driver]\n" + utterance)];
            Assert.Equal(Answers.Render(await a.GetResponseAsync(messages, options)), Answers.Render(await b.GetResponseAsync(messages, options)));
        }
    }

    [Fact]
    public void Open_SeveralGraphs_TakesTheNamedOrTheSmallOne()
    {
        var folder = new ForeignFolder(new TinyCheckpoint()).Write(_files);
        var full = Path.Combine(folder, "onnx", "model.onnx");
        File.Copy(full, Path.Combine(folder, "onnx", "model_q4.onnx"));
        File.Copy(full, Path.Combine(folder, "onnx", "other.onnx"));

        Assert.EndsWith("model_q4.onnx", PackageReader.Open(folder, null, true).GraphPath);
        Assert.EndsWith("other.onnx", PackageReader.Open(folder, "other.onnx", true).GraphPath);
        Assert.EndsWith("model.onnx", PackageReader.Open(folder, "onnx/model.onnx", true).GraphPath);
        AssertRefused(QwenModelError.Missing, "onnx/other.onnx", folder, graphFile: "nope.onnx");
        File.Delete(full);
        File.Delete(Path.Combine(folder, "onnx", "model_q4.onnx"));
        File.Copy(Path.Combine(folder, "onnx", "other.onnx"), Path.Combine(folder, "onnx", "third.onnx"));
        AssertRefused(QwenModelError.Missing, "GraphFile", folder);
    }

    [Fact]
    public void Open_NoKnownFile_NamesAllThree() => AssertRefused(QwenModelError.Missing, "genai_config.json", _files.Folder("empty"));

    [Theory]
    [InlineData("config.json", "\"num_hidden_layers\":2,", "", "num_hidden_layers is missing")]
    [InlineData("config.json", "\"num_hidden_layers\":2,", "\"num_hidden_layers\":3,", "past_key_values.2.key")]
    [InlineData("config.json", "\"num_hidden_layers\":2,", "\"num_hidden_layers\":1,", "past_key_values.1.key")]
    [InlineData("config.json", "\"num_key_value_heads\":2,", "\"num_key_value_heads\":4,", "[-1,4,-1,16]")]
    [InlineData("config.json", "\"head_dim\":16,", "\"head_dim\":32,", "Float [-1,2,-1,16]")]
    [InlineData("config.json", "\"model_type\":\"qwen3\"", "\"model_type\":\"llama\"", "'llama'")]
    [InlineData("config.json", "\"hidden_size\":64", "\"hidden_size\":\"wide\"", "hidden_size = \"wide\"")]
    [InlineData("config.json", "\"eos_token_id\":", "\"eos_token_id\":3,\"x\":", "names 3 as end token")]
    [InlineData("config.json", "{", "{{", "not JSON")]
    public void Open_ConfigurationSpoiled_NamesTheValue(string file, string from, string to, string named)
    {
        var folder = new ForeignFolder(new TinyCheckpoint()).Write(_files);
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, text.IndexOf(from, StringComparison.Ordinal)), to, text.AsSpan(text.IndexOf(from, StringComparison.Ordinal) + from.Length)));

        AssertRefused(null, named, folder);
    }

    [Fact]
    public void Open_VocabularyOfAnotherSize_NamesTheOutput()
    {
        var folder = new ForeignFolder(new TinyCheckpoint()).Write(_files);
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace($"\"vocab_size\":{TinyTokenizer.Size + 5}", $"\"vocab_size\":{TinyTokenizer.Size + 6}"));

        AssertRefused(QwenModelError.Inconsistent, "output 'logits'", folder);
    }

    [Fact]
    public void Open_UnknownInput_NamesItAndItsType()
    {
        var folder = new ForeignFolder(new TinyCheckpoint()) { Spoil = static g => g.Input("use_cache_branch", 9, 1) }.Write(_files);

        AssertRefused(QwenModelError.Unsupported, "input 'use_cache_branch' Bool", folder);
    }

    [Fact]
    public void Open_GraphThatFailsAtItsFirstRun_IsProbeFailed() =>
        AssertRefused(QwenModelError.ProbeFailed, "first run fails", new ForeignFolder(new TinyCheckpoint()) { FailsWhenRun = true }.Write(_files));

    [Fact]
    public void Open_GenAiNameWithoutLayer_IsDamaged() =>
        AssertRefused(QwenModelError.Damaged, "%d", Edited(static text => text.Replace("present.%d.key", "present.key")));

    [Fact]
    public void Open_GenAiGraphOutsideTheFolder_IsInconsistent() =>
        AssertRefused(QwenModelError.Inconsistent, "../decoder.onnx", Edited(static text => text.Replace("\"decoder.onnx\"", "\"../decoder.onnx\"")));

    private static ForeignFolder Layout(TinyCheckpoint shape, string name) => name switch
    {
        "half" => new(shape) { IsHalf = true },
        "small ids" => new(shape) { HasSmallIds = true },
        "pruned" => new(shape) { IsPruned = true },
        "keep" => new(shape) { HasLogitsToKeep = true },
        "fused" => new(shape) { HasFusedAttention = true },
        "genai" => new(shape) { IsGenAi = true, HasFusedAttention = true },
        "genai plain" => new(shape) { IsGenAi = true },
        "genai names" => new(shape) { IsGenAi = true, HasFusedAttention = true, IsPruned = true, PastName = "before_%d_" },
        _ => new(shape),
    };

    private static List<int> Continue(QwenDecoder decoder)
    {
        var tokens = new List<int>();
        decoder.Append(Prompt.AsSpan(0, 8));
        decoder.Append(Prompt.AsSpan(8));
        for (var i = 0; i < 32; i++)
        {
            var next = decoder.Logits.IndexOf(decoder.Logits.ToArray().Max());
            tokens.Add(next);
            decoder.Append([next]);
        }

        return tokens;
    }

    private static double Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Assert.Equal(a.Length, b.Length);
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        }

        return largest;
    }

    private static void AssertRefused(QwenModelError? expected, string named, string folder, string? graphFile = null)
    {
        var error = Assert.Throws<QwenModelException>(() => new QwenChatClient(new QwenOptions { ModelDirectory = folder, GraphFile = graphFile }));

        Assert.Equal(expected ?? error.Error, error.Error);
        Assert.Contains(named, error.Message);
    }

    private string Edited(Func<string, string> edit)
    {
        var folder = new ForeignFolder(new TinyCheckpoint()) { IsGenAi = true, HasFusedAttention = true }.Write(_files);
        var path = Path.Combine(folder, "genai_config.json");
        File.WriteAllText(path, edit(File.ReadAllText(path)));
        return folder;
    }
}
