using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>
/// A merchant and payment provider with sessions, idempotent requests and a ledger. Faults come from a queue, one for each request; a crash
/// ends the request never and calls <see cref="Crashed"/>.
/// </summary>
internal sealed class TestMerchant : ICommercePort, IPaymentPort
{
    internal const string Currency = "EUR";

    private readonly Dictionary<string, Session> _sessions = [];
    private readonly Dictionary<string, string> _opened = [];
    private readonly Dictionary<string, PaymentAllowance> _grants = [];
    private readonly HashSet<string> _used = [];
    private readonly List<(int Due, Action Act)> _late = [];

    internal MerchantProfile Profile { get; set; } = new("noodle-house", "Noodle House", Enum.GetValues<MerchantNeed>().ToHashSet());

    internal List<OfferQuery> Searched { get; } = [];

    internal List<CheckoutOrder> Opened { get; } = [];

    internal List<CheckoutOrder> Updated { get; } = [];

    internal HashSet<string> UpdateKeys { get; } = [];

    /// <summary>False where an open session cannot be changed.</summary>
    internal bool TakesChanges { get; set; } = true;

    /// <summary>How many orders were carried out.</summary>
    internal int Placed => Charges.Count(charge => charge.MinorUnits > 0);

    internal Queue<Fault> Faults { get; } = new();

    /// <summary>What goes wrong with a certain request, when the queue is empty.</summary>
    internal Func<Step, Fault> OnStep { get; set; } = _ => Fault.None;

    internal List<Step> Steps { get; } = [];

    internal List<Charge> Charges { get; } = [];

    internal Action Crashed { get; set; } = () => { };

    internal long UnitPrice { get; set; } = 1250;

    /// <summary>What a session costs besides its lines, from its next opening or change on.</summary>
    internal long Adds { get; set; }

    internal CheckoutState OpenState { get; set; } = CheckoutState.Ready;

    internal bool Declines { get; set; }

    /// <summary>The provider pays any amount, for the check of the check.</summary>
    internal bool IgnoresAllowance { get; set; }

    /// <summary>A completed session can be completed again, for the check of the check.</summary>
    internal bool IgnoresState { get; set; }

    /// <summary>A cancellation that nobody answered is told as done, for the check of the check.</summary>
    internal bool IsSilenceANo { get; set; }

    internal bool TakesBack { get; set; } = true;

    internal OrderProgress Progress { get; set; } = OrderProgress.Placed;

    internal List<CatalogueOffer> Catalogue { get; } =
        [new("noodle-house", "beef", "beef noodles", new Money(1250, Currency), IsSponsored: false, new HashSet<string> { "gluten_free", "vegan" })];

    /// <summary>True for a merchant that only tells what keeps the diets, as a product feed is read.</summary>
    internal bool KeepsDiets { get; set; }

    internal CheckoutDelivery? Delivery { get; set; }

    /// <summary>A merchant for one need, with one thing to sell.</summary>
    internal static TestMerchant For(string name, MerchantNeed need, GeoPoint? position, string title, OpeningHours? hours = null)
    {
        var id = name.ToLowerInvariant().Replace(' ', '-');
        var shop = new TestMerchant { Profile = new MerchantProfile(id, name, new HashSet<MerchantNeed> { need }, position, hours) };
        shop.Catalogue.Clear();
        shop.Sell(title);
        return shop;
    }

    internal void Sell(string title, Money? price = null, params string[] diets) => Catalogue.Add(
        new CatalogueOffer(Profile.Id, title.Replace(' ', '-'), title, price ?? new Money(UnitPrice, Currency), IsSponsored: false, diets.ToHashSet()));

    /// <summary>Called with the session when its order is carried out.</summary>
    internal Action<string> OnCompleted { get; set; } = _ => { };

    public IReadOnlyList<MerchantProfile> Merchants(MerchantNeed need) => Profile.Needs.Contains(need) ? [Profile] : [];

    public Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(string merchantId, OfferQuery query, CancellationToken cancellationToken)
    {
        Searched.Add(query);
        return Task.FromResult(CommerceAnswers.Done<IReadOnlyList<CatalogueOffer>>(
            [.. Catalogue.Where(offer => !KeepsDiets || query.Diets.All(offer.Diets.Contains))]));
    }

    public Task<CommerceAnswer<CheckoutSession>> OpenAsync(string merchantId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        Meet(Step.Open, () =>
        {
            if (!_opened.TryGetValue(idempotencyKey, out var id))
            {
                Opened.Add(order);
                id = _opened[idempotencyKey] = $"s{_opened.Count + 1}";
                _sessions[id] = new Session(id, order) { State = OpenState, Price = UnitPrice, Adds = Adds };
            }

            return CommerceAnswers.Done(Show(_sessions[id]));
        });

    public Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        string merchantId, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        Meet(Step.Update, () => On(sessionId, session =>
        {
            if (!TakesChanges)
            {
                return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NewSessionNeeded);
            }

            if (session.State != CheckoutState.Ready)
            {
                return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.SessionClosed);
            }

            if (UpdateKeys.Add(idempotencyKey))
            {
                Updated.Add(order);
                session.Order = order;
                session.Adds = Adds;
            }

            return CommerceAnswers.Done(Show(session));
        }));

    public Task<CommerceAnswer<CheckoutSession>> GetAsync(string merchantId, string sessionId, CancellationToken cancellationToken) =>
        Meet(Step.Get, () => On(sessionId, session =>
        {
            if (session.Pending is { } pending)
            {
                session.Pending = null;
                pending();
            }

            return CommerceAnswers.Done(Show(session));
        }));

    public Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance allowance, string idempotencyKey, CancellationToken cancellationToken) =>
        Meet(Step.Grant, () =>
        {
            var token = $"t{_grants.Count + 1}";
            _grants[token] = allowance;
            return CommerceAnswers.Done(new PaymentGrant(token));
        });

    public Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        string merchantId, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken) =>
        Meet(
            Step.Complete,
            () => On(sessionId, session => Complete(session, payment)),
            () => On(sessionId, session => Begin(session, payment)));

    public async Task<CommerceAnswer<CheckoutSession>> CancelAsync(string merchantId, string sessionId, string idempotencyKey, CancellationToken cancellationToken)
    {
        var answer = await Meet(Step.Cancel, () => On(sessionId, session =>
        {
            if (session.State is CheckoutState.Completed or CheckoutState.Completing)
            {
                return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.SessionClosed);
            }

            session.State = CheckoutState.Canceled;
            return CommerceAnswers.Done(Show(session));
        }));
        return IsSilenceANo && answer.Outcome == CommerceOutcome.Unknown
            ? CommerceAnswers.Done(Show(_sessions[sessionId]) with { State = CheckoutState.Canceled })
            : answer;
    }

    public Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        string merchantId, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken) =>
        Meet(Step.CancelOrder, () => On(sessionId, session =>
        {
            if (!TakesBack && !session.IsTakenBack)
            {
                return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NotCancelable);
            }

            if (!session.IsTakenBack)
            {
                session.IsTakenBack = true;
                Charges.Add(new Charge(session.Id, -session.Total));
            }

            return CommerceAnswers.Done(Show(session));
        }));

    /// <summary>From now on nothing that orders or cancels is answered.</summary>
    /// <param name="first">What happens to the first request to order; the others and all cancellations get lost on the way.</param>
    internal void LoseOrderAndCancellation(Fault first)
    {
        var sent = 0;
        OnStep = step => step switch
        {
            Step.Complete => sent++ == 0 ? first : Fault.LostRequest,
            Step.Cancel => Fault.LostRequest,
            _ => Fault.None,
        };
    }

    internal void ForgetSessions() => _sessions.Clear();

    private CommerceAnswer<CheckoutSession> Complete(Session session, PaymentGrant payment)
    {
        if (session.State == CheckoutState.Completed && !IgnoresState)
        {
            return CommerceAnswers.Done(Show(session));
        }

        if (session.State is not CheckoutState.Ready && !IgnoresState)
        {
            return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.SessionClosed);
        }

        var allowance = _grants[payment.Token];
        var fits = allowance.SessionId == session.Id && (IgnoresAllowance || allowance.Limit.MinorUnits >= session.Total);
        if (Declines || !fits || (!_used.Add(payment.Token) && !IgnoresState))
        {
            session.Remarks = [new CheckoutRemark(CommerceReasons.PaymentDeclined, IsError: true, NeedsPerson: false, "declined")];
            return CommerceAnswers.Done(Show(session));
        }

        OnCompleted(session.Id);
        session.State = CheckoutState.Completed;
        Charges.Add(new Charge(session.Id, session.Total));
        return CommerceAnswers.Done(Show(session));
    }

    private CommerceAnswer<CheckoutSession> On(string sessionId, Func<Session, CommerceAnswer<CheckoutSession>> act) =>
        _sessions.TryGetValue(sessionId, out var session) ? act(session) : CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NotFound);

    private Task<CommerceAnswer<T>> Meet<T>(Step step, Func<CommerceAnswer<T>> act, Func<CommerceAnswer<T>>? begin = null)
        where T : class
    {
        Steps.Add(step);
        foreach (var late in _late.Where(request => request.Due < Steps.Count).ToList())
        {
            _late.Remove(late);
            late.Act();
        }

        var fault = Faults.TryDequeue(out var next) ? next : OnStep(step);
        switch (fault)
        {
            case Fault.NotSent:
                return Task.FromResult(CommerceAnswers.NotSent<T>(CommerceReasons.Unreachable));
            case Fault.LostRequest:
                return Task.FromResult(CommerceAnswers.Unknown<T>(CommerceReasons.NoAnswer));
            case Fault.Late:
                _late.Add((Steps.Count + 3, () => act()));
                return Task.FromResult(CommerceAnswers.Unknown<T>(CommerceReasons.NoAnswer));
            case Fault.LostAnswer:
                act();
                return Task.FromResult(CommerceAnswers.Unknown<T>(CommerceReasons.NoAnswer));
            case Fault.Refused:
                return Task.FromResult(CommerceAnswers.Refused<T>("refused"));
            case Fault.Thrown:
                act();
                return Task.FromException<CommerceAnswer<T>>(new IOException("broken"));
            case Fault.Silent:
                return new TaskCompletionSource<CommerceAnswer<T>>().Task;
            case Fault.CrashBefore:
                Crashed();
                return new TaskCompletionSource<CommerceAnswer<T>>().Task;
            case Fault.CrashAfter:
                act();
                Crashed();
                return new TaskCompletionSource<CommerceAnswer<T>>().Task;
            case Fault.PriceChange:
                foreach (var session in _sessions.Values.Where(s => s.State == CheckoutState.Ready))
                {
                    session.Price += 100;
                }

                return Task.FromResult(act());
            case Fault.Slow when begin is not null:
                begin();
                return Task.FromResult(CommerceAnswers.Unknown<T>(CommerceReasons.NoAnswer));
            default:
                return Task.FromResult(act());
        }
    }

    // The merchant has the request and works on it: what is seen meanwhile is "completing".
    private CommerceAnswer<CheckoutSession> Begin(Session session, PaymentGrant payment)
    {
        if (session.State == CheckoutState.Ready)
        {
            session.State = CheckoutState.Completing;
            session.Pending = () =>
            {
                session.State = CheckoutState.Ready;
                Complete(session, payment);
            };
        }

        return CommerceAnswers.Done(Show(session));
    }

    private CheckoutSession Show(Session session) => new()
    {
        MerchantId = Profile.Id,
        SessionId = session.Id,
        State = session.State,
        Total = new Money(session.Total, Currency),
        Lines = [.. session.Order.Lines.Select(line => new CheckoutLine(line.OfferId, line.Title, line.Quantity, session.Price * line.Quantity))],
        Remarks = session.Remarks,
        Delivery = Delivery,
        IsCancelableLater = TakesBack,
        Order = session.State == CheckoutState.Completed
            ? new PlacedOrder(
                "o-" + session.Id,
                "4711",
                session.IsTakenBack ? OrderProgress.Canceled : Progress,
                new Money(session.Total, Currency),
                session.IsTakenBack ? new Money(session.Total, Currency) : null,
                [])
            : null,
    };

    private sealed class Session(string id, CheckoutOrder order)
    {
        public string Id { get; } = id;

        public CheckoutOrder Order { get; set; } = order;

        public long Price { get; set; }

        /// <summary>Fees of the merchant.</summary>
        public long Adds { get; set; }

        public long Total => (Price * Order.Lines.Sum(line => line.Quantity)) + Adds;

        public CheckoutState State { get; set; }

        public bool IsTakenBack { get; set; }

        public Action? Pending { get; set; }

        public IReadOnlyList<CheckoutRemark> Remarks { get; set; } = [];
    }
}
