using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Commerce;

/// <summary>
/// Finds out what became of a purchase by asking the merchant, and closes what is not wanted. Never orders anything: what the merchant has
/// neither completed nor begun to complete is canceled there, and the merchant's answer to that decides between "ordered" and "not ordered".
/// </summary>
internal sealed class PurchaseSettler(MerchantCalls calls, PurchaseStore store, PurchaseOptions options, TimeProvider time, ILogger logger, JournalTurn? turn)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _toldHere = new(StringComparer.Ordinal);

    /// <summary>Keeps others off a purchase that is being worked on; null when it is being worked on already, here or by another service.</summary>
    public IDisposable? TryHold(string id)
    {
        var use = TryUse();
        if (turn is not null && use is null)
        {
            return null;
        }

        lock (_gate)
        {
            if (_held.Add(id))
            {
                return new Held(this, id, use);
            }
        }

        use?.Dispose();
        return null;
    }

    /// <summary>Whether what is said now is heard: only the service that leads is.</summary>
    public bool IsHeard => turn?.MayAct != false;

    /// <summary>Takes it upon this run of the program to tell how a purchase ended; false when that was done before.</summary>
    public bool TryTell(string id)
    {
        lock (_gate)
        {
            return _toldHere.Add(id);
        }
    }

    /// <summary>Notes that the person was told how it ended. To be called while the purchase is held. Where nobody was heard it stays to be told.</summary>
    public async Task ToldAsync(PurchaseRecord record)
    {
        if (IsHeard)
        {
            await store.WriteAsync(record with { IsUntold = false }, record.Stage, record.Reason).ConfigureAwait(false);
            return;
        }

        Untell(record.Id);
    }

    /// <summary>Notes that nobody heard how a purchase ended: whoever leads next tells it, this run of the program too.</summary>
    public void Untell(string id)
    {
        lock (_gate)
        {
            _toldHere.Remove(id);
        }
    }

    /// <summary>A quote of this run of the program that a person may still say yes to.</summary>
    public void KeepOpen(string id)
    {
        lock (_gate)
        {
            _open.Add(id);
        }
    }

    /// <summary>Gives up a purchase that was not ordered.</summary>
    public async Task<PurchaseRecord> AbandonAsync(PurchaseRecord record, string reason, CancellationToken cancellationToken)
    {
        Forget(record.Id);
        return await store.WriteAsync(record, PurchaseStage.Abandoning, reason).ConfigureAwait(false) is { } abandoning
            ? await CloseAsync(abandoning, cancellationToken).ConfigureAwait(false)
            : record;
    }

    /// <summary>Brings one purchase as far as it gets now.</summary>
    public Task<PurchaseRecord> SettleAsync(PurchaseRecord record, CancellationToken cancellationToken) => record.Stage switch
    {
        PurchaseStage.Opening => WriteAsync(record, PurchaseStage.Failed, "interrupted"),
        PurchaseStage.Quoted when !IsOpen(record.Id) => AbandonAsync(record, "interrupted", cancellationToken),
        PurchaseStage.Committing => FindOutAsync(record, mayBeOrdered: true, cancellationToken),
        PurchaseStage.Abandoning => CloseAsync(record, cancellationToken),
        PurchaseStage.Withdrawing => TakeBackAsync(record, mayBeDone: true, cancellationToken),
        _ => Task.FromResult(record),
    };

    /// <summary>Asks what became of a purchase that was being ordered; one that was not is closed.</summary>
    /// <param name="record">A purchase that is being committed.</param>
    /// <param name="mayBeOrdered">True when a request to order may still be on its way: then only a session that is closed is not ordered.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task<PurchaseRecord> FindOutAsync(PurchaseRecord record, bool mayBeOrdered, CancellationToken cancellationToken)
    {
        Forget(record.Id);
        var answer = await calls.GetAsync(record, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { IsDone: true, Value: { State: CheckoutState.Completed } session } => await PlaceAsync(record, session).ConfigureAwait(false),
            { IsDone: true, Value.State: CheckoutState.Canceled or CheckoutState.Expired } =>
                await WriteAsync(record, PurchaseStage.Canceled, NotOrdered(record)).ConfigureAwait(false),
            { IsDone: true, Value.State: CheckoutState.Completing or CheckoutState.Unknown } => Undecided(record, CommerceReasons.OutcomeOpen),
            { IsDone: true } => await AbandonAsync(record with { MayBeOrdered = mayBeOrdered }, NotOrdered(record), cancellationToken).ConfigureAwait(false),
            { Outcome: CommerceOutcome.Refused, Reason: CommerceReasons.NotFound } => await WriteAsync(record, PurchaseStage.Disputed, CommerceReasons.OutcomeLost).ConfigureAwait(false),
            _ when IsPast(record) => await WriteAsync(record, PurchaseStage.Disputed, CommerceReasons.OutcomeLost).ConfigureAwait(false),
            _ => Undecided(record, answer.Reason),
        };
    }

    /// <summary>Asks how far a placed order is; null when the merchant did not say.</summary>
    public async Task<(PurchaseRecord Record, PlacedOrder Order)?> FollowAsync(PurchaseRecord record, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(record, cancellationToken).ConfigureAwait(false);
        if (answer.Value?.Order is not { } order)
        {
            return null;
        }

        var next = order.Progress switch
        {
            OrderProgress.Fulfilled => await WriteAsync(record, PurchaseStage.Fulfilled, "fulfilled").ConfigureAwait(false),
            OrderProgress.Canceled => await WriteAsync(record, PurchaseStage.Canceled, "canceled_by_merchant").ConfigureAwait(false),
            _ => record,
        };
        return (next, order);
    }

    /// <summary>Asks the merchant to take an order back.</summary>
    /// <param name="record">A purchase that is being withdrawn.</param>
    /// <param name="mayBeDone">True when it was asked before: then a request that fails now proves nothing.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<PurchaseRecord> TakeBackAsync(PurchaseRecord record, bool mayBeDone, CancellationToken cancellationToken)
    {
        var answer = await calls.CancelOrderAsync(record, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { IsDone: true, Value.Order.Progress: OrderProgress.Canceled } => await WriteAsync(record, PurchaseStage.Canceled, "withdrawn").ConfigureAwait(false),
            { IsDone: true } => await WriteAsync(record, PurchaseStage.Placed, CommerceReasons.NotCancelable).ConfigureAwait(false),
            { Outcome: CommerceOutcome.Refused or CommerceOutcome.NotSent } when !mayBeDone =>
                await WriteAsync(record, PurchaseStage.Placed, answer.Reason).ConfigureAwait(false),
            { Outcome: CommerceOutcome.Refused } => await ReadTakenBackAsync(record, answer.Reason, cancellationToken).ConfigureAwait(false),
            _ => record with { Reason = answer.Reason },
        };
    }

    private bool IsOpen(string id)
    {
        lock (_gate)
        {
            return _open.Contains(id);
        }
    }

    private void Forget(string id)
    {
        lock (_gate)
        {
            _open.Remove(id);
        }
    }

    private async Task<PurchaseRecord> CloseAsync(PurchaseRecord record, CancellationToken cancellationToken)
    {
        var answer = await calls.CancelAsync(record, cancellationToken).ConfigureAwait(false);
        switch (answer)
        {
            case { IsDone: true, Value.State: CheckoutState.Canceled or CheckoutState.Expired }:
            case { Outcome: CommerceOutcome.Refused, Reason: CommerceReasons.NotFound } when !record.MayBeOrdered:
                return await WriteAsync(record, PurchaseStage.Canceled, record.Reason).ConfigureAwait(false);
            case { IsDone: true, Value: { State: CheckoutState.Completed } session }:
                return await PlaceAsync(record, session).ConfigureAwait(false);
            case { Outcome: CommerceOutcome.Refused }:
                return await ReadClosedAsync(record, cancellationToken).ConfigureAwait(false);
            default:
                return IsPast(record) ? await GiveUpAsync(record).ConfigureAwait(false) : record;
        }
    }

    // A session that nobody asked to complete costs nothing and has run out by itself.
    private Task<PurchaseRecord> GiveUpAsync(PurchaseRecord record) => record.MayBeOrdered
        ? WriteAsync(record, PurchaseStage.Disputed, CommerceReasons.OutcomeLost)
        : WriteAsync(record, PurchaseStage.Canceled, record.Reason);

    // The merchant will not cancel: either it is over already, or an order got through that was thought lost.
    private async Task<PurchaseRecord> ReadClosedAsync(PurchaseRecord record, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(record, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { IsDone: true, Value: { State: CheckoutState.Completed } session } => await PlaceAsync(record, session).ConfigureAwait(false),
            { IsDone: true, Value.State: CheckoutState.Canceled or CheckoutState.Expired } =>
                await WriteAsync(record, PurchaseStage.Canceled, record.Reason).ConfigureAwait(false),
            { Outcome: CommerceOutcome.Refused, Reason: CommerceReasons.NotFound } => await GiveUpAsync(record).ConfigureAwait(false),
            _ => IsPast(record) ? await GiveUpAsync(record).ConfigureAwait(false) : record,
        };
    }

    private async Task<PurchaseRecord> ReadTakenBackAsync(PurchaseRecord record, string refusal, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(record, cancellationToken).ConfigureAwait(false);
        return answer.Value?.Order switch
        {
            null => record with { Reason = refusal },
            { Progress: OrderProgress.Canceled } => await WriteAsync(record, PurchaseStage.Canceled, "withdrawn").ConfigureAwait(false),
            _ => await WriteAsync(record, PurchaseStage.Placed, refusal).ConfigureAwait(false),
        };
    }

    private async Task<PurchaseRecord> PlaceAsync(PurchaseRecord record, CheckoutSession session)
    {
        var order = session.Order;
        var charged = order?.Charged ?? session.Total;
        var isAgreed = charged is null || charged == record.Total;
        if (!isAgreed)
        {
            Log.ChargedDifferently(logger, record.Id);
        }

        return await WriteAsync(
            record with
            {
                OrderId = order?.OrderId ?? "",
                OrderNumber = order?.Number ?? "",
                Charged = charged,
                IsCancelableLater = session.IsCancelableLater,
            },
            PurchaseStage.Placed,
            isAgreed ? "placed" : CommerceReasons.ChargedDifferently).ConfigureAwait(false);
    }

    private PurchaseRecord Undecided(PurchaseRecord record, string reason)
    {
        Log.OutcomeOpen(logger, record.Id, reason);
        return record;
    }

    private static string NotOrdered(PurchaseRecord record) => record.Reason is "committing" ? "interrupted" : record.Reason;

    private bool IsPast(PurchaseRecord record) => time.GetUtcNow() - record.WrittenAt > options.SettleWithin;

    // What the journal does not take stays as it was there, and is settled anew later.
    private async Task<PurchaseRecord> WriteAsync(PurchaseRecord record, PurchaseStage stage, string reason) =>
        await store.WriteAsync(record, stage, reason).ConfigureAwait(false) ?? record;

    // Where the lock itself is broken nothing may be worked on, as where the journal is.
    private IDisposable? TryUse()
    {
        try
        {
            return turn?.TryUse();
        }
        catch (JournalException exception)
        {
            Log.JournalFailed(logger, exception);
            return null;
        }
    }

    private sealed class Held(PurchaseSettler owner, string id, IDisposable? use) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._held.Remove(id);
            }

            use?.Dispose();
        }
    }
}
