using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using EcuAgent.QwenCloud.Http;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAIChat = OpenAI.Chat;

namespace EcuAgent.QwenCloud;

/// <summary>An OpenAI-compatible chat-completions endpoint as an <see cref="IChatClient"/>, in DashScope's dialect.</summary>
/// <remarks>
/// <para>Sends what it is given: what may leave the car is decided before (<see cref="AssistedChatClient"/>). No retries, no redirects, no
/// cookies, no proxy, no trace headers. Every failure is a <see cref="QwenCloudException"/>, with one exception: the caller's own
/// cancellation. An answer without a finish reason, or cut by its length, is a failure.</para>
/// <para>Bounds bytes in both directions and the server's silence; the time for the whole is the caller's to bound.</para>
/// <para>Safe for use from several threads.</para>
/// </remarks>
public sealed class QwenCloudChatClient : IChatClient
{
    private readonly QwenCloudOptions _options;
    private readonly HttpClient _http;
    private readonly IChatClient _inner;

    /// <summary>Makes a client; nothing is connected before the first request.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, there is no endpoint, or no key.</exception>
    public QwenCloudChatClient(QwenCloudOptions options, ApiKey key, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        if (options.Faults() is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        if (options.Endpoint is null)
        {
            throw new ArgumentException($"{nameof(options.Endpoint)} is missing", nameof(options));
        }

        _options = options;
        _http = new HttpClient(new GuardHandler(options, time ?? TimeProvider.System, MakeSocketHandler(options)))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var clientOptions = new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false, EnableMessageLogging = false, EnableMessageContentLogging = false },
        };
        var secret = key.Secret ?? throw new ArgumentException($"there is no key: {key.Source}", nameof(key));
        _inner = new OpenAIChat.ChatClient(options.Model, new ApiKeyCredential(secret), clientOptions).AsIChatClient();
    }

    /// <inheritdoc/>
    /// <exception cref="QwenCloudException">The exchange failed.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await _inner.GetResponseAsync(messages, Dialect(options), cancellationToken).ConfigureAwait(false);
            RequireEnd(response.FinishReason);
            return response;
        }
        catch (Exception error) when (Translate(error, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="QwenCloudException">The exchange failed, at any update.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatFinishReason? finish = null;
        var updates = _inner.GetStreamingResponseAsync(messages, Dialect(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await MoveAsync(updates, cancellationToken).ConfigureAwait(false))
            {
                finish = updates.Current.FinishReason ?? finish;
                yield return updates.Current;
            }
        }

        RequireEnd(finish);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) ? _inner.GetService(serviceType)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inner.Dispose();
        _http.Dispose();
    }

    private static SocketsHttpHandler MakeSocketHandler(QwenCloudOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        MaxResponseHeadersLength = 16,
        MaxConnectionsPerServer = 2,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
    };

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (Translate(error, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    private static void RequireEnd(ChatFinishReason? finish)
    {
        if (finish != ChatFinishReason.Stop && finish != ChatFinishReason.ToolCalls)
        {
            throw new QwenCloudException(QwenCloudError.Incomplete, $"the answer ended with {finish?.Value ?? "no finish reason"}");
        }
    }

    /// <summary>What to throw in place of an error; null for one that goes on as it is.</summary>
    private static QwenCloudException? Translate(Exception error, CancellationToken cancellationToken)
    {
        if (error is QwenCloudException || (error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return null;
        }

        // What the guard threw may come wrapped. All else is a response that the client library could not read: it throws many types.
        return QwenCloudException.Find(error) is { } own
            ? new QwenCloudException(own.Error, own.Message, own.InnerException, own.RetryAfter)
            : new QwenCloudException(QwenCloudError.Garbage, $"the response cannot be read ({error.GetType().Name})");
    }

    private ChatOptions Dialect(ChatOptions? given)
    {
        var options = given?.Clone() ?? new ChatOptions();
        var mostTokens = Math.Min(options.MaxOutputTokens ?? _options.MaxOutputTokens, _options.MaxOutputTokens);
        options.MaxOutputTokens = null;
        options.RawRepresentationFactory = _ =>
        {
            // DashScope documents max_tokens; the client library would write max_completion_tokens.
            var raw = new OpenAIChat.ChatCompletionOptions();
#pragma warning disable SCME0001 // The patch is the library's way to send members that it does not know.
            raw.Patch.Set("$.max_tokens"u8, mostTokens);
            if (_options.EnableThinking is { } thinking)
            {
                raw.Patch.Set("$.enable_thinking"u8, thinking);
            }
#pragma warning restore SCME0001
            return raw;
        };
        return options;
    }
}
