using EcuAgent.Commerce.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace EcuAgent.Commerce.Receiver;

/// <summary>One request and its answer: path, method, type, length and time are judged here, everything else by <see cref="OrderWebhooks"/>.</summary>
internal sealed class EventExchange(
    OrderWebhooks webhooks, Func<OrderUpdate, bool> handOver, TimeSpan timeout, TimeProvider time, ILogger logger) : IHttpApplication<HttpContext>
{
    private const string Path = "/orders";

    private readonly Lock _gate = new();
    private ReceiverCounters _counters = new();

    public ReceiverCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _counters;
            }
        }
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Its features belong to the server.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The other side has gone: there is nobody to answer.
            Count(counters => counters with { Malformed = counters.Malformed + 1 });
        }
#pragma warning disable CA1031 // One request that surprises must not reach the server's own answer, which says more than ours.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.Surprised(logger, error);
            if (!context.Response.HasStarted)
            {
                await FixedAnswer.SendAsync(context, StatusCodes.Status500InternalServerError, isRead: false).ConfigureAwait(false);
            }
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (isEvents, merchant) = SenderIn(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (Refusal(context.Request, isEvents && webhooks.Knows(merchant)) is { } refusal)
        {
            await RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var (status, body) = await ReadAsync(context).ConfigureAwait(false);
        if (body is null)
        {
            await RefuseAsync(context, status).ConfigureAwait(false);
            return;
        }

        var headers = context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? ""))).ToArray();
        var request = new WebhookRequest(context.Request.Method, headers, body);
        var result = await webhooks.ReceiveAsync(merchant, request, handOver, context.RequestAborted).ConfigureAwait(false);
        Count(counters => With(counters, result.Verdict));
        await FixedAnswer.SendAsync(context, result.StatusCode, isRead: true).ConfigureAwait(false);
    }

    // Merchants that the car tells one address for all name themselves in their events.
    private static (bool IsEvents, string? Merchant) SenderIn(string target) =>
        target == Path ? (true, null)
        : target.StartsWith(Path + "/", StringComparison.Ordinal) ? (true, target[(Path.Length + 1)..])
        : (false, null);

    private static int? Refusal(HttpRequest request, bool isKnown) => request switch
    {
        _ when !isKnown => StatusCodes.Status404NotFound,
        _ when !HttpMethods.IsPost(request.Method) => StatusCodes.Status405MethodNotAllowed,
        _ when !IsJson(request) => StatusCodes.Status415UnsupportedMediaType,
        { ContentLength: > OrderWebhooks.MaxBodyBytes } => StatusCodes.Status413PayloadTooLarge,
        _ => null,
    };

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private async Task<(int Status, byte[]? Body)> ReadAsync(HttpContext context)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, end.Token).ConfigureAwait(false);
            return (StatusCodes.Status200OK, body.ToArray());
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return (StatusCodes.Status408RequestTimeout, null);
        }
        catch (BadHttpRequestException error)
        {
            return (error.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout ? error.StatusCode : StatusCodes.Status400BadRequest, null);
        }
    }

    private Task RefuseAsync(HttpContext context, int status)
    {
        Count(counters => counters with { Malformed = counters.Malformed + 1 });
        Log.Refused(logger, status);
        return FixedAnswer.SendAsync(context, status, isRead: false);
    }

    private void Count(Func<ReceiverCounters, ReceiverCounters> add)
    {
        lock (_gate)
        {
            _counters = add(_counters);
        }
    }

    private static ReceiverCounters With(ReceiverCounters counters, WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.Accepted => counters with { Taken = counters.Taken + 1 },
        WebhookVerdict.Duplicate => counters with { Duplicate = counters.Duplicate + 1 },
        WebhookVerdict.Late => counters with { Late = counters.Late + 1 },
        WebhookVerdict.Ignored => counters with { Ignored = counters.Ignored + 1 },
        WebhookVerdict.NotGenuine => counters with { NotGenuine = counters.NotGenuine + 1 },
        WebhookVerdict.NoRoom => counters with { NoRoom = counters.NoRoom + 1 },
        _ => counters with { NotUnderstood = counters.NotUnderstood + 1 },
    };
}
