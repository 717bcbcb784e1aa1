using Microsoft.AspNetCore.Http;

namespace EcuAgent.Commerce.Mcp.Tests.Merchant;

/// <summary>What an end means for a purchase, when the server does anything but what it should.</summary>
public sealed class OutcomeTests
{
    private const string Session = "cs_1";

    private const string Ready = """
        {"id":"cs_1","status":"ready_for_payment","currency":"eur","line_items":[{"id":"li_1","item":{"id":"pizza"},"quantity":1,"name":"Pizza","totals":[{"type":"total","amount":900}]}],
         "totals":[{"type":"total","amount":900}],"fulfillment_options":[],"messages":[],
         "capabilities":{"payment":{"handlers":[{"id":"h1","name":"dev.acp.tokenized.card","requires_delegate_payment":true}]}}}
        """;

    private static readonly string Completed =
        Ready.Replace("ready_for_payment", "completed", StringComparison.Ordinal)
            .Replace("\"messages\":[]", "\"messages\":[],\"order\":{\"id\":\"o1\",\"checkout_session_id\":\"cs_1\",\"permalink_url\":\"https://x.example/o1\"}", StringComparison.Ordinal);

    public static TheoryData<string, CommerceOutcome, string> Ends => new()
    {
        { "silence", CommerceOutcome.Unknown, CommerceReasons.NoAnswer },
        { "cut", CommerceOutcome.Unknown, CommerceReasons.NoAnswer },
        { "status 500", CommerceOutcome.Unknown, CommerceReasons.NoAnswer },
        { "status 404", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "status 401", CommerceOutcome.Refused, AdapterReasons.Unauthorized },
        { "redirect", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "html", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "no json", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "other id", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "huge", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "other session", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "member twice", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "lone surrogate", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "null result", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "error without shape", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "tool error without shape", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "internal error", CommerceOutcome.Unknown, CommerceReasons.NoAnswer },
        { "service unavailable", CommerceOutcome.Unknown, CommerceReasons.NoAnswer },
        { "in flight", CommerceOutcome.Unknown, "idempotency_in_flight" },
        { "conflict", CommerceOutcome.Unknown, "idempotency_conflict" },
        { "running", CommerceOutcome.Unknown, "complete_in_progress" },
        { "declined", CommerceOutcome.Refused, "payment_declined" },
        { "declined as tool error", CommerceOutcome.Refused, "payment_declined" },
        { "declined as a result", CommerceOutcome.Refused, "payment_declined" },
        { "asks for input", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "asks again with state", CommerceOutcome.Unknown, CommerceReasons.BadAnswer },
        { "bare session", CommerceOutcome.Done, CommerceReasons.Done },
        { "event stream", CommerceOutcome.Done, CommerceReasons.Done },
        { "event stream cut", CommerceOutcome.Unknown, CommerceReasons.NoAnswer },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Completing_is_sent_once_and_ends_as_what_is_known(string end, CommerceOutcome outcome, string reason)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script["tools/call"] = (context, request) => (string)request["params"]!["name"]! == "create_checkout_session"
            ? ScriptedServer.ResultAsync(context, request, $$"""{"content":[],"structuredContent":{{Ready}} }""")
            : EndAsync(server, end, context, request);
        using var shop = new McpShop(server.Url, set: options => options with { CompleteTimeout = TimeSpan.FromSeconds(end == "silence" ? 1 : 30), Repeats = 3 });
        Assert.True((await shop.OpenAsync()).IsDone);

        var answer = await shop.CompleteAsync(Session);

        Assert.Equal((outcome, reason), (answer.Outcome, answer.Reason));
        Assert.Single(server.Of("tools/call"), call => (string)call["params"]!["name"]! == "complete_checkout_session");
    }

    [Fact]
    public async Task Nobody_there_is_not_sent()
    {
        Uri url;
        await using (var server = await ScriptedServer.StartAsync())
        {
            url = server.Url;
        }

        using var shop = new McpShop(url);

        Assert.Equal(new CommerceAnswer<CheckoutSession>(CommerceOutcome.NotSent, CommerceReasons.Unreachable), await shop.OpenAsync());
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("server/discover")]
    public async Task A_completion_that_gets_no_session_is_not_sent(string method)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script["tools/call"] = (context, request) =>
            ScriptedServer.ResultAsync(context, request, $$"""{"content":[],"structuredContent":{{Ready}} }""");
        using var shop = new McpShop(server.Url, set: options => options with { CompleteTimeout = TimeSpan.FromSeconds(1) });
        Assert.True((await shop.OpenAsync()).IsDone);
        server.Script[method] = (_, _) => server.Stopping;

        var answer = await shop.CompleteAsync(Session);

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), (answer.Outcome, answer.Reason));
        Assert.DoesNotContain(server.Of("tools/call"), call => (string)call["params"]!["name"]! == "complete_checkout_session");
    }

    [Fact]
    public async Task What_may_be_repeated_is_repeated_with_the_same_key_in_a_new_session()
    {
        await using var server = await ScriptedServer.StartAsync();
        var calls = 0;
        server.Script["tools/call"] = (context, request) => Interlocked.Increment(ref calls) == 1
            ? ScriptedServer.CutAsync(context, "{\"jsonrpc\":")
            : ScriptedServer.ResultAsync(context, request, $$"""{"content":[],"structuredContent":{{Ready}} }""");
        using var shop = new McpShop(server.Url, set: options => options with { Repeats = 2 });

        Assert.True((await shop.OpenAsync()).IsDone);

        Assert.Equal(2, calls);
        Assert.Equal(2, server.Sessions);
        Assert.Equal("key-open", Assert.Single(server.Of("tools/call").Select(call => (string)call["params"]!["arguments"]!["meta"]!["idempotency_key"]!).Distinct()));
    }

    private static Task EndAsync(ScriptedServer server, string end, HttpContext context, JsonObject request)
    {
        const string declined = """{"type":"processing_error","code":"payment_declined","message":"no"}""";
        var whole = $$"""{"jsonrpc":"2.0","id":{{request["id"]!.ToJsonString()}},"result":{"content":[],"structuredContent":{{Completed}} } }""".ReplaceLineEndings("");
        switch (end)
        {
            case "silence":
                return server.Stopping;
            case "cut":
                return ScriptedServer.CutAsync(context, whole[..40]);
            case "status 500":
                return ScriptedServer.RawAsync(context, whole, 500);
            case "status 404":
                return ScriptedServer.RawAsync(context, "<html>", 404, "text/html");
            case "status 401":
                return ScriptedServer.RawAsync(context, "", 401);
            case "redirect":
                context.Response.Headers.Location = "http://127.0.0.1:1/";
                return ScriptedServer.RawAsync(context, whole, 307);
            case "html":
                return ScriptedServer.RawAsync(context, "<html>", 200, "text/html");
            case "no json":
                return ScriptedServer.RawAsync(context, "{nonsense");
            case "other id":
                return ScriptedServer.RawAsync(context, whole.Replace("\"id\":" + request["id"]!.ToJsonString(), "\"id\":\"another\"", StringComparison.Ordinal));
            case "huge":
                return ScriptedServer.RawAsync(context, whole + new string(' ', 1024 * 1024));
            case "other session":
                return ScriptedServer.RawAsync(context, whole.Replace("cs_1", "cs_2", StringComparison.Ordinal));
            case "member twice":
                return ScriptedServer.RawAsync(context, whole.Replace("\"status\":\"completed\"", "\"status\":\"completed\",\"status\":\"canceled\"", StringComparison.Ordinal));
            case "lone surrogate":
                return ScriptedServer.RawAsync(context, whole.Replace("\"Pizza\"", "\"\\ud800\"", StringComparison.Ordinal));
            case "null result":
                return ScriptedServer.ResultAsync(context, request, "null");
            case "error without shape":
                return ScriptedServer.ErrorAsync(context, request, """{"code":-32000,"message":"payment declined"}""");
            case "tool error without shape":
                return ScriptedServer.ResultAsync(context, request, """{"isError":true,"content":[{"type":"text","text":"payment declined"}]}""");
            case "internal error":
                return ScriptedServer.ErrorAsync(context, request, $$"""{"code":-32603,"message":"x","data":{{declined}} }""");
            case "service unavailable":
                return ScriptedServer.ErrorAsync(context, request, """{"code":-32000,"message":"x","data":{"type":"service_unavailable","code":"down","message":"x"}}""");
            case "in flight":
                return ScriptedServer.ErrorAsync(context, request, """{"code":-32000,"message":"x","data":{"type":"invalid_request","code":"idempotency_in_flight","message":"x"}}""");
            case "conflict":
                return ScriptedServer.ErrorAsync(context, request, """{"code":-32000,"message":"x","data":{"type":"invalid_request","code":"idempotency_conflict","message":"x"}}""");
            case "running":
                return ScriptedServer.ErrorAsync(context, request, """{"code":-32000,"message":"x","data":{"type":"invalid_request","code":"complete_in_progress","message":"x"}}""");
            case "declined":
                return ScriptedServer.ErrorAsync(context, request, $$"""{"code":-32000,"message":"x","data":{{declined}} }""");
            case "declined as tool error":
                return ScriptedServer.ResultAsync(context, request, $$"""{"isError":true,"content":[],"structuredContent":{{declined}} }""");
            case "declined as a result":
                return ScriptedServer.ResultAsync(context, request, $$"""{"content":[],"structuredContent":{{declined}} }""");
            case "asks for input":
                return ScriptedServer.ResultAsync(context, request, """{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"message":"card number?","requestedSchema":{"type":"object","properties":{}}}}}}""");
            case "asks again with state":
                return ScriptedServer.ResultAsync(context, request, """{"resultType":"input_required","requestState":"again"}""");
            case "bare session":
                return ScriptedServer.ResultAsync(context, request, Completed);
            case "event stream":
                return ScriptedServer.RawAsync(context, $"data: {whole}\n\n", 200, "text/event-stream");
            case "event stream cut":
                context.Response.ContentType = "text/event-stream";
                return CutStreamAsync(context, $"data: {whole[..40]}");
            default:
                throw new ArgumentException(end);
        }
    }

    private static async Task CutStreamAsync(HttpContext context, string begin)
    {
        await context.Response.WriteAsync(begin);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
