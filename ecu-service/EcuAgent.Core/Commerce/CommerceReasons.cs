namespace EcuAgent.Core.Commerce;

/// <summary>Stable reason codes of commerce, at most 48 characters.</summary>
public static class CommerceReasons
{
    /// <summary>Answered and done.</summary>
    public const string Done = "done";

    /// <summary>No merchant is set up for this need.</summary>
    public const string NotConfigured = "merchant_not_configured";

    /// <summary>The merchant has nothing that fits.</summary>
    public const string NothingFound = "nothing_found";

    /// <summary>The merchant is closed at that time.</summary>
    public const string Closed = "merchant_closed";

    /// <summary>No connection; nothing was sent.</summary>
    public const string Unreachable = "merchant_unreachable";

    /// <summary>No answer, or a broken one.</summary>
    public const string NoAnswer = "merchant_no_answer";

    /// <summary>The answer broke the protocol.</summary>
    public const string BadAnswer = "merchant_bad_answer";

    /// <summary>The merchant does not know this session or order.</summary>
    public const string NotFound = "session_not_found";

    /// <summary>The merchant says that the session is over: completed or canceled.</summary>
    public const string SessionClosed = "session_closed";

    /// <summary>The protocol has no way to put this change into an open session: a new one has to be opened. Nothing was changed.</summary>
    public const string NewSessionNeeded = "new_session_needed";

    /// <summary>The item is sold out.</summary>
    public const string OutOfStock = "out_of_stock";

    /// <summary>The merchant does not bring or hand it over in the way that is wanted.</summary>
    public const string DeliveryNotOffered = "delivery_not_offered";

    /// <summary>The merchant has other items or quantities than were asked for.</summary>
    public const string ItemsDiffer = "items_differ";

    /// <summary>The payment was declined.</summary>
    public const string PaymentDeclined = "payment_declined";

    /// <summary>No means of payment is set up.</summary>
    public const string NoInstrument = "no_payment_method";

    /// <summary>The person has to do something on a screen: sign in, look at terms, prove their age.</summary>
    public const string NeedsScreen = "needs_screen";

    /// <summary>Price or terms are not those that were read back.</summary>
    public const string TermsChanged = "terms_changed";

    /// <summary>Above the cap for one order.</summary>
    public const string OverOrderCap = "over_order_cap";

    /// <summary>Above the cap for the trip.</summary>
    public const string OverTripCap = "over_trip_cap";

    /// <summary>Above the cap for the day.</summary>
    public const string OverDayCap = "over_day_cap";

    /// <summary>No cap is set for this currency.</summary>
    public const string CurrencyNotListed = "currency_not_listed";

    /// <summary>The amount is not known.</summary>
    public const string AmountUnknown = "amount_unknown";

    /// <summary>The journal could not be written; nothing was sent.</summary>
    public const string NotRecorded = "journal_not_written";

    /// <summary>Whether it was ordered is not known yet.</summary>
    public const string OutcomeOpen = "outcome_open";

    /// <summary>Whether it was ordered could not be found out.</summary>
    public const string OutcomeLost = "outcome_unknown";

    /// <summary>The merchant charged something else than was agreed.</summary>
    public const string ChargedDifferently = "charged_differently";

    /// <summary>The merchant does not take this back any more.</summary>
    public const string NotCancelable = "not_cancelable";
}
