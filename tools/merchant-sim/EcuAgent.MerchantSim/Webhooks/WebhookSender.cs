using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Json;
using Microsoft.Extensions.Logging;

namespace EcuAgent.MerchantSim.Webhooks;

/// <summary>
/// Sends order events, one after the other in the order in which they happened. An event that is not taken is sent again up to
/// <see cref="MaxAttempts"/> times, waiting 1, 2, 4, 8 s; a receiver that says no for good (4xx but 408 and 429) is not asked again.
/// The queue holds <see cref="QueueCapacity"/> events; a full one refuses the newest, counts and logs it: clients poll for what they miss.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    public const int MaxAttempts = 5;
    public const int QueueCapacity = 1000;

    private const int DeliveriesKept = 1000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StaleBy = TimeSpan.FromHours(1);

    private readonly Channel<WebhookEvent> _queue = Channel.CreateBounded<WebhookEvent>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Lock _gate = new();
    private readonly FaultDesk _faults;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Queue<WebhookDelivery> _deliveries = new();
    private readonly List<TaskCompletionSource> _idle = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        // Real time, whatever clock the world has: a clock that a test turns does not turn the network.
        Timeout = AttemptLimit,
    };

    private readonly Task _loop;
    private WebhookTarget? _target;
    private WebhookEvent? _held;
    private int _pending;

    public WebhookSender(FaultDesk faults, TimeProvider time, ILogger logger)
    {
        _faults = faults;
        _time = time;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Where events go; null for nowhere, then none are made.</summary>
    public WebhookTarget? Target
    {
        get
        {
            lock (_gate)
            {
                return _target;
            }
        }

        set
        {
            lock (_gate)
            {
                _target = value;
            }
        }
    }

    /// <summary>What became of the last events, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>Events that the full queue refused.</summary>
    public int Refused { get; private set; }

    public void Post(WebhookEvent happened)
    {
        lock (_gate)
        {
            if (_target is null)
            {
                return;
            }

            if (_queue.Writer.TryWrite(happened))
            {
                _pending++;
                return;
            }

            Refused++;
        }

        Log.WebhookQueueFull(_logger, happened.Merchant, QueueCapacity);
    }

    /// <summary>Completes when no event waits to be sent (one that a fault holds for the next one does not count).</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_pending == 0)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle.Add(source);
            return source.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _queue.Writer.TryComplete();
        await _loop;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var happened in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                try
                {
                    await SendAsync(happened);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // One event that cannot be sent must not end the sending of all others.
                    Log.Surprised(_logger, error, "webhook", happened.Type);
                }

                Done();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The world ends; what was not sent is not sent.
        }
    }

    private async Task SendAsync(WebhookEvent happened)
    {
        var fault = _faults.TakeWebhook(happened.Merchant);
        switch (fault?.Request.Kind)
        {
            case FaultKind.WebhookDrop:
                Keep(happened, 0, null, "dropped_by_fault");
                break;
            case FaultKind.WebhookReorder:
                await FlushHeldAsync();
                _held = happened;
                break;
            case FaultKind.WebhookDuplicate:
                await DeliverAsync(happened, null);
                await DeliverAsync(happened, null);
                break;
            default:
                await DeliverAsync(happened, fault?.Request.Kind);
                break;
        }

        if (fault?.Request.Kind is not FaultKind.WebhookReorder)
        {
            await FlushHeldAsync();
        }

        fault?.Announce();
    }

    private async Task FlushHeldAsync()
    {
        if (_held is { } held)
        {
            _held = null;
            await DeliverAsync(held, null);
        }
    }

    private async Task DeliverAsync(WebhookEvent happened, FaultKind? fault)
    {
        if (Target is not { } target)
        {
            return;
        }

        var wait = FirstWait;
        var requestId = $"whk_{Guid.CreateVersion7(_time.GetUtcNow()):N}";
        for (var attempt = 1; ; attempt++)
        {
            var status = await TryAsync(happened, target, fault, requestId);
            if (status is >= 200 and < 300)
            {
                Keep(happened, attempt, status, "delivered");
                return;
            }

            if (status is >= 400 and < 500 and not (408 or 429))
            {
                Keep(happened, attempt, status, "refused");
                return;
            }

            if (attempt == MaxAttempts)
            {
                Keep(happened, attempt, status, "gave_up");
                Log.WebhookGaveUp(_logger, happened.Merchant, happened.Type, attempt);
                return;
            }

            await Task.Delay(wait, _time, _stop.Token);
            wait *= 2;
        }
    }

    /// <returns>The status; null when there was no answer.</returns>
    private async Task<int?> TryAsync(WebhookEvent happened, WebhookTarget target, FaultKind? fault, string requestId)
    {
        var now = _time.GetUtcNow();
        var signedAt = fault is FaultKind.WebhookStale ? now - StaleBy : now;
        var url = happened.Signer is null ? target.UrlOf(happened.Merchant) : target.CommonUrl;
        using var message = new HttpRequestMessage(HttpMethod.Post, url);
        message.Version = HttpVersion.Version11;
        message.Content = new ByteArrayContent(happened.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var isForged = fault is FaultKind.WebhookForge;
        foreach (var (name, value) in happened.Signer?.Invoke(url, signedAt, isForged)
            ?? [(WebhookSignature.Header, WebhookSignature.Sign(isForged ? target.Secret + "?" : target.Secret, signedAt, happened.Body))])
        {
            message.Headers.Add(name, value);
        }

        message.Headers.Add("Request-Id", requestId);
        message.Headers.Add("Timestamp", JsonRead.Time(signedAt));
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException error)
        {
            Log.WebhookFailed(_logger, happened.Merchant, happened.Type, error.HttpRequestError.ToString());
            return null;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            Log.WebhookFailed(_logger, happened.Merchant, happened.Type, "no answer in time");
            return null;
        }
    }

    private void Keep(WebhookEvent happened, int attempts, int? status, string outcome)
    {
        lock (_gate)
        {
            _deliveries.Enqueue(new WebhookDelivery(happened.Merchant, happened.OrderId, happened.Type, attempts, status, outcome));
            while (_deliveries.Count > DeliveriesKept)
            {
                _deliveries.Dequeue();
            }
        }
    }

    private void Done()
    {
        TaskCompletionSource[] idle;
        lock (_gate)
        {
            if (--_pending > 0)
            {
                return;
            }

            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var source in idle)
        {
            source.TrySetResult();
        }
    }
}
