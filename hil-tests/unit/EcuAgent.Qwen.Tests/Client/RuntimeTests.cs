using System.Text.Json;
using EcuAgent.Qwen.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Qwen.Tests.Client;

/// <summary>Prefixes, sessions, deadlines, cancellation, tool modes, sampling, memory and providers of the client.</summary>
public sealed class RuntimeTests : IDisposable
{
    private static readonly string[] Utterances = ["set the temperature to 22 degrees", "导航到人民广场", "take me home", "order two pizzas"];
    private readonly TestFiles _files = new();
    private readonly string _package;
    private readonly ChatOptions _tools = new() { Tools = [Tools.Catalogue[0], Tools.Catalogue[12]] };

    public RuntimeTests() => _package = TinyModel.Export(_files, new TinyCheckpoint(), style: "qwen", maxContext: 3072);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Prefix_TwoConversationsInTurn_ComputeTheirHeadsOnce()
    {
        using var client = Open();
        using var plain = Open(static o => o with { ReusePrefixes = false });
        var head = await HeadLength(client, "You are a car.");

        foreach (var system in (string[])["You are a car.", "You are a boat.", "You are a car.", "You are a boat."])
        {
            var response = await client.GetResponseAsync(Ask(Utterances[0], system), _tools);
            var expected = await plain.GetResponseAsync(Ask(Utterances[0], system), _tools);

            Assert.Equal(Answers.Render(expected), Answers.Render(response));
            Assert.Equal(0, expected.Usage!.CachedInputTokenCount);
        }

        var third = await client.GetResponseAsync(Ask(Utterances[1], "You are a car."), _tools);
        Assert.True(third.Usage!.CachedInputTokenCount >= head, $"{third.Usage.CachedInputTokenCount} tokens cached, the head has {head}");
        var statistics = client.Statistics;
        Assert.True(statistics.PrefixHits >= 3);
        Assert.InRange(statistics.PrefixesKept, 2, 4);
        Assert.Equal(0, statistics.PrefixEvictions);
    }

    [Fact]
    public async Task Prefix_MoreThanKept_DropsTheLeastRecentlyUsedAndCounts()
    {
        using var client = Open(static o => o with { MaxPrefixes = 1 });
        foreach (var system in (string[])["one", "two", "three", "four"])
        {
            await client.GetResponseAsync(Ask(Utterances[0], system), _tools);
        }

        Assert.Equal(1, client.Statistics.PrefixesKept);
        Assert.Equal(2, client.Statistics.PrefixEvictions);
    }

    [Fact]
    public async Task Prefix_LargerThanTheBytes_IsNotKept()
    {
        using var client = Open(static o => o with { MaxPrefixBytes = 1000 });
        foreach (var system in (string[])["one", "two", "one"])
        {
            await client.GetResponseAsync(Ask(Utterances[0], system), _tools);
        }

        Assert.Equal(0, client.Statistics.PrefixesKept);
        Assert.Equal(0, client.Statistics.PrefixBytes);
    }

    [Fact]
    public async Task Qwen2_WithoutSystemText_HasItsOwnAndNoThinkBlock()
    {
        var second = TinyModel.Export(_files, new TinyCheckpoint(), style: "qwen", maxContext: 3072);
        TinyModel.EditManifest(second, static m => m with { Architecture = "qwen2" });
        using var qwen3 = Open();
        using var qwen2 = new QwenChatClient(new QwenOptions { ModelDirectory = second });
        const string Text = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";
        var few = new ChatOptions { MaxOutputTokens = 2 };

        var silent = await qwen2.GetResponseAsync(Ask("hello"), few);
        var said = await qwen2.GetResponseAsync(Ask("hello", Text), few);
        var other = await qwen3.GetResponseAsync(Ask("hello", Text), few);

        Assert.Equal(said.Usage!.InputTokenCount, silent.Usage!.InputTokenCount);
        Assert.True(said.Usage.InputTokenCount < other.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task WarmUp_WithSystemText_LeavesOnlyTheUtteranceToCompute()
    {
        using var client = Open();
        await client.WarmUpAsync([new ChatMessage(ChatRole.System, "You are a car.")], _tools);

        var response = await client.GetResponseAsync(Ask(Utterances[1], "You are a car."), _tools);

        Assert.InRange(response.Usage!.InputTokenCount!.Value - response.Usage.CachedInputTokenCount!.Value, 1, 80);
    }

    [Fact]
    public async Task ReducedHead_GivesTheSameCalls()
    {
        using var reduced = Open();
        using var full = Open(static o => o with { ReduceHead = false });
        var runs = 0L;
        foreach (var utterance in Utterances)
        {
            var a = await reduced.GetResponseAsync(Ask(utterance), _tools);
            var b = await full.GetResponseAsync(Ask(utterance), _tools);

            Assert.Equal(Answers.Render(b), Answers.Render(a));
            Assert.Equal(0, b.Usage!.AdditionalCounts!["reduced_head_runs"]);
            runs += a.Usage!.AdditionalCounts!["reduced_head_runs"];
        }

        Assert.True(runs > 0);
    }

    [Fact]
    public async Task ForcedTokens_GiveTheSameCallsInFewerRuns()
    {
        using var skipping = Open();
        using var plain = Open(static o => o with { AppendForcedTokens = false });
        var only = new ChatOptions { Tools = [Tools.Make("blink", """{"type":"object","properties":{"side":{"type":"string","enum":["left","right"]}},"required":["side"]}""")], AllowMultipleToolCalls = false };

        var a = await skipping.GetResponseAsync(Ask(Utterances[0]), only);
        var b = await plain.GetResponseAsync(Ask(Utterances[0]), only);

        Assert.Equal(Answers.Render(b), Answers.Render(a));
        Assert.Equal(a.Usage!.AdditionalCounts!["forced_tokens"], a.Usage.AdditionalCounts["steps_saved"]);
        Assert.True(a.Usage.AdditionalCounts["model_runs"] <= 4);
        Assert.True(b.Usage!.AdditionalCounts!["model_runs"] > 10);
    }

    [Fact]
    public async Task Draft_OfCopiedTexts_GivesTheSameCalls()
    {
        var (drafted, accepted, saved) = (0L, 0L, 0L);
        for (var seed = 1; seed <= 6; seed++)
        {
            var package = TinyModel.Export(_files, new TinyCheckpoint { Seed = seed, Layers = 1 }, maxContext: 512);
            using var drafting = new QwenChatClient(new QwenOptions { ModelDirectory = package });
            using var plain = new QwenChatClient(new QwenOptions { ModelDirectory = package, DraftCopies = false });
            var options = new ChatOptions { Tools = Tools.Catalogue, ToolMode = ChatToolMode.RequireSpecific("navigate_to") };
            foreach (var utterance in (string[])["navigate to the golden dragon on castle street", "take me to the airport terminal two please", "导航到人民广场东路"])
            {
                var a = await drafting.GetResponseAsync(Ask(utterance), options);
                var b = await plain.GetResponseAsync(Ask(utterance), options);

                Assert.Equal(Answers.Render(b), Answers.Render(a));
                Assert.Equal(b.Usage!.OutputTokenCount, a.Usage!.OutputTokenCount);
                Assert.Equal(0, b.Usage.AdditionalCounts!["drafted_tokens"]);
                var counts = a.Usage.AdditionalCounts!;
                drafted += counts["drafted_tokens"];
                accepted += counts["steps_saved"] - counts["forced_tokens"];
                saved += b.Usage.AdditionalCounts["model_runs"] - counts["model_runs"];
            }
        }

        Assert.True(accepted > 0 && drafted > accepted, $"{drafted} guessed, {accepted} accepted");
        Assert.InRange(saved, 1, accepted);
    }

    [Fact]
    public async Task Sessions_Two_RunAtTheSameTimeOnOneModel()
    {
        using var client = Open(static o => o with { Sessions = 2, MaxWaitingRequests = 0 });
        using var single = Open();
        await using var a = client.GetStreamingResponseAsync(Ask(Utterances[0]), _tools).GetAsyncEnumerator();
        await using var b = client.GetStreamingResponseAsync(Ask(Utterances[1]), _tools).GetAsyncEnumerator();

        Assert.True(await a.MoveNextAsync());
        Assert.True(await b.MoveNextAsync());
        var error = await Assert.ThrowsAsync<QwenRequestException>(() => client.GetResponseAsync(Ask("x"), _tools));

        Assert.Equal(QwenRequestError.Busy, error.Error);
        Assert.Equal(Answers.Render(await single.GetResponseAsync(Ask(Utterances[0]), _tools)), Answers.Render((await Rest(a)).ToChatResponse()));
        Assert.Equal(Answers.Render(await single.GetResponseAsync(Ask(Utterances[1]), _tools)), Answers.Render((await Rest(b)).ToChatResponse()));
    }

    [Fact]
    public async Task Sessions_Several_GiveEveryoneTheirOwnAnswer()
    {
        using var client = Open(static o => o with { Sessions = 3, MaxWaitingRequests = 64 });
        using var single = Open();
        var expected = new List<string>();
        foreach (var utterance in Utterances)
        {
            expected.Add(Answers.Render(await single.GetResponseAsync(Ask(utterance, "You are a car."), _tools)));
        }

        var found = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => client.GetResponseAsync(Ask(Utterances[i % 4], "You are a car."), _tools)));

        Assert.Equal(Enumerable.Range(0, 16).Select(i => expected[i % 4]), found.Select(Answers.Render));
        Assert.True(client.Statistics.PrefixesKept > 0);
    }

    [Fact]
    public async Task Deadline_WhileWaiting_IsRefusedByName()
    {
        var time = new FakeTimeProvider();
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = _package }, time);
        await using var running = client.GetStreamingResponseAsync(Ask(Utterances[0]), _tools).GetAsyncEnumerator();
        Assert.True(await running.MoveNextAsync());

        var waiting = client.GetResponseAsync(Ask(Utterances[1]), With(_tools, TimeSpan.FromSeconds(2)));
        time.Advance(TimeSpan.FromSeconds(3));
        var error = await Assert.ThrowsAsync<QwenRequestException>(() => waiting);

        Assert.Equal(QwenRequestError.Deadline, error.Error);
        Assert.Contains("00:00:02", error.Message);
        Assert.Equal(1, client.Statistics.DeadlinesMissed);
        Assert.True((await Rest(running)).Count > 0);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData(5)]
    public async Task Deadline_OfAnotherType_IsRefusedByName(object value)
    {
        using var client = Open();
        var options = _tools.Clone();
        options.AdditionalProperties = new() { [QwenChatClient.TimeLimitKey] = value };

        var error = await Assert.ThrowsAsync<QwenRequestException>(() => client.GetResponseAsync(Ask("x"), options));

        Assert.Equal(QwenRequestError.BadOption, error.Error);
    }

    [Fact]
    public async Task EndReason_SaysWhatCutTheAnswer()
    {
        using var client = Open();
        var short3 = new ChatOptions { Tools = _tools.Tools, MaxOutputTokens = 3 };
        using var narrow = Open(static o => o with { MaxContext = 64 });

        var complete = await client.GetResponseAsync(Ask(Utterances[0]), _tools);
        var cut = await client.GetResponseAsync(Ask(Utterances[0]), short3);
        var full = await narrow.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")]);

        Assert.Equal(complete.FinishReason == ChatFinishReason.Length ? QwenEndReason.OutputTokens : QwenEndReason.Complete, complete.AdditionalProperties![QwenChatClient.EndReasonKey]);
        Assert.Equal(QwenEndReason.OutputTokens, cut.AdditionalProperties![QwenChatClient.EndReasonKey]);
        Assert.Equal(full.FinishReason == ChatFinishReason.Length ? QwenEndReason.Context : QwenEndReason.Complete, full.AdditionalProperties![QwenChatClient.EndReasonKey]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    public async Task Cancel_BeforeTheNthRun_LeavesTheCacheSound(int run)
    {
        using var stop = new CancellationTokenSource();
        var time = new CountingTime(stop, run + 2);
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = _package, PrefillChunk = 64, AppendForcedTokens = false }, time);
        using var fresh = new QwenChatClient(new QwenOptions { ModelDirectory = _package, PrefillChunk = 64, AppendForcedTokens = false });

        time.Arm();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Ask(Utterances[0]), _tools, stop.Token));

        var expected = await fresh.GetResponseAsync(Ask(Utterances[1]), _tools);
        Assert.Equal(Answers.Render(expected), Answers.Render(await client.GetResponseAsync(Ask(Utterances[1]), _tools)));
    }

    [Fact]
    public async Task Dispose_DuringCalls_EndsThemAll()
    {
        for (var i = 0; i < 5; i++)
        {
            var client = Open(static o => o with { Sessions = 2, MaxWaitingRequests = 16 });
            var calls = Enumerable.Range(0, 8).Select(n => client.GetResponseAsync(Ask(Utterances[n % 4]), _tools)).ToArray();
            await Task.WhenAny(calls);

            client.Dispose();

            foreach (var call in calls)
            {
                var error = await Record.ExceptionAsync(() => call);
                Assert.True(error is null or OperationCanceledException or ObjectDisposedException, $"{error}");
            }
        }
    }

    [Fact]
    public async Task ToolMode_None_AnswersInTextWithoutTellingOfTools()
    {
        using var client = Open();
        var none = new ChatOptions { Tools = _tools.Tools, ToolMode = ChatToolMode.None, MaxOutputTokens = 8 };

        var response = await client.GetResponseAsync(Ask("hello"), none);
        var without = await client.GetResponseAsync(Ask("hello"), new ChatOptions { MaxOutputTokens = 8 });

        Assert.Empty(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal(without.Usage!.InputTokenCount, response.Usage!.InputTokenCount);
        Assert.Equal(Answers.Render(without), Answers.Render(response));
    }

    [Fact]
    public async Task ToolMode_RequireAny_GivesACallAndWithoutToolsIsRefused()
    {
        using var client = Open();
        var required = new ChatOptions { Tools = _tools.Tools, ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = false };

        var response = await client.GetResponseAsync(Ask(Utterances[0]), required);
        var error = await Assert.ThrowsAsync<QwenRequestException>(() => client.GetResponseAsync(Ask("x"), new ChatOptions { ToolMode = ChatToolMode.RequireAny }));

        Assert.All(response.Messages[0].Contents, static c => Assert.IsType<FunctionCallContent>(c));
        Assert.Equal(QwenRequestError.ToolsRequired, error.Error);
    }

    [Fact]
    public async Task ToolMode_RequireSpecific_KeepsTheHeadOfAllTools()
    {
        using var client = Open();
        var any = await client.GetResponseAsync(Ask(Utterances[1]), _tools);
        var specific = new ChatOptions { Tools = _tools.Tools, ToolMode = ChatToolMode.RequireSpecific(_tools.Tools![1].Name), AllowMultipleToolCalls = false };

        var response = await client.GetResponseAsync(Ask(Utterances[1]), specific);

        Assert.Equal(any.Usage!.InputTokenCount, response.Usage!.InputTokenCount);
        Assert.Equal(any.Usage.InputTokenCount - 1, response.Usage.CachedInputTokenCount);
        Assert.All(response.Messages[0].Contents.OfType<FunctionCallContent>(), c => Assert.Equal(_tools.Tools[1].Name, c.Name));
    }

    [Fact]
    public async Task ToolMode_Auto_AnswersInTextOrCallsAsTheModelLikes()
    {
        var (texts, calls) = (0, 0);
        for (var seed = 1; seed <= 4; seed++)
        {
            using var client = new QwenChatClient(new QwenOptions { ModelDirectory = TinyModel.Export(_files, new TinyCheckpoint { Seed = seed, Layers = 1 }, style: "qwen", maxContext: 3072) });
            foreach (var utterance in Utterances)
            {
                var auto = new ChatOptions { Tools = _tools.Tools, ToolMode = ChatToolMode.Auto, MaxOutputTokens = 64 };
                var response = await client.GetResponseAsync(Ask(utterance), auto);

                texts += response.Text.Length > 0 ? 1 : 0;
                foreach (var call in response.Messages[0].Contents.OfType<FunctionCallContent>())
                {
                    calls++;
                    CallChecker.AssertValid(Tools.Catalogue, call.Name, call.Arguments!.ToDictionary(static a => a.Key, static a => (JsonElement)a.Value!), utterance);
                }
            }
        }

        Assert.True(texts > 0, $"{texts} texts, {calls} calls");
    }

    [Fact]
    public async Task Sampling_OnlyByOption()
    {
        using var greedy = Open();
        using var sampling = Open(static o => o with { AllowSampling = true });
        ChatOptions Hot(long seed) => new() { MaxOutputTokens = 24, Temperature = 2f, TopP = 0.95f, TopK = 50, Seed = seed };

        var plain = Answers.Render(await greedy.GetResponseAsync(Ask("hello"), new ChatOptions { MaxOutputTokens = 24 }));
        Assert.Equal(plain, Answers.Render(await greedy.GetResponseAsync(Ask("hello"), Hot(1))));
        Assert.Equal(plain, Answers.Render(await sampling.GetResponseAsync(Ask("hello"), new ChatOptions { MaxOutputTokens = 24 })));
        var one = Answers.Render(await sampling.GetResponseAsync(Ask("hello"), Hot(1)));
        Assert.Equal(one, Answers.Render(await sampling.GetResponseAsync(Ask("hello"), Hot(1))));
        Assert.NotEqual(one, Answers.Render(await sampling.GetResponseAsync(Ask("hello"), Hot(2))));
        var error = await Assert.ThrowsAsync<QwenRequestException>(() => sampling.GetResponseAsync(Ask("hello"), new ChatOptions { Temperature = 1, TopP = 2 }));
        Assert.Equal(QwenRequestError.BadOption, error.Error);
    }

    [Fact]
    public void Memory_AboveTheBound_IsRefusedWithWhatWouldFit()
    {
        var error = Assert.Throws<QwenModelException>(() => Open(static o => o with { MaxCacheBytes = 1 << 20, Sessions = 3 }));

        // Two layers of keys and values, two heads of 16 floats, three sessions: 1,536 bytes a position.
        Assert.Equal(QwenModelError.TooLarge, error.Error);
        Assert.Contains($"at most {(1 << 20) / 1536}", error.Message);
    }

    [Fact]
    public void Provider_NotInThisBuild_IsNamedOrReplaced()
    {
        Assert.SkipWhen(Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "this build has CUDA");

        var error = Assert.Throws<QwenModelException>(() => Open(static o => o with { ExecutionProvider = QwenExecutionProvider.Cuda }));
        using var replaced = Open(static o => o with { ExecutionProvider = QwenExecutionProvider.TensorRt, FallBackToCpu = true });
        using var automatic = Open();

        Assert.Equal(QwenModelError.ProviderUnavailable, error.Error);
        Assert.Contains("OnnxRuntimeGpu=true", error.Message);
        Assert.Equal(QwenExecutionProvider.Cpu, replaced.ExecutionProvider);
        Assert.Equal(QwenExecutionProvider.Cpu, automatic.ExecutionProvider);
    }

    [Fact]
    public async Task Start_SaysWhichProviderRunsAndWhyAndNothingThatWasSaid()
    {
        var lines = new Lines();
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = _package, ExecutionProvider = QwenExecutionProvider.Cpu }, logger: lines);
        await client.GetResponseAsync(Ask("secret place"), _tools);

        Assert.Contains("2006 Information Execution provider Cpu: asked for by option", lines.All);
        Assert.Contains(lines.All, static l => l.StartsWith("2007 Information Key/value cache: 1 sequences of 3072 positions", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, static l => l.Contains("secret") && !l.Contains(" Trace "));
        Assert.All(lines.All, static l => Assert.InRange(int.Parse(l[..4]), 2000, 2099));
    }

    [Theory]
    [InlineData("Sessions")]
    [InlineData("MaxPrefixes")]
    [InlineData("ThreadAffinity")]
    [InlineData("ThreadAffinity = '2' places 1 threads, expected ThreadCount = 2 (found 0)")]
    [InlineData("GraphFile")]
    [InlineData("MaxCacheBytes")]
    [InlineData("DeviceId")]
    public void Option_OutOfRange_IsNamed(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => Open(o => name switch
        {
            "Sessions" => o with { Sessions = 0 },
            "MaxPrefixes" => o with { MaxPrefixes = 65 },
            "ThreadAffinity" => o with { ThreadAffinity = "all" },
            "GraphFile" => o with { GraphFile = "" },
            "MaxCacheBytes" => o with { MaxCacheBytes = 5 },
            "DeviceId" => o with { DeviceId = -1 },
            _ => o with { ThreadAffinity = "2" },
        }));

        Assert.Contains(name, error.Message);
    }

    [Fact]
    public async Task Threads_SpinningAndAffinity_DoNotChangeTheAnswer()
    {
        using var usual = Open();
        using var other = Open(static o => o with { ThreadCount = 2, AllowSpinning = false, ThreadAffinity = "1" });

        Assert.Equal(Answers.Render(await usual.GetResponseAsync(Ask(Utterances[0]), _tools)), Answers.Render(await other.GetResponseAsync(Ask(Utterances[0]), _tools)));
    }

    private static ChatMessage[] Ask(string utterance, string? system = null) =>
        [.. system is null ? Array.Empty<ChatMessage>() : [new(ChatRole.System, system)], new(ChatRole.User, $"[car: parked; speaker: driver]\n{utterance}")];

    private static ChatOptions With(ChatOptions options, TimeSpan limit)
    {
        var copy = options.Clone();
        copy.AdditionalProperties = new() { [QwenChatClient.TimeLimitKey] = limit };
        return copy;
    }

    // What is left of a stream whose first update has been taken, that one included.
    private static async Task<List<ChatResponseUpdate>> Rest(IAsyncEnumerator<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate> { stream.Current };
        while (await stream.MoveNextAsync())
        {
            updates.Add(stream.Current);
        }

        return updates;
    }

    private async Task<long> HeadLength(QwenChatClient client, string system)
    {
        var longer = await client.GetResponseAsync(Ask("a", system), _tools);
        var shorter = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\na")]);
        return longer.Usage!.InputTokenCount!.Value - shorter.Usage!.InputTokenCount!.Value;
    }

    private QwenChatClient Open(Func<QwenOptions, QwenOptions>? edit = null)
    {
        var options = new QwenOptions { ModelDirectory = _package };
        return new QwenChatClient(edit?.Invoke(options) ?? options);
    }

    private sealed class Lines : Microsoft.Extensions.Logging.ILogger<QwenChatClient>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (All)
            {
                All.Add($"{eventId.Id} {logLevel} {formatter(state, exception)}");
            }
        }
    }

    /// <summary>The real clock, which cancels when it has been read so many times: the client reads it before each model run.</summary>
    private sealed class CountingTime(CancellationTokenSource stop, int reads) : TimeProvider
    {
        private int _left = int.MaxValue;

        public void Arm() => _left = reads;

        public override long GetTimestamp()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                stop.Cancel();
            }

            return base.GetTimestamp();
        }
    }
}
