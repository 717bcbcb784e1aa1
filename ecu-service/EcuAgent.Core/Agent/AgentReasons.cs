namespace EcuAgent.Core.Agent;

/// <summary>Reason codes of the agent itself, beside those of the gate, the merchants and the ECUs. At most 48 characters.</summary>
public static class AgentReasons
{
    /// <summary>The recognizer was not sure enough to do anything.</summary>
    public const string UtteranceUnclear = "utterance_unclear";

    /// <summary>The recognizer's hypotheses mean different things.</summary>
    public const string HypothesesDisagree = "hypotheses_disagree";

    /// <summary>Too many utterances were waiting.</summary>
    public const string Busy = "busy";

    /// <summary>Another service had the request, may have carried it out, and ended before it replied.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The model threw. Also a degraded reason until it answers again.</summary>
    public const string ModelFailed = "model_failed";

    /// <summary>The model did not answer in time. Also a degraded reason until it answers again.</summary>
    public const string ModelTimedOut = "model_timed_out";

    /// <summary>The model proposed nothing.</summary>
    public const string NoCalls = "model_no_calls";

    /// <summary>The call broke the schema.</summary>
    public const string CallInvalid = "call_invalid";

    /// <summary>Carrying the call out threw: a fault of ours, logged as error.</summary>
    public const string CallFaulted = "call_faulted";

    /// <summary>Several places fit equally well.</summary>
    public const string PlaceAmbiguous = "place_ambiguous";

    /// <summary>No place fits.</summary>
    public const string PlaceNotFound = "place_not_found";

    /// <summary>The ECU that owns the map did not answer.</summary>
    public const string PlacesUnavailable = "places_unavailable";

    /// <summary>Where the car is is not known.</summary>
    public const string PositionUnknown = "position_unknown";

    /// <summary>No route is followed, so there is no destination that something could be near.</summary>
    public const string DestinationUnknown = "destination_unknown";

    /// <summary>The person wants the order otherwise than it was read back.</summary>
    public const string Changed = "order_changed";

    /// <summary>Which way the car faces is not known.</summary>
    public const string HeadingUnknown = "heading_unknown";

    /// <summary>Nothing was offered that could be chosen from.</summary>
    public const string NothingOffered = "nothing_offered";

    /// <summary>What was said does not decide between the options.</summary>
    public const string ChoiceUnclear = "choice_unclear";

    /// <summary>The model gave an amount of money that was not said; it was not used.</summary>
    public const string AmountNotSaid = "amount_not_said";

    /// <summary>A day was said and it cannot be told which.</summary>
    public const string DayUnclear = "day_unclear";

    /// <summary>The day that it was asked for is over.</summary>
    public const string DayOver = "day_over";

    /// <summary>It cannot be had for another day than today.</summary>
    public const string OnlyToday = "only_today";

    /// <summary>Another question is open.</summary>
    public const string QuestionAlreadyOpen = "question_already_open";

    /// <summary>It goes on as one of several errands, each an order of its own.</summary>
    public const string PlannedTogether = "planned_together";

    /// <summary>The person is asked to say more.</summary>
    public const string Clarify = "clarify";

    /// <summary>The person said no.</summary>
    public const string Declined = "declined";

    /// <summary>The decision could not be recorded, so nothing was committed.</summary>
    public const string NotRecorded = "audit_unavailable";

    /// <summary>What was said could be a call of several tools of others.</summary>
    public const string ToolAmbiguous = "tool_ambiguous";

    /// <summary>What was said is too long to be read back in one reply, so nobody could say yes to all of it.</summary>
    public const string TooLongToReadBack = "too_long_to_read_back";

    /// <summary>A tool of others was not ready to be called in time; nothing was sent.</summary>
    public const string ToolTimedOut = "tool_timed_out";

    /// <summary>This service of a pair does not lead any more.</summary>
    public const string NotLeading = "not_leading";

    /// <summary>No merchant answered in time.</summary>
    public const string MerchantSilent = "merchant_silent";

    /// <summary>No merchant could be asked.</summary>
    public const string MerchantsFailed = "merchants_failed";

    /// <summary>What is due is not the amount that was said.</summary>
    public const string AmountDiffers = "amount_differs";
}
