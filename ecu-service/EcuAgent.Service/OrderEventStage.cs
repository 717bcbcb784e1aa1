using EcuAgent.Commerce.Receiver;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Looks after the orders of which merchants say that something happened: one at a time, at most four a second.</summary>
/// <param name="look">Asks the merchant and tells what is new: merchant, session.</param>
/// <param name="news">The orders.</param>
/// <param name="receiver">Where the events come from; null where none are received.</param>
internal sealed class OrderEventStage(
    Func<string, string, CancellationToken, Task<OrderLookKind>> look,
    OrderNews news,
    OrderEventReceiver? receiver,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<OrderEventStage> logger) : Stage(lifetime, logger)
{
    /// <summary>Wait after a merchant was asked.</summary>
    internal static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);

    /// <summary>Wait for an order that is being worked on, such as one that is just being placed.</summary>
    internal static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);

    /// <summary>After this the order is left to polling.</summary>
    internal static readonly TimeSpan BusyLimit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ReportPeriod = TimeSpan.FromHours(1);

    private long _looked;
    private long _notOpen;
    private long _leftToPolling;
    private OrderEventCounters? _reported;

    public OrderEventCounters Counters => new(
        receiver?.Counters ?? new ReceiverCounters(),
        news.Joined,
        Interlocked.Read(ref _looked),
        Interlocked.Read(ref _notOpen),
        Interlocked.Read(ref _leftToPolling));

    protected override string Name => "order events";

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        Report();
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var loops = new List<Task> { LookAsync(stopping), ReportAsync(stopping) };
        await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        while (true)
        {
            var note = await news.TakeAsync(stopping).ConfigureAwait(false);
            var wait = await LookAsync(note, stopping).ConfigureAwait(false);
            await Task.Delay(wait, time, stopping).ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan> LookAsync(OrderNote note, CancellationToken stopping)
    {
        OrderLookKind kind;
        try
        {
            kind = await look(note.MerchantId, note.SessionId, stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // One bad order must not keep the others from being looked after; it is logged with its stack.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Logger.OrdersFailed(error);
            kind = OrderLookKind.NoAnswer;
        }

        Logger.OrderLooked(note.MerchantId, kind, (time.GetUtcNow() - note.Since).TotalMilliseconds);
        switch (kind)
        {
            case OrderLookKind.Busy when time.GetUtcNow() - note.Since < BusyLimit && news.TryPutBack(note):
                return BusyWait;
            case OrderLookKind.Looked:
                Interlocked.Increment(ref _looked);
                return Spacing;
            case OrderLookKind.NotOpen:
                // Nobody was asked.
                Interlocked.Increment(ref _notOpen);
                return TimeSpan.Zero;
            default:
                Interlocked.Increment(ref _leftToPolling);
                return Spacing;
        }
    }

    private async Task ReportAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(ReportPeriod, time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            Report();
        }
    }

    private void Report()
    {
        var counters = Counters;
        if (receiver is null || counters == _reported)
        {
            return;
        }

        _reported = counters;
        var requests = counters.Requests;
        Logger.OrderEvents(
            requests.Taken, requests.Duplicate, requests.Late, requests.Ignored, requests.NotGenuine, requests.NotUnderstood, requests.Malformed, requests.NoRoom);
        Logger.OrdersLooked(counters.Joined, counters.Looked, counters.NotOpen, counters.LeftToPolling);
    }
}
