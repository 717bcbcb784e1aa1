using System.Globalization;
using System.Net;
using System.Text;
using EcuAgent.Commerce.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>
/// The way to one MCP server, by streamable HTTP. Connects at the first request, and anew after one that went wrong. One request at a time; what
/// waits is bounded. Offers the server nothing: no sampling, no elicitation, no roots. Nothing that happens on the way is an exception but the
/// caller's own cancellation. Safe for use from several threads.
/// </summary>
internal sealed class McpLink : IAsyncDisposable
{
    // Null finds out by a question that servers before 2026-07-28 do not know. Some of those answer it with something that is no error; they are
    // asked as older servers are, and each version is good for itself only.
    private static readonly string?[] Versions = [null, "2025-11-25", "2025-06-18", "2025-03-26"];

    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(3);

    private readonly McpServer _server;
    private readonly McpLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SocketsHttpHandler _connections;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private McpClient? _client;
    private int _waiting;
    private int _toolLists;

    internal McpLink(McpServer server, McpLinkOptions options, TimeProvider time, ILogger logger)
    {
        _server = server;
        _options = options;
        _time = time;
        _logger = logger;
        _connections = CommerceHttp.MakeHandler(options.ConnectTimeout, keepFor: TimeSpan.FromMinutes(5));
    }

    /// <summary>Changes when the server says that its tools changed, and with every new session.</summary>
    internal int ToolLists => Volatile.Read(ref _toolLists);

    /// <summary>Sends once.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<McpEnd> SendAsync(McpRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(request.TimeLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var begun = _time.GetTimestamp();
        McpEnd end;
        try
        {
            end = request.HasOwnSession
                ? await AloneAsync(request, both.Token).ConfigureAwait(false)
                : await InTurnAsync(request, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            end = new McpEnd(McpEndKind.NotSent, "no turn in time");
        }

        cancellationToken.ThrowIfCancellationRequested();
        Log.Sent(_logger, request.Method, _server.Id, end.Kind, end.Detail, (long)_time.GetElapsedTime(begun).TotalMilliseconds);
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        await LeaveAsync().ConfigureAwait(false);
        _connections.Dispose();
        _turn.Dispose();
    }

    private async Task<McpEnd> InTurnAsync(McpRequest request, CancellationToken cancellationToken)
    {
        if (!await HasTurnAsync(cancellationToken).ConfigureAwait(false))
        {
            return new McpEnd(McpEndKind.NotSent, "too many requests wait");
        }

        try
        {
            if (_client is null || _client.Completion.IsCompleted)
            {
                await LeaveAsync().ConfigureAwait(false);
                (_client, var refusal) = await ConnectAsync(_connections, hasNotices: true, cancellationToken).ConfigureAwait(false);
                if (_client is null)
                {
                    return refusal!;
                }

                Interlocked.Increment(ref _toolLists);
            }

            var end = await AskAsync(_client, request, cancellationToken).ConfigureAwait(false);
            if (end.Kind is not (McpEndKind.Answered or McpEndKind.Error or McpEndKind.HeldBack))
            {
                await LeaveAsync().ConfigureAwait(false);
            }

            return end;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> HasTurnAsync(CancellationToken cancellationToken)
    {
        if (await _turn.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.MostWaiting)
            {
                return false;
            }

            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<McpEnd> AloneAsync(McpRequest request, CancellationToken cancellationToken)
    {
        using var connections = CommerceHttp.MakeHandler(_options.ConnectTimeout, keepFor: TimeSpan.FromMinutes(5));
        var (client, refusal) = await ConnectAsync(connections, hasNotices: false, cancellationToken).ConfigureAwait(false);
        if (client is null)
        {
            return refusal!;
        }

        try
        {
            return await AskAsync(client, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await GoodbyeAsync(client).ConfigureAwait(false);
        }
    }

    private async Task<(McpClient? Client, McpEnd? Refusal)> ConnectAsync(
        SocketsHttpHandler connections, bool hasNotices, CancellationToken cancellationToken)
    {
        McpClient? client = null;
        Exception? error = null;
        foreach (var version in Versions)
        {
            (client, error) = await TryConnectAsync(connections, hasNotices, version, cancellationToken).ConfigureAwait(false);
            if (error is null or HttpRequestException or IOException or OperationCanceledException or TimeoutException)
            {
                break;
            }
        }

        return error switch
        {
            null => (client, null),
            HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => (null, new McpEnd(McpEndKind.Unauthorized, "no session: 401")),
            _ => (null, new McpEnd(McpEndKind.NotSent, $"no session: {Named(error)}")),
        };
    }

    private async Task<(McpClient? Client, Exception? Error)> TryConnectAsync(
        SocketsHttpHandler connections, bool hasNotices, string? version, CancellationToken cancellationToken)
    {
        // The client's own log would show answers.
        var http = new HttpClient(new McpHttpHandler(_server, new NotOwned(connections), _time)) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = _server.Url,
                TransportMode = HttpTransportMode.StreamableHttp,
                Name = _server.Id,
                EnableStandaloneGetStream = hasNotices,
                MaxReconnectionAttempts = 2,
            },
            http,
            NullLoggerFactory.Instance,
            ownsHttpClient: true);
        try
        {
            return (await McpClient.CreateAsync(transport, Wanted(version), NullLoggerFactory.Instance, cancellationToken).ConfigureAwait(false), null);
        }
#pragma warning disable CA1031 // A server that is not one makes the client fail in many ways; none of them may leave this class.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            return (null, error);
        }
    }

    private McpClientOptions Wanted(string? version) => new()
    {
        ProtocolVersion = version,
        ClientInfo = new Implementation { Name = "EcuAgent", Version = "1" },
        Capabilities = new ClientCapabilities(),
        TimeProvider = _time,
        DiscoverProbeTimeout = TimeSpan.FromSeconds(2),
        Handlers = new McpClientHandlers
        {
            NotificationHandlers =
            [
                new(NotificationMethods.ToolListChangedNotification, (_, _) =>
                {
                    Interlocked.Increment(ref _toolLists);
                    return ValueTask.CompletedTask;
                }),
            ],
        },
    };

    private static async Task<McpEnd> AskAsync(McpClient client, McpRequest request, CancellationToken cancellationToken)
    {
        if (request.MayLeave is { } mayLeave && !await mayLeave().ConfigureAwait(false))
        {
            return new McpEnd(McpEndKind.HeldBack, "held back");
        }

        var mark = new SendMark(request.Method, request.MostBytes);
        SendMark.Current = mark;
        try
        {
            var message = new JsonRpcRequest { Method = request.Method, Params = request.Parameters };
            var response = await client.SendRequestAsync(message, cancellationToken).ConfigureAwait(false);
            return new McpEnd(McpEndKind.Answered, "answered") { Result = Encoding.UTF8.GetBytes(response.Result?.ToJsonString() ?? "null") };
        }
#pragma warning disable CA1031 // What a server can do to the client has no common type; the mark tells what it means.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return EndOf(error, mark, cancellationToken.IsCancellationRequested);
        }
        finally
        {
            SendMark.Current = null;
        }
    }

    private static McpEnd EndOf(Exception error, SendMark mark, bool isOutOfTime)
    {
        var status = (int?)mark.Status;
        return mark switch
        {
            { HasBegun: false } => new McpEnd(McpEndKind.NotSent, isOutOfTime ? "not in time" : Named(error)),
            { WasToBeRepeated: true } => new McpEnd(McpEndKind.AsksForInput, "asks for input"),
            { IsTooLong: true } => new McpEnd(McpEndKind.BadAnswer, $"more than {mark.MostBytes} bytes"),
            { IsCut: true } => new McpEnd(McpEndKind.NoAnswer, "cut"),
            _ when isOutOfTime => new McpEnd(McpEndKind.NoAnswer, "not in time"),
            { Status: HttpStatusCode.Unauthorized } => new McpEnd(McpEndKind.Unauthorized, Status(status)),
            { Status: null or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => new McpEnd(McpEndKind.NoAnswer, Status(status)),
            _ when error is McpProtocolException told => new McpEnd(McpEndKind.Error, $"error {((int)told.ErrorCode).ToString(CultureInfo.InvariantCulture)}")
            {
                ErrorCode = (int)told.ErrorCode,
                ErrorData = TextsOf(told),
            },
            _ => new McpEnd(McpEndKind.BadAnswer, $"{Status(status)}, {Named(error)}"),
        };
    }

    private static Dictionary<string, string> TextsOf(McpProtocolException error)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in error.Data.Keys.OfType<string>())
        {
            if (error.Data[key] is string text)
            {
                texts[key] = text;
            }
        }

        return texts;
    }

    private static string Status(int? status) => status is { } known ? string.Create(CultureInfo.InvariantCulture, $"status {known}") : "no status";

    // Messages of exceptions may hold what the server wrote.
    private static string Named(Exception error) => error switch
    {
        HttpRequestException { StatusCode: { } status } => Status((int)status),
        HttpRequestException http => $"the connection failed ({http.HttpRequestError})",
        OperationCanceledException or TimeoutException => "not in time",
        _ => error.GetType().Name,
    };

    private async Task LeaveAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            await GoodbyeAsync(client).ConfigureAwait(false);
        }
    }

    private async Task GoodbyeAsync(McpClient client)
    {
        try
        {
            await client.DisposeAsync().AsTask().WaitAsync(GoodbyeLimit, TimeProvider.System).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The session is over; how does not matter.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.NoGoodbye(_logger, _server.Id, Named(error));
        }
    }

    /// <summary>Connections that outlive a session.</summary>
    private sealed class NotOwned(SocketsHttpHandler connections) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(connections, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
