using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EcuAgent.Core.Catalogue;
using Microsoft.Extensions.AI;

namespace EcuAgent.QwenCloud.Tests.Http;

/// <summary>The chat client against a real server: the dialect, the answers, and every way a server can be wrong.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private static readonly ChatOptions Tools = new() { Tools = [.. ToolCatalogue.LoadEmbedded().AsAITools], ToolMode = ChatToolMode.RequireAny };

    private readonly List<IDisposable> _made = [];
    private Endpoint _endpoint = null!;

    public async ValueTask InitializeAsync() => _endpoint = await Endpoint.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _made.ForEach(m => m.Dispose());
        await _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_OneRequest_SpeaksTheDialectAndTellsNothingElse(bool stream)
    {
        _endpoint.Answer = Answering(stream, ("set_fan", """{"level":3}"""));
        using var activity = new Activity("outer").Start();

        await AskAsync(Make(), stream);

        var seen = Assert.Single(_endpoint.Seen);
        var body = JsonNode.Parse(seen.Body)!.AsObject();
        Assert.Equal(("POST", "/compatible-mode/v1/chat/completions"), (seen.Method, seen.Path));
        Assert.Equal("qwen-plus", (string)body["model"]!);
        Assert.False((bool)body["enable_thinking"]!);
        Assert.Equal(256, (int)body["max_tokens"]!);
        Assert.Equal("required", (string)body["tool_choice"]!);
        Assert.Equal(stream, (bool?)body["stream"] ?? false);
        Assert.Equal("set_temperature", (string)body["tools"]![0]!["function"]!["name"]!);
        Assert.Equal($"Bearer {TestKey.Secret}", seen.Headers["Authorization"]);
        Assert.Equal("EcuAgent/1", seen.Headers["User-Agent"]);
        string[] allowed = ["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"];
        Assert.Empty(seen.Headers.Keys.Except(allowed, StringComparer.OrdinalIgnoreCase));
        string[] members = ["enable_thinking", "max_tokens", "messages", "model", "stream", "stream_options", "tool_choice", "tools"];
        Assert.Empty(body.Select(m => m.Key).Except(members));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Streaming_ArgumentsInPieces_GiveWholeCalls(int piece)
    {
        _endpoint.Answer = context => Reply.Stream(
            context, Reply.Events(piece, ("navigate_to", """{"destination":"中央公园"}"""), ("set_fan", """{"level":3}""")));

        var response = await AskAsync(Make(), stream: true);

        Assert.Equal(
            [("navigate_to", "中央公园"), ("set_fan", "3")],
            HelperRig.CallsOf(response).Select(c => (c.Name, c.Arguments.Values.Single())));
        Assert.Equal(920, response.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Client_ManyRequests_UseTheirOwnAnswers()
    {
        _endpoint.Answer = context => Reply.Json(context, Reply.Completion(("set_fan", $$"""{"level":{{_endpoint.Seen.Count % 8}}}""")));
        var client = Make();

        for (var i = 1; i < 8; i++)
        {
            var call = Assert.Single(HelperRig.CallsOf(await AskAsync(client, stream: false)));
            Assert.Equal(i.ToString(), call.Arguments["level"]);
        }
    }

    public static TheoryData<string, QwenCloudError> Statuses => new()
    {
        { "301", QwenCloudError.Redirected }, { "302", QwenCloudError.Redirected }, { "307", QwenCloudError.Redirected },
        { "400", QwenCloudError.RequestRefused }, { "401", QwenCloudError.KeyRefused }, { "403", QwenCloudError.KeyRefused },
        { "404", QwenCloudError.RequestRefused }, { "429", QwenCloudError.RateLimited }, { "500", QwenCloudError.ServerError },
        { "502", QwenCloudError.ServerError }, { "503", QwenCloudError.ServerError },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Client_Status_IsItsReasonAndAskedOnce(string status, QwenCloudError expected)
    {
        await using var elsewhere = await Endpoint.StartAsync();
        _endpoint.Answer = context =>
        {
            context.Response.Headers.Location = new Uri(elsewhere.Address, "steal").ToString();
            return Reply.Json(context, """{"error":{"message":"the-body-of-the-error","code":"x"}}""", int.Parse(status));
        };

        foreach (var stream in new[] { false, true })
        {
            var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream));
            Assert.Equal(expected, error.Error);
            Assert.DoesNotContain("the-body-of-the-error", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(TestKey.Secret, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(2, _endpoint.Seen.Count);
        Assert.Empty(elsewhere.Seen);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("999999", 600)]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    public async Task Client_RetryAfter_IsReadAndCut(string header, int? seconds)
    {
        _endpoint.Answer = context =>
        {
            context.Response.Headers.RetryAfter = header;
            return Reply.Json(context, "{}", 429);
        };

        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream: false));

        Assert.Equal(seconds, (int?)error.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>captive portal: log in</html>")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":[{\"message\":7}]}")]
    [InlineData("{\"choices\":\"none\"}")]
    public async Task Client_GarbageForABody_IsAFailureOfOurs(string body)
    {
        _endpoint.Answer = context => Reply.Json(context, body);

        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream: false));

        Assert.True(error.Error is QwenCloudError.Garbage or QwenCloudError.Incomplete, error.ToString());
    }

    [Theory]
    [InlineData("data: {\n\n")]
    [InlineData("data: <html>\n\ndata: [DONE]\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":5}]}\n\n")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("")]
    [InlineData("nonsense without any event")]
    public async Task Streaming_Garbage_IsAFailureOfOurs(string body)
    {
        _endpoint.Answer = context =>
        {
            context.Response.ContentType = "text/event-stream";
            return Reply.Send(context, body);
        };

        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream: true));

        Assert.True(error.Error is QwenCloudError.Garbage or QwenCloudError.Incomplete, error.ToString());
    }

    [Fact]
    public async Task Streaming_EndsCleanlyInTheMiddleOfACall_IsIncomplete()
    {
        var events = Reply.Events(4, ("navigate_to", """{"destination":"Elm Street"}"""));
        for (var kept = 0; kept <= events.Count - 2; kept++)
        {
            _endpoint.Answer = context => Reply.Stream(context, events.Take(kept), done: false);

            var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream: true));

            Assert.Equal(QwenCloudError.Incomplete, error.Error);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_ConnectionResetInTheMiddle_IsLost(bool stream)
    {
        _endpoint.Answer = async context =>
        {
            context.Response.ContentType = stream ? "text/event-stream" : "application/json";
            await Reply.Send(context, stream ? $"data: {Reply.Events(4)[0]}\n\n" : Reply.Completion()[..40]);
            context.Abort();
        };

        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream));

        Assert.Equal(QwenCloudError.ConnectionLost, error.Error);
    }

    [Fact]
    public async Task Client_ConnectionResetBeforeTheHeaders_IsLost()
    {
        _endpoint.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.Equal(QwenCloudError.ConnectionLost, (await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream: false))).Error);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Client_ResponseOverItsBound_IsNotReadToTheEnd(bool stream, bool chunked)
    {
        const int Bound = 8192;
        var line = $"data: {Reply.Events(4)[0]}\n\n";
        var written = 0L;
        _endpoint.Answer = async context =>
        {
            context.Response.ContentType = stream ? "text/event-stream" : "application/json";
            if (!chunked)
            {
                context.Response.ContentLength = 1_000_000;
            }

            try
            {
                for (; written < 1_000_000; written += line.Length)
                {
                    await Reply.Send(context, stream ? line : new string(' ', line.Length));
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
            {
                // The client hung up.
            }
        };

        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(o => o with { MaxResponseBytes = Bound }), stream));

        Assert.Equal(QwenCloudError.ResponseTooLarge, error.Error);
    }

    [Fact]
    public async Task Client_RequestOverItsBound_IsNotSent()
    {
        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(o => o with { MaxRequestBytes = 4096 }), stream: false));

        Assert.Equal(QwenCloudError.RequestTooLarge, error.Error);
        Assert.Empty(_endpoint.Seen);
    }

    [Fact]
    public async Task Client_NobodyListens_IsUnreachable()
    {
        await _endpoint.DisposeAsync();

        Assert.Equal(QwenCloudError.Unreachable, (await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(), stream: true))).Error);

        _endpoint = await Endpoint.StartAsync();
    }

    [Fact]
    public async Task Client_CertificateOfNobody_NothingIsSent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var endpoint = await Endpoint.StartAsync(certificate);

        var error = await Assert.ThrowsAsync<QwenCloudException>(() => AskAsync(Make(o => o with { Endpoint = endpoint.Base }), stream: false));

        Assert.Equal(QwenCloudError.Tls, error.Error);
        Assert.Empty(endpoint.Seen);
    }

    [Fact]
    public async Task Client_CallerCancels_IsCancellation()
    {
        using var cancel = new CancellationTokenSource();
        _endpoint.Answer = Reply.Hang;
        var asking = Make().GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], Tools, cancel.Token);
        await _endpoint.ArrivedAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData(true, "auto")]
    [InlineData(null, "required")]
    public async Task Client_Thinking_IsSentAsSet(bool? thinking, string expectedChoice)
    {
        ChatToolMode choice = thinking == true ? ChatToolMode.Auto : ChatToolMode.RequireAny;
        var client = Make(o => o with { EnableThinking = thinking });

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], new ChatOptions { Tools = Tools.Tools, ToolMode = choice });

        var body = JsonNode.Parse(_endpoint.Seen[0].Body)!.AsObject();
        Assert.Equal(thinking, (bool?)body["enable_thinking"]);
        Assert.Equal(expectedChoice, (string?)body["tool_choice"]);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Answering(bool stream, params (string Name, string Arguments)[] calls) =>
        stream ? context => Reply.Stream(context, Reply.Events(5, calls)) : context => Reply.Json(context, Reply.Completion(calls));

    private static Task<ChatResponse> AskAsync(QwenCloudChatClient client, bool stream)
    {
        ChatMessage[] messages = [new(ChatRole.System, "rules"), new(ChatRole.User, "hello")];
        return stream ? client.GetStreamingResponseAsync(messages, Tools).ToChatResponseAsync() : client.GetResponseAsync(messages, Tools);
    }

    private QwenCloudChatClient Make(Func<QwenCloudOptions, QwenCloudOptions>? change = null)
    {
        var options = new QwenCloudOptions { Endpoint = _endpoint.Base, ApiKeyVariable = TestKey.SetVariable };
        options = change?.Invoke(options) ?? options;
        var client = new QwenCloudChatClient(options, ApiKey.Read(options));
        _made.Add(client);
        return client;
    }
}
