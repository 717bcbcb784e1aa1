using System.Text.Json;
using EcuAgent.Qwen.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Qwen.Tests.Client;

public sealed class QwenChatClientTests : IDisposable
{
    private static readonly string[] Utterances =
    [
        "set the temperature to 22 degrees", "navigate to the golden dragon on castle street", "把温度调到二十三度", "导航到人民广场 and turn on the heating",
        "hello", "order two pizzas from Luigi's, please", "?", "take me home and then to the airport (terminal 2)",
    ];

    private readonly TestFiles _files = new();
    private readonly ChatOptions _tools = new() { Tools = Tools.Catalogue };

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task GetResponse_RandomModels_GiveOnlyValidCalls(int seed)
    {
        using var client = Open(new TinyCheckpoint { Seed = seed, Layers = 1, Hidden = 32, HeadDimension = 16, Heads = 2, KeyValueHeads = 1, Intermediate = 32 }, style: seed == 3 ? "qwen" : "compact");

        // The tiny tokenizer needs several times the tokens of a real one, so the prompt with schemas takes a few tools only.
        var options = seed == 3 ? new ChatOptions { Tools = [Tools.Catalogue[0], Tools.Catalogue[12], Tools.Catalogue[18]] } : _tools;
        foreach (var utterance in seed == 3 ? Utterances[..4] : Utterances)
        {
            foreach (var car in (string[])["parked", "moving", "unknown"])
            {
                var response = await client.GetResponseAsync(Ask(utterance, car), options);

                var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
                Assert.InRange(calls.Count, response.FinishReason == ChatFinishReason.ToolCalls ? 1 : 0, 4);
                foreach (var call in calls)
                {
                    CallChecker.AssertValid(Tools.Catalogue, call.Name, call.Arguments!.ToDictionary(static a => a.Key, static a => (JsonElement)a.Value!), utterance);
                }

                Assert.Equal(calls.Count, calls.Select(static c => c.CallId).Distinct().Count());
            }
        }
    }

    [Fact]
    public async Task GetResponse_Usage_AddsUp()
    {
        using var client = Open();

        var first = await client.GetResponseAsync(Ask(Utterances[0]), _tools);
        var second = await client.GetResponseAsync(Ask(Utterances[0]), _tools);

        var usage = first.Usage!;
        Assert.Equal(0, usage.CachedInputTokenCount);
        Assert.Equal(usage.InputTokenCount + usage.OutputTokenCount, usage.TotalTokenCount);
        Assert.InRange(usage.AdditionalCounts!["model_runs"], 1, usage.OutputTokenCount!.Value - usage.AdditionalCounts["forced_tokens"] + 1);
        Assert.Equal(usage.InputTokenCount - 1, second.Usage!.CachedInputTokenCount);
        Assert.Equal(Render(first), Render(second));
        Assert.Equal("tiny", first.ModelId);
    }

    [Fact]
    public async Task Streaming_GivesTheSameCallsAsOneResponse()
    {
        using var client = Open();
        var whole = await client.GetResponseAsync(Ask(Utterances[1]), _tools);

        var updates = await client.GetStreamingResponseAsync(Ask(Utterances[1]), _tools).ToListAsync();
        var joined = updates.ToChatResponse();

        Assert.Equal(Render(whole), Render(joined));
        Assert.Equal(whole.FinishReason, joined.FinishReason);
        Assert.Equal(whole.Usage!.OutputTokenCount, joined.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task GetResponse_ForcedTokensOff_RunsTheModelMoreOften()
    {
        var package = TinyModel.Export(_files, new TinyCheckpoint());
        using var skipping = new QwenChatClient(new QwenOptions { ModelDirectory = package });
        using var plain = new QwenChatClient(new QwenOptions { ModelDirectory = package, AppendForcedTokens = false });

        var a = await skipping.GetResponseAsync(Ask("x"), _tools);
        var b = await plain.GetResponseAsync(Ask("x"), _tools);

        Assert.True(a.Usage!.AdditionalCounts!["forced_tokens"] > 0);
        Assert.Equal(0, b.Usage!.AdditionalCounts!["forced_tokens"]);
        Assert.True((double)a.Usage.AdditionalCounts["model_runs"] / a.Usage.OutputTokenCount < (double)b.Usage.AdditionalCounts["model_runs"] / b.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task GetResponse_TooFewTokens_EndsAsLengthWithoutTheCutCall()
    {
        using var client = Open();

        var response = await client.GetResponseAsync(Ask(Utterances[0]), new ChatOptions { Tools = Tools.Catalogue, MaxOutputTokens = 3 });

        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Empty(response.Messages[0].Contents);
        Assert.InRange(response.Usage!.OutputTokenCount!.Value, 0, 3);
    }

    [Fact]
    public async Task GetResponse_TimeOver_EndsAsLengthAndNamesTheDeadline()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = TinyModel.Export(_files, new TinyCheckpoint()), TimeLimit = TimeSpan.FromSeconds(30), AppendForcedTokens = false }, time);

        var response = await client.GetResponseAsync(Ask(Utterances[0]), _tools);

        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal(QwenEndReason.Deadline, response.AdditionalProperties![QwenChatClient.EndReasonKey]);
        Assert.InRange(response.Usage!.AdditionalCounts!["model_runs"], 1, 20);
        Assert.Equal(1, client.Statistics.DeadlinesMissed);
    }

    [Fact]
    public async Task GetResponse_OneCallOnly_GivesOne()
    {
        using var client = Open();
        foreach (var utterance in Utterances)
        {
            var response = await client.GetResponseAsync(Ask(utterance), new ChatOptions { Tools = Tools.Catalogue, AllowMultipleToolCalls = false });
            Assert.True(response.Messages[0].Contents.Count <= 1);
        }
    }

    [Fact]
    public async Task GetResponse_RequiredFunction_GivesThatOne()
    {
        using var client = Open();

        var response = await client.GetResponseAsync(Ask(Utterances[1]), new ChatOptions { Tools = Tools.Catalogue, ToolMode = ChatToolMode.RequireSpecific("navigate_to"), AllowMultipleToolCalls = false });

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal("navigate_to", call.Name);
        var destination = ((JsonElement)call.Arguments!["destination"]!).GetString()!;
        Assert.Equal(destination.Trim(), destination);
        Assert.Contains(destination, Utterances[1]);
    }

    [Fact]
    public async Task GetResponse_Cancelled_ThrowsAndTheClientGoesOn()
    {
        using var client = Open();
        var expected = Render(await client.GetResponseAsync(Ask(Utterances[0]), _tools));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Ask(Utterances[1]), _tools, new CancellationToken(true)));
        Assert.Equal(expected, Render(await client.GetResponseAsync(Ask(Utterances[0]), _tools)));
    }

    [Fact]
    public async Task Streaming_CancelledInTheMiddle_StopsBeforeTheNextModelRun()
    {
        using var client = Open(style: "qwen");
        using var stop = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Ask("hello"), null, stop.Token))
            {
                seen++;
                await stop.CancelAsync();
            }
        });

        Assert.Equal(1, seen);
        var shorter = new ChatOptions { MaxOutputTokens = 12 };
        using var fresh = Open(style: "qwen");
        Assert.Equal(Render(await fresh.GetResponseAsync(Ask("hello"), shorter)), Render(await client.GetResponseAsync(Ask("hello"), shorter)));
    }

    [Fact]
    public async Task GetResponse_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        using var client = Open();
        var expected = new List<string>();
        foreach (var utterance in Utterances)
        {
            expected.Add(Render(await client.GetResponseAsync(Ask(utterance), _tools)));
        }

        var together = await Task.WhenAll(Utterances.Select(u => client.GetResponseAsync(Ask(u), _tools)));

        Assert.Equal(expected, together.Select(Render));
    }

    [Fact]
    public async Task GetResponse_QueueFull_RefusesTheNewestAndCountsIt()
    {
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = TinyModel.Export(_files, new TinyCheckpoint()), MaxWaitingRequests = 0 });
        var running = client.GetStreamingResponseAsync(Ask(Utterances[0]), _tools).GetAsyncEnumerator();
        Assert.True(await running.MoveNextAsync());

        var error = await Assert.ThrowsAsync<QwenRequestException>(() => client.GetResponseAsync(Ask(Utterances[0]), _tools));
        Assert.Equal(QwenRequestError.Busy, error.Error);
        Assert.Equal(1, client.BusyCount);

        await running.DisposeAsync();
        Assert.NotNull(await client.GetResponseAsync(Ask(Utterances[0]), _tools));
    }

    [Fact]
    public async Task Dispose_WhileStreaming_EndsTheStream()
    {
        var client = Open(style: "qwen");
        await using var running = client.GetStreamingResponseAsync(Ask(Utterances[0])).GetAsyncEnumerator();
        Assert.True(await running.MoveNextAsync());

        client.Dispose();
        client.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await running.MoveNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetResponseAsync(Ask("x"), _tools));
    }

    [Fact]
    public async Task GetResponse_OtherCatalogue_IsRefusedByACompactModelOnly()
    {
        var other = new ChatOptions { Tools = [.. Tools.Catalogue.Skip(1)] };
        using var compact = Open();
        using var qwen = Open(style: "qwen");

        var error = await Assert.ThrowsAsync<QwenRequestException>(() => compact.WarmUpAsync(other));

        Assert.Equal(QwenRequestError.CatalogueMismatch, error.Error);
        await qwen.GetResponseAsync(Ask("hello"), new ChatOptions { Tools = [Tools.Catalogue[0]], MaxOutputTokens = 40 });
    }

    [Fact]
    public async Task GetResponse_NoTools_TextFromQwenStyleRefusedByCompact()
    {
        using var qwen = Open(style: "qwen");
        using var compact = Open();

        var text = await qwen.GetResponseAsync(Ask("hello"), new ChatOptions { MaxOutputTokens = 12 });
        var error = await Assert.ThrowsAsync<QwenRequestException>(() => compact.GetResponseAsync(Ask("hello")));

        Assert.True(text.Text.Length > 0);
        Assert.DoesNotContain("<|im_", text.Text);
        Assert.Equal(QwenRequestError.ToolsRequired, error.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("[car: parked; speaker: driver]\n ")]
    public async Task GetResponse_NoWords_IsRefused(string text)
    {
        using var client = Open();

        var error = await Assert.ThrowsAsync<QwenRequestException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, text)], _tools));

        Assert.Equal(QwenRequestError.UnsupportedMessage, error.Error);
    }

    [Fact]
    public async Task GetResponse_PromptBeyondContext_IsRefusedWithBothNumbers()
    {
        using var client = Open();

        var error = await Assert.ThrowsAsync<QwenRequestException>(() => client.GetResponseAsync(Ask(string.Concat(Enumerable.Repeat("长", 600))), _tools));

        Assert.Equal(QwenRequestError.PromptTooLong, error.Error);
        Assert.Contains("504", error.Message);
    }

    [Fact]
    public void GetService_Metadata_NamesTheModel()
    {
        using var client = Open();

        Assert.Equal("tiny", ((IChatClient)client).GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Same(client, ((IChatClient)client).GetService<QwenChatClient>());
    }

    private static ChatMessage[] Ask(string utterance, string car = "parked") => [new(ChatRole.User, $"[car: {car}; speaker: driver]\n{utterance}")];

    private static string Render(ChatResponse response) => string.Join("; ", response.Messages.SelectMany(static m => m.Contents).Select(static c => c is FunctionCallContent call
        ? call.Name + JsonSerializer.Serialize(call.Arguments)
        : (c as TextContent)?.Text));

    private QwenChatClient Open(TinyCheckpoint? checkpoint = null, string style = "compact", int context = 0) => new(new QwenOptions
    {
        ModelDirectory = TinyModel.Export(_files, checkpoint ?? new TinyCheckpoint(), style: style, maxContext: context),
        VerifyHashes = true,
    });
}
