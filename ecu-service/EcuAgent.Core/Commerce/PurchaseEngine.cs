using System.Runtime.CompilerServices;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;
using Nito.AsyncEx;

namespace EcuAgent.Core.Commerce;

/// <summary>
/// Carries purchases from the quote to the receipt so that each is paid at most once, whatever fails in between. Every state is in the journal
/// before the request that it stands for leaves. An order leaves only in <see cref="CommitAsync"/>, after the gate's last word; everything else
/// (a restart, a silent merchant) only finds out what became of it, or closes the session. Commits and their caps are judged one at a time.
/// All members may be called from any thread.
/// </summary>
public sealed class PurchaseEngine
{
    private readonly PurchaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PurchaseStore _store;
    private readonly MerchantCalls _calls;
    private readonly PurchaseSettler _settler;
    private readonly AsyncLock _commits = new();

    /// <summary>Makes an engine.</summary>
    /// <param name="merchants">Whom to buy from.</param>
    /// <param name="payments">What pays.</param>
    /// <param name="journal">Where every state is written first.</param>
    /// <param name="options">Caps and times.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log.</param>
    /// <param name="turn">Keeps off a second service that has the same journal; null where there can be none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public PurchaseEngine(
        ICommercePort merchants, IPaymentPort payments, IPurchaseJournal journal, PurchaseOptions options, TimeProvider time, ILogger<PurchaseEngine> logger, JournalTurn? turn = null)
    {
        ArgumentNullException.ThrowIfNull(merchants);
        ArgumentNullException.ThrowIfNull(payments);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        options.Validate();
        Merchants = merchants;
        _options = options;
        _time = time;
        _logger = logger;
        _store = new PurchaseStore(journal, time, logger);
        _calls = new MerchantCalls(merchants, payments, options, time, logger);
        _settler = new PurchaseSettler(_calls, _store, options, time, logger, turn);
    }

    /// <summary>The merchants, for searching.</summary>
    public ICommercePort Merchants { get; }

    /// <summary>What may be spent.</summary>
    public SpendingCaps Caps => _options.Caps;

    /// <summary>Opens a session at the merchant and prices the wish. Binds nobody.</summary>
    public async Task<QuoteResult> QuoteAsync(PurchaseWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var before = await FindSameAsync(wish, cancellationToken).ConfigureAwait(false);
        var begun = Begin(wish);
        using var hold = _settler.TryHold(begun.Id);
        if (hold is null || await _store.WriteAsync(begun, PurchaseStage.Opening, "opening").ConfigureAwait(false) is not { } opening)
        {
            return new QuoteResult(CommerceReasons.NotRecorded, begun, null);
        }

        var answer = await _calls.OpenAsync(opening, cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var session))
        {
            // A session that was opened and never heard of costs nothing and runs out.
            return new QuoteResult(answer.Reason, await WriteOrKeepAsync(opening, PurchaseStage.Failed, answer.Reason).ConfigureAwait(false), null);
        }

        if (await _store.WriteAsync(With(opening, session), PurchaseStage.Quoted, "quoted").ConfigureAwait(false) is not { } quoted)
        {
            return new QuoteResult(CommerceReasons.NotRecorded, opening, null);
        }

        var refusal = Hindrance(session) ?? await OverCapAsync(quoted, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return await RefuseQuoteAsync(quoted, refusal, session, cancellationToken).ConfigureAwait(false);
        }

        _settler.KeepOpen(quoted.Id);
        return new QuoteResult(CommerceReasons.Done, quoted, session, before);
    }

    /// <summary>
    /// Asks the merchant to put another order into the session of a quote: how many, which, how it comes, when. From the first write on nobody
    /// can agree to the terms before. <see cref="CommerceReasons.Done"/>: a quote to be read back. A refusal that left the session as it was
    /// (<see cref="CommerceReasons.NewSessionNeeded"/> among them) gives the quote back as it stands, in <see cref="PurchaseStage.Quoted"/>; after
    /// everything else the session is closed.
    /// </summary>
    public async Task<QuoteResult> ChangeAsync(PurchaseRecord quoted, PurchaseChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(quoted);
        ArgumentNullException.ThrowIfNull(change);
        using var hold = await HoldAsync(quoted, PurchaseStage.Quoted, cancellationToken).ConfigureAwait(false);
        if (hold is null)
        {
            return new QuoteResult(CommerceReasons.SessionClosed, quoted, null);
        }

        // Without terms no yes fits it, whatever becomes of the request.
        var open = quoted with { Order = change.Order, Intent = change.Intent, Summary = change.Summary, Terms = "", Total = null, ReadyAt = null };
        if (await _store.WriteAsync(open, PurchaseStage.Quoted, "changing").ConfigureAwait(false) is not { } changing)
        {
            return new QuoteResult(CommerceReasons.NotRecorded, quoted, null);
        }

        var answer = await _calls.UpdateAsync(changing, change.Key, cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var session))
        {
            return answer.Outcome == CommerceOutcome.Unknown
                ? await RefuseQuoteAsync(changing, answer.Reason, null, cancellationToken).ConfigureAwait(false)
                : await RestoreAsync(quoted, changing, answer.Reason, cancellationToken).ConfigureAwait(false);
        }

        if (await _store.WriteAsync(With(changing, session), PurchaseStage.Quoted, "changed").ConfigureAwait(false) is not { } changed)
        {
            return await RefuseQuoteAsync(changing, CommerceReasons.NotRecorded, session, cancellationToken).ConfigureAwait(false);
        }

        var refusal = Hindrance(session) ?? await OverCapAsync(changed, cancellationToken).ConfigureAwait(false);
        return refusal is null
            ? new QuoteResult(CommerceReasons.Done, changed, session)
            : await RefuseQuoteAsync(changed, refusal, session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Orders what was quoted, once. The price is asked for again, the payment is granted for exactly the agreed total, and only then
    /// <paramref name="permit"/> has the last word.
    /// </summary>
    public async Task<CommitResult> CommitAsync(PurchaseRecord quoted, ICommitPermit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(quoted);
        ArgumentNullException.ThrowIfNull(permit);
        using var turn = await _commits.LockAsync(cancellationToken).ConfigureAwait(false);
        using var hold = await HoldAsync(quoted, PurchaseStage.Quoted, cancellationToken).ConfigureAwait(false);
        if (hold is null)
        {
            return new CommitResult(CommitKind.Refused, CommerceReasons.SessionClosed, quoted);
        }

        var answer = await _calls.GetAsync(quoted, cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var session))
        {
            return await RefuseAsync(quoted, answer.Reason, null, cancellationToken).ConfigureAwait(false);
        }

        if (Hindrance(session) is { } hindrance)
        {
            return await RefuseAsync(quoted, hindrance, session, cancellationToken).ConfigureAwait(false);
        }

        if (session.Terms != quoted.Terms)
        {
            return await ChangedAsync(quoted, session).ConfigureAwait(false);
        }

        if (await OverCapAsync(quoted, cancellationToken).ConfigureAwait(false) is { } overCap)
        {
            return await RefuseAsync(quoted, overCap, session, cancellationToken).ConfigureAwait(false);
        }

        _settler.TryTell(quoted.Id);
        if (await _store.WriteAsync(quoted with { IsUntold = true }, PurchaseStage.Committing, "committing").ConfigureAwait(false) is not { } committing)
        {
            return new CommitResult(CommitKind.NotRecorded, CommerceReasons.NotRecorded, quoted, session);
        }

        var grant = await _calls.GrantAsync(committing, cancellationToken).ConfigureAwait(false);
        if (!grant.TryGet(out var payment))
        {
            return await RefuseAsync(committing, grant.Reason, session, cancellationToken).ConfigureAwait(false);
        }

        if (await permit.RedeemAsync().ConfigureAwait(false) is { } denied)
        {
            return new CommitResult(
                CommitKind.NotAllowed, denied, await _settler.AbandonAsync(committing, denied, cancellationToken).ConfigureAwait(false), session);
        }

        return await CompleteAsync(committing, payment, permit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives up what was quoted: the session is closed at the merchant, now or as soon as it can be reached. Anything that is not a quote any
    /// more stays as it is.
    /// </summary>
    public async Task<PurchaseRecord> AbandonAsync(PurchaseRecord quoted, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(quoted);
        using var hold = await HoldAsync(quoted, PurchaseStage.Quoted, cancellationToken).ConfigureAwait(false);
        return hold is null
            ? quoted
            : await _settler.AbandonAsync(quoted, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the merchant to take a placed order back.</summary>
    public async Task<PurchaseRecord> WithdrawAsync(PurchaseRecord placed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(placed);
        using var hold = await HoldAsync(placed, PurchaseStage.Placed, cancellationToken).ConfigureAwait(false);
        if (hold is null)
        {
            return placed with { Reason = CommerceReasons.SessionClosed };
        }

        return await _store.WriteAsync(placed, PurchaseStage.Withdrawing, "withdrawing").ConfigureAwait(false) is { } withdrawing
            ? await _settler.TakeBackAsync(withdrawing, mayBeDone: false, cancellationToken).ConfigureAwait(false)
            : placed with { Reason = CommerceReasons.NotRecorded };
    }

    /// <summary>
    /// Finds out what became of everything that is not over, and brings it to an end where that is possible; to be called at the start and
    /// every few seconds. Brings the purchases whose stage changed, with the stage before, each while nobody else works on it; and those that were decided
    /// before the program that was to tell it died. What was brought counts as told when the next one is asked for.
    /// </summary>
    public async IAsyncEnumerable<(PurchaseStage Before, PurchaseRecord Record)> SettleAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in await _store.UnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (record.Stage == PurchaseStage.Placed || await HoldAsync(record, cancellationToken).ConfigureAwait(false) is not { } hold)
            {
                continue;
            }

            using (hold)
            {
                var settled = await _settler.SettleAsync(record, cancellationToken).ConfigureAwait(false);
                if (settled.Stage == record.Stage)
                {
                    continue;
                }

                // Given up by a run of the program that died before it could say so: it is news, as if it had just been decided.
                yield return (settled.WaitsToBeTold && _settler.TryTell(record.Id) ? PurchaseStage.Committing : record.Stage, settled);
                if (settled.WaitsToBeTold)
                {
                    await _settler.ToldAsync(settled).ConfigureAwait(false);
                }
            }
        }

        await foreach (var record in UntoldAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return (PurchaseStage.Committing, record);
        }
    }

    /// <summary>To be called after the person was told how a purchase ended.</summary>
    public async Task ToldAsync(PurchaseRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var hold = record.WaitsToBeTold ? await HoldAsync(record, cancellationToken).ConfigureAwait(false) : null;
        if (hold is not null)
        {
            await _settler.ToldAsync(record).ConfigureAwait(false);
        }
        else if (!_settler.IsHeard)
        {
            _settler.Untell(record.Id);
        }
    }

    // Decided by a run of the program that died, or lost the lead, before it could say so.
    private async IAsyncEnumerable<PurchaseRecord> UntoldAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in await _store.UntoldAsync(_time.GetUtcNow() - _options.SettleWithin, cancellationToken).ConfigureAwait(false))
        {
            if (await HoldAsync(record, cancellationToken).ConfigureAwait(false) is not { } hold)
            {
                continue;
            }

            using (hold)
            {
                if (_settler.TryTell(record.Id))
                {
                    yield return record;
                    await _settler.ToldAsync(record).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>
    /// Asks how far the placed orders are. Brings all that were answered, each while nobody else works on it; those that are over are over in the
    /// journal as well.
    /// </summary>
    public async IAsyncEnumerable<(PurchaseRecord Record, PlacedOrder Order)> FollowAsync(
        Predicate<PurchaseRecord> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var record in await _store.UnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (record.Stage != PurchaseStage.Placed || !wanted(record)
                || await HoldAsync(record, cancellationToken).ConfigureAwait(false) is not { } hold)
            {
                continue;
            }

            using (hold)
            {
                if (await _settler.FollowAsync(record, cancellationToken).ConfigureAwait(false) is { } answer)
                {
                    yield return answer;
                }
            }
        }
    }

    /// <summary>
    /// Finds out how the purchase stands whose merchant says that something happened to it. The merchant is asked; nothing is taken from what it
    /// said. What comes back keeps others off the purchase until it is disposed.
    /// </summary>
    public async Task<OrderLook> LookAsync(string merchantId, string sessionId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(merchantId);
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        var unfinished = await _store.UnfinishedAsync(cancellationToken).ConfigureAwait(false);
        if (unfinished.FirstOrDefault(one => one.MerchantId == merchantId && one.SessionId == sessionId) is not { } record)
        {
            return new OrderLook(OrderLookKind.NotOpen);
        }

        if (await HoldAsync(record, cancellationToken).ConfigureAwait(false) is not { } hold)
        {
            return new OrderLook(OrderLookKind.Busy);
        }

        try
        {
            var steps = new List<(PurchaseStage, PurchaseRecord)>();
            var settled = await _settler.SettleAsync(record, cancellationToken).ConfigureAwait(false);
            if (settled.Stage != record.Stage)
            {
                steps.Add((record.Stage, settled));
            }

            if (settled.Stage != PurchaseStage.Placed)
            {
                return new OrderLook(OrderLookKind.Looked, hold) { Steps = steps };
            }

            if (await _settler.FollowAsync(settled, cancellationToken).ConfigureAwait(false) is not var (followed, order))
            {
                return new OrderLook(OrderLookKind.NoAnswer, hold) { Steps = steps };
            }

            steps.Add((settled.Stage, followed));
            return new OrderLook(OrderLookKind.Looked, hold) { Steps = steps, Order = order };
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>The newest placed order that fits; null when there is none.</summary>
    public Task<PurchaseRecord?> NewestPlacedAsync(DateTimeOffset since, Predicate<PurchaseRecord> fits, CancellationToken cancellationToken) =>
        NewestAsync(since, record => record.Stage == PurchaseStage.Placed && fits(record), cancellationToken);

    /// <summary>The newest purchase that fits, whatever became of it; null when there is none or the journal cannot be read.</summary>
    public Task<PurchaseRecord?> NewestAsync(DateTimeOffset since, Predicate<PurchaseRecord> fits, CancellationToken cancellationToken) =>
        _store.NewestAsync(since, fits, cancellationToken);

    /// <summary>What was spent in this trip in one currency; null when not known.</summary>
    public async Task<Money?> SpentThisTripAsync(string currency, CancellationToken cancellationToken) =>
        await _store.SpendingAsync("", cancellationToken).ConfigureAwait(false) is { Trip: { } trip } ? new Money(trip.GetValueOrDefault(currency), currency) : null;

    /// <summary>What was spent in the last 24 hours in one currency; null when not known.</summary>
    public async Task<Money?> SpentTodayAsync(string currency, CancellationToken cancellationToken) =>
        await _store.SpendingAsync("", cancellationToken).ConfigureAwait(false) is { } spending ? new Money(spending.Day.GetValueOrDefault(currency), currency) : null;

    /// <summary>Whether anything was bought there before; null when not known.</summary>
    public Task<bool?> HasBoughtAsync(string merchantId, CancellationToken cancellationToken) => _store.HasBoughtAsync(merchantId, cancellationToken);

    /// <summary>A new trip begins.</summary>
    public Task StartTripAsync(CancellationToken cancellationToken) => _store.StartTripAsync(cancellationToken);

    // What hinders an order of this session, or null.
    private static string? Hindrance(CheckoutSession session) => session.State switch
    {
        CheckoutState.Ready => ErrorOf(session) ?? (session.Total is { IsKnown: true } ? null : CommerceReasons.AmountUnknown),
        CheckoutState.NeedsPerson => CommerceReasons.NeedsScreen,
        CheckoutState.Incomplete => ErrorOf(session) ?? CommerceReasons.NothingFound,
        CheckoutState.Canceled or CheckoutState.Expired or CheckoutState.Completed or CheckoutState.Completing => CommerceReasons.SessionClosed,
        _ => CommerceReasons.BadAnswer,
    };

    private static bool HasLines(CheckoutSession session, CheckoutOrder order) =>
        session.Lines.Select(line => (line.OfferId, line.Quantity)).Order().SequenceEqual(order.Lines.Select(line => (line.OfferId, line.Quantity)).Order());

    private static PurchaseRecord With(PurchaseRecord record, CheckoutSession session) => record with
    {
        SessionId = session.SessionId,
        Terms = session.Terms,
        Total = session.Total,
        ReadyAt = session.Delivery?.Until ?? session.Delivery?.From,
        IsCancelableLater = session.IsCancelableLater,
    };

    private PurchaseRecord Begin(PurchaseWish wish)
    {
        var now = _time.GetUtcNow();
        return new PurchaseRecord
        {
            Id = wish.Id,
            Stage = PurchaseStage.Opening,
            Reason = "",
            BegunAt = now,
            WrittenAt = now,
            Order = wish.Order,
            MerchantId = wish.Merchant.Id,
            MerchantName = wish.Merchant.Name,
            Tool = wish.Tool,
            Intent = wish.Intent,
            Summary = wish.Summary,
            Language = wish.Language,
            Why = wish.Why,
        };
    }

    // What the caller holds may be older than what the journal has.
    private async Task<bool> IsStillAsync(PurchaseRecord record, CancellationToken cancellationToken) =>
        await _store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false) is { } present && present.Stage == record.Stage && present.Terms == record.Terms;

    // Null as well where it is not in that stage.
    private async Task<IDisposable?> HoldAsync(PurchaseRecord record, PurchaseStage stage, CancellationToken cancellationToken) =>
        record.Stage == stage ? await HoldAsync(record, cancellationToken).ConfigureAwait(false) : null;

    // Null where it is being worked on, or was since it was read.
    private async Task<IDisposable?> HoldAsync(PurchaseRecord record, CancellationToken cancellationToken)
    {
        var hold = _settler.TryHold(record.Id);
        try
        {
            if (hold is not null && await IsStillAsync(record, cancellationToken).ConfigureAwait(false))
            {
                return hold;
            }
        }
        catch
        {
            hold?.Dispose();
            throw;
        }

        hold?.Dispose();
        return null;
    }

    private Task<PurchaseRecord?> FindSameAsync(PurchaseWish wish, CancellationToken cancellationToken) => _store.NewestAsync(
        _time.GetUtcNow() - _options.SameWishWithin,
        record => record.IsSpent && record.Tool == wish.Tool && record.Intent == wish.Intent,
        cancellationToken);

    private async Task<string?> OverCapAsync(PurchaseRecord record, CancellationToken cancellationToken) =>
        await _store.SpendingAsync(record.Id, cancellationToken).ConfigureAwait(false) is { } spending
            ? spending.Refusal(record.Total, _options.Caps)
            : CommerceReasons.NotRecorded;

    private async Task<QuoteResult> RefuseQuoteAsync(PurchaseRecord record, string reason, CheckoutSession? session, CancellationToken cancellationToken) =>
        new(reason, await _settler.AbandonAsync(record, reason, cancellationToken).ConfigureAwait(false), session);

    // A change may be several requests at the merchant: only its own word tells that the session still has what was ordered. When it comes may
    // have moved by now; it is read back anew.
    private async Task<QuoteResult> RestoreAsync(PurchaseRecord quoted, PurchaseRecord changing, string reason, CancellationToken cancellationToken)
    {
        var answer = await _calls.GetAsync(changing, cancellationToken).ConfigureAwait(false);
        return answer.TryGet(out var session) && Hindrance(session) is null && HasLines(session, quoted.Order)
            && await _store.WriteAsync(With(quoted, session), PurchaseStage.Quoted, reason).ConfigureAwait(false) is { } restored
                ? new QuoteResult(reason, restored, session)
                : await RefuseQuoteAsync(changing, reason, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PurchaseRecord> WriteOrKeepAsync(PurchaseRecord record, PurchaseStage stage, string reason) =>
        await _store.WriteAsync(record, stage, reason).ConfigureAwait(false) ?? record;

    private async Task<CommitResult> RefuseAsync(PurchaseRecord record, string reason, CheckoutSession? session, CancellationToken cancellationToken) =>
        new(CommitKind.Refused, reason, await _settler.AbandonAsync(record, reason, cancellationToken).ConfigureAwait(false), session);

    private async Task<CommitResult> ChangedAsync(PurchaseRecord quoted, CheckoutSession session)
    {
        var changed = await _store.WriteAsync(With(quoted, session), PurchaseStage.Quoted, CommerceReasons.TermsChanged).ConfigureAwait(false);
        return changed is null
            ? new CommitResult(CommitKind.NotRecorded, CommerceReasons.NotRecorded, quoted, session)
            : new CommitResult(CommitKind.TermsChanged, CommerceReasons.TermsChanged, changed, session);
    }

    private async Task<CommitResult> CompleteAsync(
        PurchaseRecord committing, PaymentGrant payment, ICommitPermit permit, CancellationToken cancellationToken)
    {
        var reason = "";
        var mayBeOrdered = false;
        for (var attempt = 0; attempt < _options.CompleteAttempts && permit.StillHolds(); attempt++)
        {
            var answer = await _calls.CompleteAsync(committing, payment, cancellationToken).ConfigureAwait(false);
            reason = answer.IsDone ? DeclineOf(answer.Value!) : answer.Reason;

            // Neither a no nor held back here: the request may still be carried out, however late.
            mayBeOrdered |= answer.Outcome == CommerceOutcome.Unknown || (answer.IsDone && reason.Length == 0);
            if (answer.Outcome is CommerceOutcome.Done or CommerceOutcome.Refused)
            {
                break;
            }
        }

        // One place decides what became of it, whether the answer was a yes, a no or none at all: the merchant's own state.
        var settled = await _settler.FindOutAsync(
            committing with { Reason = reason.Length > 0 ? reason : committing.Reason }, mayBeOrdered, cancellationToken).ConfigureAwait(false);
        return settled.Stage switch
        {
            PurchaseStage.Placed or PurchaseStage.Fulfilled => new CommitResult(CommitKind.Placed, settled.Reason, settled),
            _ when settled.IsUndecided => new CommitResult(CommitKind.Open, CommerceReasons.OutcomeOpen, settled),
            PurchaseStage.Disputed => new CommitResult(CommitKind.Open, CommerceReasons.OutcomeLost, settled),
            _ => new CommitResult(CommitKind.Refused, settled.Reason, settled),
        };
    }

    private static string DeclineOf(CheckoutSession session) =>
        session.State == CheckoutState.NeedsPerson ? CommerceReasons.NeedsScreen : ErrorOf(session) ?? "";

    private static string? ErrorOf(CheckoutSession session) => session.Remarks.FirstOrDefault(remark => remark.IsError)?.Code;
}
