using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Generation;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Prompts;
using EcuAgent.Qwen.Tests.Support;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;
using Xunit;
using Exporter = EcuAgent.QwenExport.Exporter;
using ExportSettings = EcuAgent.QwenExport.ExportSettings;

namespace EcuAgent.Qwen.Tests.Decoding;

public sealed class DecoderTests : IDisposable
{
    private static readonly int[] Prompt = [5, 99, 260, 17, 3, 301, 42, 42, 0, 128, 7];
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Append_ReducedHead_GivesTheLogitsOfTheseTokens()
    {
        using var decoder = Open();
        Assert.True(decoder.HasReducedHead);
        int[] head = [400, 3, 77, 12];
        decoder.Append(Prompt);
        var full = decoder.Logits.ToArray();

        decoder.Truncate(Prompt.Length - 1);
        decoder.Append(Prompt.AsSpan(^1..), head);
        var reduced = decoder.Logits.ToArray();

        Assert.Equal(head.Length, reduced.Length);
        for (var i = 0; i < head.Length; i++)
        {
            Assert.Equal(full[head[i]], reduced[i], 1e-4f);
        }
    }

    [Fact]
    public void Cache_OfBytes_GivesNearlyTheLogitsOfFloats()
    {
        var source = _files.Folder("checkpoint");
        new TinyCheckpoint().Write(source);
        var target = Path.Combine(_files.Root, "bytes");
        Exporter.Export(new ExportSettings(source, target, 32, "qwen", null, "tiny", 2048) { CacheBits = 8 }, static _ => { });
        using var bytes = new QwenDecoder(ModelPackage.Open(target), 128, 1, 64);
        using var floats = Open();

        bytes.Append(Prompt);
        using var snapshot = bytes.Save(6);
        floats.Append(Prompt);
        var first = bytes.Logits.ToArray();
        bytes.Clear();
        bytes.Restore(snapshot, 6);
        bytes.Append(Prompt.AsSpan(6));

        Assert.Equal(floats.BytesPerPosition, 4 * bytes.BytesPerPosition);
        Assert.InRange(RelativeError(floats.Logits, first), 1e-6, 0.2);
        Assert.InRange(RelativeError(first, bytes.Logits), 0, 0.05);
    }

    [Fact]
    public void Append_ChangingHeads_AllocateNothing()
    {
        using var decoder = Open();
        int[] token = [1];
        int[] a = [1, 2, 3];
        int[] b = [7];
        decoder.Append(token, a);
        decoder.Append(token, b);
        decoder.Append(token);
        Assert.Equal(0, Allocated.Least(() =>
        {
            for (var i = 0; i < 7; i++)
            {
                decoder.Append(token, a);
                decoder.Append(token, b);
                decoder.Append(token);
            }
        }));
    }

    [Fact]
    public async Task Cancel_AtAnyInstant_LeavesTheCacheAsItWas()
    {
        using var decoder = Open();
        using var fresh = Open();
        fresh.Append(Prompt);
        var (inTime, late) = (0, 0);
        for (var i = 0; i < 60; i++)
        {
            decoder.Clear();
            decoder.Append(Prompt.AsSpan(0, 5));
            using var go = new Barrier(2);
            var canceller = Task.Run(() =>
            {
                go.SignalAndWait();
                decoder.Cancel();
            });
            go.SignalAndWait();
            try
            {
                decoder.Append(Prompt.AsSpan(5, 3));
                late++;
                Assert.Equal(8, decoder.Length);
            }
            catch (RunCancelledException)
            {
                inTime++;
                Assert.Equal(5, decoder.Length);
            }

            await canceller;
            decoder.AllowRuns();
            decoder.Append(Prompt.AsSpan(decoder.Length));
            for (var t = 0; t < decoder.VocabularySize; t++)
            {
                Assert.Equal(fresh.Logits[t], decoder.Logits[t], 1e-3f);
            }
        }

        Assert.Equal(60, inTime + late);
    }

    // A request that still compiles its tools when the client is disposed comes here afterwards.
    [Fact]
    public void CancelAndAllow_AfterDispose_DoNothing()
    {
        var decoder = Open();
        decoder.Dispose();
        decoder.Cancel();
        decoder.AllowRuns();

        Assert.Throws<ObjectDisposedException>(() => decoder.Append([1]));
    }

    [Fact]
    public void Cancel_BeforeARun_RefusesItUntilAllowed()
    {
        using var decoder = Open();
        decoder.Cancel();

        Assert.Throws<RunCancelledException>(() => decoder.Append([1]));
        decoder.AllowRuns();
        decoder.Append([1]);

        Assert.Equal(1, decoder.Length);
    }

    [Fact]
    public void Graph_TwoSequences_DoNotDisturbEachOther()
    {
        using var graph = QwenGraph.Load(ModelPackage.Open(TinyModel.Export(_files, new TinyCheckpoint())), new GraphSettings());
        using var a = new QwenDecoder(graph, 64, 16);
        using var b = new QwenDecoder(graph, 64, 16);
        using var alone = Open();

        a.Append(Prompt.AsSpan(0, 6));
        b.Append([9, 8, 7]);
        a.Append(Prompt.AsSpan(6));
        alone.Append(Prompt.AsSpan(0, 6));
        alone.Append(Prompt.AsSpan(6));

        Assert.Equal(alone.Logits.ToArray(), a.Logits.ToArray());
    }

    [Theory]
    [InlineData("set_temperature", 0)]
    [InlineData("navigate_to", 1024)]
    public void CompleteBlock_SecondTime_AllocatesNothingPerToken(string tool, long allowed)
    {
        using var graph = QwenGraph.Load(ModelPackage.Open(TinyModel.Export(_files, new TinyCheckpoint())), new GraphSettings());
        using var decoder = new QwenDecoder(graph, 512, 64);
        using var prefixes = new PrefixStore(0, 0, savesAtOnce: false);
        var tokenizer = QwenTokenizer.Load(graph.Package.TokenizerPath, graph.VocabularySize, ["<|im_end|>"]);
        var tools = new ToolSet([Tools.Catalogue.OfType<AIFunctionDeclaration>().Single(t => t.Name == tool)], new TokenTrie(tokenizer), tokenizer);
        var prompt = CompactPrompt.Build(tokenizer, [new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nnavigate to the golden dragon on castle street")]);
        CallAnswer Answer() => new(
            new AnswerContext
            {
                Decoder = decoder, Prefixes = prefixes, Tokenizer = tokenizer, Time = TimeProvider.System, Prompt = prompt.Ids, MaxTokens = 256, MaxCalls = 1,
                Started = TimeProvider.System.GetTimestamp(), TimeLimit = TimeSpan.FromMinutes(5), AppendForced = false,
            },
            prompt.Utterance,
            tools);
        Assert.True(Answer().CompleteBlock(CancellationToken.None));
        var again = new Queue<CallAnswer>(Enumerable.Range(0, Allocated.Rounds).Select(_ => Answer()));
        CallAnswer? last = null;
        var complete = 0;

        var allocated = Allocated.Least(() =>
        {
            last = again.Dequeue();
            complete += last.CompleteBlock(CancellationToken.None) ? 1 : 0;
        });

        Assert.Equal(Allocated.Rounds, complete);
        Assert.True(last!.OutputTokens > 5);

        // Entering a copied text lists its possible beginnings; that is once a value, not once a token.
        Assert.InRange(allocated, 0, allowed);
    }

    [Fact]
    public void PromptHeads_SameTextAgain_IsNotTokenizedAgain()
    {
        var path = Path.Combine(_files.Root, "tokenizer.json");
        File.WriteAllText(path, TinyTokenizer.Json);
        var tokenizer = QwenTokenizer.Load(path, TinyTokenizer.Size, ["<|im_end|>"]);
        var tools = Tools.Catalogue.OfType<AIFunctionDeclaration>().ToList();
        var heads = new PromptHeads();
        ChatMessage[] messages = [new(ChatRole.System, "You are a car."), new(ChatRole.User, "[car: parked; speaker: driver]\nhello")];
        var whole = QwenPrompt.Build(tokenizer, messages, tools, "Be kind.");
        var first = QwenPrompt.Build(tokenizer, messages, tools, "Be kind.", QwenDialect.Qwen3, heads);

        var second = first;
        var allocated = Allocated.Least(() => second = QwenPrompt.Build(tokenizer, messages, tools, "Be kind.", QwenDialect.Qwen3, heads));

        Assert.Equal(whole.Ids, first.Ids);
        Assert.Equal(first.Ids, second.Ids);
        Assert.Equal(tokenizer.ByteToken((byte)'\n'), second.Ids[second.HeadLength - 1]);
        Assert.InRange(allocated, 0, (4 * second.Ids.Length) + 16_384);
    }

    private static double RelativeError(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        var (error, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            error += Math.Pow(expected[i] - found[i], 2);
            size += Math.Pow(expected[i], 2);
        }

        return Math.Sqrt(error / size);
    }

    private QwenDecoder Open() => new(ModelPackage.Open(TinyModel.Export(_files, new TinyCheckpoint())), 128, 1, 64);
}
