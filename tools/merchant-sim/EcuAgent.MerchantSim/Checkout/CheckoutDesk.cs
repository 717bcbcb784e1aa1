using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Orders;
using EcuAgent.MerchantSim.Payments;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>
/// The checkout of one shop, the same for all protocols. Each operation is done whole or refused; a session is ordered and charged at
/// most once, whatever keys and however many requests come at the same time.
/// </summary>
internal sealed class CheckoutDesk(Shop shop, OrderBook orders, PaymentProvider provider, TimeProvider time, TimeSpan sessionLifetime)
{
    private static readonly TimeSpan SlipAllowed = TimeSpan.FromMinutes(10);

    private const int Ok = 200;
    private const int Created = 201;

    public Shop Shop { get; } = shop;

    public Answer Create(ICheckoutFace face, CartChange change, IReadOnlyList<string> interventions, IReadOnlyList<string>? extensions)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            var cart = new Cart();
            cart.Apply(change);
            var session = new CheckoutSession
            {
                Id = $"cs_{Guid.CreateVersion7(now):N}",
                Protocol = face.Protocol,
                CreatedAt = now,
                UpdatedAt = now,
                ExpiresAt = now + sessionLifetime,
                AgentInterventions = interventions,
                AgentExtensions = extensions,
                Quote = Shop.Quoter.Price(cart, isApproved: false, wantsAuthentication: false, now),
            };
            session.Cart.Apply(change);
            return WrongOption(session) is { } wrong
                ? face.Refuse(wrong)
                : Shop.Sessions.TryAdd(session, now)
                    ? Tell(face, session, now, Created)
                    : face.Refuse(new Refusal(RefusalReason.Full, "sessions_full", "Too many sessions are open; try again later."));
        }
    }

    public Answer Update(ICheckoutFace face, string id, CartChange change)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            if (Open(id, face.Protocol, now, out var session) is { } refusal)
            {
                return face.Refuse(refusal);
            }

            if (change.SelectedOption is { Length: > 0 } option && session.Quote.Offers.All(o => o.Id != option))
            {
                return face.Refuse(NoSuchOption(option));
            }

            session.Cart.Apply(change);
            session.UpdatedAt = now;
            session.Notices.Clear();
            Reprice(session, now);
            return Tell(face, session, now, Ok);
        }
    }

    /// <summary>Ids by which the lines of a session are known, their own and those of their items; null when there is no such session.</summary>
    public IReadOnlyList<string>? LinesOf(string id)
    {
        lock (Shop.Gate)
        {
            return Shop.Sessions.Find(id) is { } session
                ? [.. session.Cart.Lines.SelectMany(l => new[] { l.LineId, l.Product.Id })]
                : null;
        }
    }

    /// <summary>Products of a session; empty when there is no such session.</summary>
    public IReadOnlyList<string> ProductsOf(string id)
    {
        lock (Shop.Gate)
        {
            return Shop.Sessions.Find(id) is { } session ? [.. session.Cart.Lines.Select(l => l.Product.Id)] : [];
        }
    }

    public Answer Get(ICheckoutFace face, string id)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            if (Find(id, face.Protocol) is not { } session)
            {
                return face.Refuse(NotFound(id));
            }

            if (session.Order is { } order)
            {
                orders.Progress(order, now);
            }
            else if (IsOpen(session, now))
            {
                Reprice(session, now);
                NotePriceChange(session);
            }

            return Tell(face, session, now, Ok);
        }
    }

    /// <summary>Ends a session that is not completed.</summary>
    public Answer Cancel(ICheckoutFace face, string id, string key)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            var session = Find(id, face.Protocol);
            if (session is { IsCanceled: true } && session.FinishedKey == key)
            {
                return face.Show(session, now, Ok);
            }

            if (Open(id, face.Protocol, now, out session) is { } refusal)
            {
                return face.Refuse(refusal);
            }

            session.IsCanceled = true;
            session.FinishedKey = key;
            session.UpdatedAt = now;
            session.Notices.Clear();
            session.Notices.Add(Notice.Info("Checkout session has been canceled."));
            return face.Show(session, now, Ok);
        }
    }

    /// <summary>First half of a completion: nobody else may touch the session until <see cref="Commit"/>.</summary>
    /// <returns>The answer when there is nothing to complete; null when <see cref="Commit"/> is to follow.</returns>
    public Answer? Begin(ICheckoutFace face, string id, string key)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            var session = Find(id, face.Protocol);
            if (session is { Order: { } order } && session.FinishedKey == key)
            {
                // The answer to this very request was lost after the commit: it is resumed, not repeated.
                orders.Progress(order, now);
                return face.Show(session, now, Ok);
            }

            if (Open(id, face.Protocol, now, out session) is { } refusal)
            {
                return face.Refuse(refusal);
            }

            session.CompletingKey = key;
            return null;
        }
    }

    /// <summary>Second half: charges and orders, or says why not.</summary>
    public Answer Commit(ICheckoutFace face, string id, PaymentAttempt attempt)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            var session = Shop.Sessions.Find(id)!;
            session.CompletingKey = null;
            session.Cart.ApplyFinal(attempt.Buyer, attempt.OrderNotes);
            session.Notices.Clear();
            session.UpdatedAt = now;
            Reprice(session, now);
            if (session.Quote.Status is SessionStatus.AuthenticationRequired && attempt.AuthenticationOutcome is null)
            {
                // UCP knows no such result: its buyer authenticates on the continue page.
                if (session.Protocol is Protocol.Ucp)
                {
                    return Tell(face, session, now, Ok);
                }

                return face.Refuse(new Refusal(
                    RefusalReason.Invalid,
                    "requires_3ds",
                    "This session needs issuer authentication; the request has to bring an authentication_result.",
                    "$.authentication_result"));
            }

            if (IsPayable(session) && !(NotePriceChange(session) | NoteSlip(session)))
            {
                Pay(session, attempt, now);
            }

            return Tell(face, session, now, Ok);
        }
    }

    /// <summary>Puts a session back that was begun and cannot be committed.</summary>
    public void Abandon(string id)
    {
        lock (Shop.Gate)
        {
            if (Shop.Sessions.Find(id) is { } session)
            {
                session.CompletingKey = null;
            }
        }
    }

    /// <summary>A person agreed on the continue page.</summary>
    /// <returns>False when there is no such open session.</returns>
    public bool Approve(string id)
    {
        lock (Shop.Gate)
        {
            var now = time.GetUtcNow();
            if (Shop.Sessions.Find(id) is not { } session || !IsOpen(session, now))
            {
                return false;
            }

            session.IsApproved = true;
            Reprice(session, now);
            return true;
        }
    }

    private void Pay(CheckoutSession session, PaymentAttempt attempt, DateTimeOffset now)
    {
        if (session.Quote.Status is SessionStatus.AuthenticationRequired && !attempt.IsAuthenticated)
        {
            session.Notices.Add(Declined("The card's issuer did not authenticate the buyer."));
            return;
        }

        var orderId = $"ord_{Guid.CreateVersion7(now):N}";
        var charge = provider.Charge(new ChargeRequest(
            attempt.Token,
            Shop.Merchant.Id,
            session.Id,
            orderId,
            session.Quote.Total,
            Shop.Merchant.Currency,
            attempt.IsAuthenticated || session.IsApproved));
        switch (charge.Result)
        {
            case ChargeResult.Paid:
                Shop.Shelf.Take(session.Quote.Lines.SelectMany(l => l.Claims));
                session.Order = orders.Place(session, orderId, now);
                session.FinishedKey = attempt.Key;
                break;
            case ChargeResult.WantsAuthentication:
                session.InstrumentWantsAuthentication = true;
                Reprice(session, now);
                break;
            default:
                session.Notices.Add(Declined(charge.Reason));
                break;
        }
    }

    private static Notice Declined(string reason) => Notice.Error("payment_declined", reason, "$.payment_data", Resolution.RequiresBuyerInput);

    private static bool IsPayable(CheckoutSession session) =>
        session.Quote.Status is SessionStatus.ReadyForPayment or SessionStatus.AuthenticationRequired;

    private void Reprice(CheckoutSession session, DateTimeOffset now) =>
        session.Quote = Shop.Quoter.Price(session.Cart, session.IsApproved, session.InstrumentWantsAuthentication, now);

    /// <summary>Tells when the total is not the one of the last answer.</summary>
    private static bool NotePriceChange(CheckoutSession session)
    {
        if (session.ToldTotal is not { } told || told == session.Quote.Total)
        {
            return false;
        }

        session.Notices.RemoveAll(n => n.Code is "price_change");
        session.Notices.Add(Notice.Warning(
            "price_change", FormattableString.Invariant($"The total is {session.Quote.Total} minor units now; it was {told}."), "$.totals"));
        return true;
    }

    /// <summary>Tells when it would come much later than the last answer promised.</summary>
    private static bool NoteSlip(CheckoutSession session)
    {
        if (session.Quote.Selected?.From is not { } from || session.ToldFrom is not { } told || from - told <= SlipAllowed)
        {
            return false;
        }

        session.Notices.Add(Notice.Warning("shipping_delay", "It comes later than it was promised.", "$.fulfillment_options"));
        return true;
    }

    private static Answer Tell(ICheckoutFace face, CheckoutSession session, DateTimeOffset now, int status)
    {
        session.ToldTotal = session.Quote.Total;
        session.ToldFrom = session.Quote.Selected?.From;
        return face.Show(session, now, status);
    }

    private Refusal? Open(string id, Protocol protocol, DateTimeOffset now, out CheckoutSession session)
    {
        session = Find(id, protocol)!;
        return session?.StatusAt(now) switch
        {
            null => NotFound(id),
            SessionStatus.Completed => NotAllowed("session_completed", "completed"),
            SessionStatus.Canceled => NotAllowed("session_canceled", "canceled"),
            SessionStatus.Expired => NotAllowed("session_expired", "expired"),
            SessionStatus.CompleteInProgress => new Refusal(RefusalReason.Busy, "complete_in_progress", "A completion of this session is being worked on."),
            _ => null,
        };
    }

    private static bool IsOpen(CheckoutSession session, DateTimeOffset now) =>
        session.StatusAt(now) is not (SessionStatus.Completed or SessionStatus.Canceled or SessionStatus.Expired or SessionStatus.CompleteInProgress);

    // A session is spoken to in the protocol that opened it: the ids of the two do not mix.
    private CheckoutSession? Find(string id, Protocol protocol) =>
        Shop.Sessions.Find(id) is { } session && session.Protocol == protocol ? session : null;

    private static Refusal? WrongOption(CheckoutSession session) =>
        session.Cart.SelectedOption is { Length: > 0 } option && session.Quote.Offers.All(o => o.Id != option) ? NoSuchOption(option) : null;

    private static Refusal NoSuchOption(string option) => new(
        RefusalReason.Invalid, "invalid_fulfillment_option", $"There is no fulfillment option '{option}'.", "$.selected_fulfillment_options[0].option_id");

    private static Refusal NotFound(string id) => new(RefusalReason.NotFound, "session_not_found", $"There is no checkout session '{id}'.");

    private static Refusal NotAllowed(string code, string what) => new(RefusalReason.NotAllowed, code, $"The checkout session is {what}.");
}
