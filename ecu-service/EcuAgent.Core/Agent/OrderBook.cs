using System.Security.Cryptography;
using System.Text;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>What was ordered: tells how far it is, takes it back, and tells what became of orders whose outcome was open.</summary>
internal sealed class OrderBook(AgentServices services, Recorder recorder, Voice voice)
{
    // What is older was forgotten by the person as well.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Tells where orders are; all that are under way, or those that were named.</summary>
    public async Task TrackAsync(Turn turn, TurnPart part, string? item, int maxOptions, CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            part.ReasonCode = CommerceReasons.NotConfigured;
            part.Clauses.Add(turn.Phrases.NoMerchant(MerchantNeed.Parcel));
            return;
        }

        var followed = new List<(PurchaseRecord Record, PlacedOrder Order)>();
        await foreach (var (record, order) in purchases.FollowAsync(record => IsNamed(record, item), cancellationToken).ConfigureAwait(false))
        {
            followed.Add((record, order));
            await PublishAsync(record, order).ConfigureAwait(false);
        }

        if (followed.Count == 0)
        {
            part.ReasonCode = CommerceReasons.NothingFound;
            part.Clauses.Add(turn.Phrases.NothingToTrack);
            return;
        }

        var now = services.Time.GetLocalNow();
        part.Clauses.AddRange(followed.AsEnumerable().Reverse().Take(maxOptions).Select(order => turn.Phrases.Progress(order.Record, order.Order, now)));
    }

    /// <summary>The merchants where orders are ready to be fetched, newest order first; with a word for the item, those that were named.</summary>
    public async Task<IReadOnlyList<MerchantProfile>> ToFetchAsync(string? item, CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            return [];
        }

        var followed = await purchases.FollowAsync(record => IsNamed(record, item), cancellationToken).Reverse().ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. followed
            .Where(order => order.Order.Progress == OrderProgress.Ready || order.Order.Parcels.Any(parcel => parcel.Progress == OrderProgress.Ready))
            .Select(order => purchases.Merchants.Merchants(order.Record.Order.Need).FirstOrDefault(merchant => merchant.Id == order.Record.MerchantId))
            .OfType<MerchantProfile>()
            .Where(merchant => merchant.Position is not null)
            .DistinctBy(merchant => merchant.Id)];
    }

    /// <summary>Asks the merchant to take back the newest order of the kind that was named; asks which where none was.</summary>
    public async Task WithdrawAsync(Turn turn, TurnPart part, ToolArguments arguments, CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            part.ReasonCode = CommerceReasons.NotConfigured;
            part.Clauses.Add(Needs.OfKind(arguments.Text("kind")) is { } kind ? turn.Phrases.NoMerchant(kind) : turn.Phrases.NothingToCancel);
            return;
        }

        if (Needs.OfKind(arguments.Text("kind")) is not { } need)
        {
            await AskWhichAsync(turn, part).ConfigureAwait(false);
            return;
        }

        var newest = await purchases.NewestPlacedAsync(services.Time.GetUtcNow() - Remembered, record => record.Order.Need == need, cancellationToken).ConfigureAwait(false);
        if (newest is null)
        {
            part.ReasonCode = CommerceReasons.NothingFound;
            part.Clauses.Add(turn.Phrases.NothingToCancel);
            return;
        }

        var record = await purchases.WithdrawAsync(newest, cancellationToken).ConfigureAwait(false);
        var summary = turn.Phrases.Summary(ToolNames.CancelOrder, arguments);
        part.ReasonCode = record.Stage == PurchaseStage.Canceled ? part.ReasonCode : record.Reason;
        part.Clauses.Add(record.Stage switch
        {
            PurchaseStage.Canceled => turn.Phrases.Canceled(summary),
            PurchaseStage.Withdrawing => turn.Phrases.MerchantSilent(summary),
            _ => turn.Phrases.NotCanceled,
        });
        await PublishAsync(record).ConfigureAwait(false);
    }

    /// <summary>Finds out what became of open orders, and tells what the person does not know yet.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            return;
        }

        await foreach (var (before, record) in purchases.SettleAsync(cancellationToken).ConfigureAwait(false))
        {
            await TellAsync(before, record).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes how far placed orders are, and tells which ones their merchants took back.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            return;
        }

        await foreach (var (record, order) in purchases.FollowAsync(_ => true, cancellationToken).ConfigureAwait(false))
        {
            await TellAsync(PurchaseStage.Placed, record).ConfigureAwait(false);
            await PublishAsync(record, order).ConfigureAwait(false);
        }
    }

    /// <summary>Asks one merchant about one purchase, and does what the two above would do with the answer.</summary>
    public async Task<OrderLookKind> LookAsync(string merchantId, string sessionId, CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            return OrderLookKind.NotOpen;
        }

        OrderLookKind kind;
        PurchaseRecord? told;
        using (var look = await purchases.LookAsync(merchantId, sessionId, cancellationToken).ConfigureAwait(false))
        {
            (kind, told) = (look.Kind, look.Steps.Count > 0 && look.Steps[^1].Before != look.Steps[^1].Record.Stage ? look.Steps[^1].Record : null);
            await TellAsync(look).ConfigureAwait(false);
        }

        if (told is not null)
        {
            await purchases.ToldAsync(told, cancellationToken).ConfigureAwait(false);
        }

        return kind;
    }

    private async Task TellAsync(OrderLook look)
    {
        foreach (var (before, record) in look.Steps)
        {
            await TellAsync(before, record).ConfigureAwait(false);
        }

        if (look.Order is { } order)
        {
            await PublishAsync(look.Steps[^1].Record, order).ConfigureAwait(false);
        }
    }

    // Stable, unique and 36 characters long, whatever ids the merchant gives.
    private static string IdOf(PurchaseRecord record, Parcel parcel) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{record.Id}\n{parcel.Id}")).AsSpan(0, 16), bigEndian: true).ToString();

    // A word for the item; without one, everything under way is meant.
    private static bool IsNamed(PurchaseRecord record, string? item) => string.IsNullOrWhiteSpace(item)
        || record.Order.Lines.Any(line => Commerce.Ranking.WordMatch.IsNamed(item, line.Title))
        || Commerce.Ranking.WordMatch.IsNamed(item, record.MerchantName);

    private async Task TellAsync(PurchaseStage before, PurchaseRecord record)
    {
        await PublishAsync(record).ConfigureAwait(false);
        var phrases = Phrases.For(record.Language, "");
        if (before != record.Stage && News(phrases, before, record) is { } clause)
        {
            await voice.SayAsync(phrases, [clause], null, voice.Frame("", SpeakerZone.Unknown)).ConfigureAwait(false);
        }
    }

    private string? News(Phrases phrases, PurchaseStage before, PurchaseRecord record) => (before, record.Stage) switch
    {
        (_, PurchaseStage.Placed) when before != PurchaseStage.Withdrawing => phrases.Placed(record, services.Time.GetLocalNow()),
        (PurchaseStage.Withdrawing, PurchaseStage.Placed) => phrases.NotCanceled,
        (PurchaseStage.Placed or PurchaseStage.Withdrawing, PurchaseStage.Canceled) => phrases.TakenBack(record.Summary),
        (_, PurchaseStage.Disputed) => phrases.OutcomeLost(record),
        _ when record.IsUndecided => null,
        (PurchaseStage.Committing or PurchaseStage.Quoted, PurchaseStage.Canceled or PurchaseStage.Abandoning or PurchaseStage.Failed) =>
            phrases.NotOrdered(record.Summary, record.Reason),
        (PurchaseStage.Abandoning, PurchaseStage.Canceled) when record.MayBeOrdered => phrases.NotOrdered(record.Summary, CommerceReasons.OutcomeOpen),
        _ => null,
    };

    private ValueTask PublishAsync(PurchaseRecord record) => recorder.PublishAsync(new OrderStatus(
        record.Id,
        record.Stage switch
        {
            _ when record.IsUndecided => OrderState.Unknown,
            PurchaseStage.Placed or PurchaseStage.Withdrawing => OrderState.Placed,
            PurchaseStage.Fulfilled => OrderState.Fulfilled,
            PurchaseStage.Canceled or PurchaseStage.Abandoning => OrderState.Canceled,
            PurchaseStage.Failed => OrderState.Failed,
            PurchaseStage.Quoted => OrderState.Prepared,
            _ => OrderState.Unknown,
        },
        record.Summary,
        record.Reason,
        record.MerchantId,
        record.Charged ?? record.Total));

    private async ValueTask PublishAsync(PurchaseRecord record, PlacedOrder order)
    {
        await PublishAsync(record).ConfigureAwait(false);
        foreach (var parcel in order.Parcels)
        {
            await recorder.PublishAsync(new ParcelStatus(
                IdOf(record, parcel), parcel.Progress, parcel.Carrier, parcel.Title.Length > 0 ? parcel.Title : record.Summary, parcel.ExpectedAt)).ConfigureAwait(false);
        }
    }

    private async Task AskWhichAsync(Turn turn, TurnPart part)
    {
        part.ReasonCode = AgentReasons.Clarify;
        await recorder.OwnAsync(DecisionKind.Ask, AgentReasons.Clarify, turn.Utterance, part.Tool, ActionClass.Prepare).ConfigureAwait(false);
        if (!turn.TryAsk(turn.Phrases.WhichOrder, ""))
        {
            part.Clauses.Add(turn.Phrases.QuestionOpen);
        }
    }
}
