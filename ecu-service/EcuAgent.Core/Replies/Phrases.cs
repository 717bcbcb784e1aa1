using EcuAgent.Core.Agent;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.Core.Replies;

/// <summary>
/// Everything that the assistant can say, in one language. Methods give clauses: no capital at the start, no punctuation at the end
/// (<see cref="ReplyComposer"/> adds both). All of them state facts that they are given; none is called for something that has not happened.
/// </summary>
internal abstract class Phrases
{
    /// <summary>"en" or "zh".</summary>
    public abstract string Language { get; }

    /// <summary>Between two clauses of one sentence.</summary>
    public abstract string Joint { get; }

    /// <summary>Between two sentences.</summary>
    public abstract string Gap { get; }

    public abstract string OneMoment { get; }

    public abstract string Interrupted { get; }

    public abstract string SayAgain { get; }

    public abstract string NotUnderstood { get; }

    public abstract string TooManyRequests { get; }

    public abstract string ModelUnavailable { get; }

    public abstract string TooManyCommands { get; }

    public abstract string QuestionOpen { get; }

    public abstract string NotRecorded { get; }

    public abstract string WhichDay { get; }

    /// <summary>It can be ordered for today, and another day was said; nothing was ordered.</summary>
    public abstract string OnlyToday { get; }

    /// <summary>The phrases for a language tag; without a tag, Chinese characters in the text decide.</summary>
    public static Phrases For(string language, string text)
    {
        if (language.Length > 0)
        {
            return language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? ChinesePhrases.Instance : EnglishPhrases.Instance;
        }

        return text.Any(c => c is >= '\u4e00' and <= '\u9fff') ? ChinesePhrases.Instance : EnglishPhrases.Instance;
    }

    public abstract string Sentence(string clause);

    public abstract string Question(string clause);

    public abstract string DidYouMean(string first, string second);

    /// <summary>What is true after a completed command. <paramref name="value"/> is what is really set.</summary>
    public abstract string Done(VehicleCommand command, double? value);

    /// <summary>The ECU set another value than was asked for.</summary>
    public abstract string Limited(HvacCommand command, double asked, double applied);

    /// <summary>The ECU reports it done, its state does not show it.</summary>
    public abstract string NotShown(VehicleCommand command, double? value);

    /// <summary>The ECU reports it done, its state shows something else.</summary>
    public abstract string Contradicted(VehicleCommand command, double? observed);

    /// <summary>A command ended otherwise than completed.</summary>
    public abstract string NotDone(VehicleCommand command, CommandState state, string reason);

    public abstract string Denied(GateReason reason);

    public abstract string PlaceNotFound(string name);

    public abstract string NoPlaces { get; }

    public abstract string SavedPlaceMissing(bool home);

    public abstract string PlacesUnavailable { get; }

    public abstract string WhichPlace(IReadOnlyList<string> options);

    public abstract string PlaceList(IReadOnlyList<string> options);

    public abstract string Option(string name, double distanceM, double bearingDeg, double? headingDeg);

    public abstract string NothingChosen { get; }

    public abstract string NothingToChoose { get; }

    /// <summary>Asks which one, because prices or ratings of the options are not known.</summary>
    public abstract string NotKnownOfOptions(string which, IReadOnlyList<string> options);

    public abstract string AlreadyAStop(string name);

    /// <summary>Tells that a stop chosen before stays on the route beside the one chosen instead.</summary>
    public abstract string StopStays(string name);

    public abstract string HeadingUnknown { get; }

    public abstract string PlaceBeside(string side, string name, double distanceM);

    public abstract string NothingBeside(string side, double withinM);

    public abstract string NoRoute { get; }

    public abstract string Deferred(string summary);

    public abstract string DeferralFull(string summary);

    public abstract string DeferralExpired(string summary);

    /// <summary>Asks whether what had to wait shall be taken up.</summary>
    public abstract string Resume(IReadOnlyList<string> summaries);

    public abstract string NoMerchant(MerchantNeed need);

    /// <summary>No merchant could be asked, or none answered.</summary>
    public abstract string MerchantsUnavailable { get; }

    /// <summary>The merchant did not answer: it is not known whether it took the order.</summary>
    public abstract string MerchantSilent(string summary);

    public abstract string NothingOffered { get; }

    /// <summary>Nothing that was found keeps the diets: the one that was said and the standing ones.</summary>
    public abstract string NothingKeeps(IReadOnlyList<string> diets);

    /// <summary>Nothing that was found keeps to what one may cost, or has a price in that currency.</summary>
    /// <param name="reason">How the budget left it out, see <see cref="LeftOutReasons"/>.</param>
    /// <param name="budget">What one may cost.</param>
    /// <param name="need">What for.</param>
    public abstract string NothingInBudget(string reason, Money budget, MerchantNeed need);

    public abstract string Offers(IReadOnlyList<string> options);

    public abstract string Offer(RankedOffer offer);

    /// <summary>What is in the cart, at whom and for how much; nothing is ordered.</summary>
    public abstract string Prepared(PurchaseRecord quote);

    /// <summary>Asks for the yes: merchant, what, total, and when it comes.</summary>
    /// <param name="summary">What it is, in the words of the person.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="session">The merchant's session.</param>
    /// <param name="offer">The offer that was chosen.</param>
    /// <param name="now">The present, in the car's time zone.</param>
    /// <param name="notes">What else there is to tell.</param>
    public abstract string ReadBack(
        string summary, PurchaseRecord quote, CheckoutSession session, RankedOffer? offer, DateTimeOffset now, ReadBackNotes notes);

    /// <summary>The merchant has the order.</summary>
    public abstract string Placed(PurchaseRecord record, DateTimeOffset now);

    /// <summary>It was not ordered, and why; nothing was paid.</summary>
    public string NotOrdered(string summary, string reason) => KindOf(reason) switch
    {
        CommerceReasons.NotRecorded => NotRecorded,
        CommerceReasons.NoAnswer => MerchantsUnavailable,
        var kind => Text(NotOrderedTexts.GetValueOrDefault(kind, NotOrderedOtherwise), summary),
    };

    /// <summary>It was not ordered, because nothing keeps the diets.</summary>
    public string NotOrderedForDiets(string summary, IReadOnlyList<string> diets) => NothingKeeps(diets) + NotCarriedOut(summary);

    /// <summary>It was not ordered, because nothing is within the budget; names what there is beyond it, so that it can be asked for.</summary>
    public string NotOrderedForBudget(string summary, string reason, Money budget, MerchantNeed need, RankedOffer best) =>
        NothingInBudget(reason, budget, need) + NotCarriedOut(summary) + Joint + Beyond(best);

    /// <summary>A change of an order was not made; the order is as it was.</summary>
    public abstract string NotChanged(string reason);

    /// <summary>What is due is another amount than was said; nothing was paid.</summary>
    public abstract string AmountDiffers(PurchaseRecord quote);

    /// <summary>It could not be found out whether it was ordered.</summary>
    public abstract string OutcomeLost(PurchaseRecord record);

    /// <summary>How far an order is.</summary>
    public string Progress(PurchaseRecord record, PlacedOrder order, DateTimeOffset now)
    {
        var parcel = order.Parcels is [var only, ..] ? only : null;
        var progress = parcel?.Progress is { } told and not OrderProgress.Unknown ? told : order.Progress;
        return Progress(
            record,
            ProgressTexts.GetValueOrDefault(progress, ProgressTexts[OrderProgress.Unknown]),
            parcel?.Carrier ?? "",
            order.Progress is OrderProgress.Fulfilled ? null : parcel?.ExpectedAt,
            now);
    }

    public abstract string NothingToTrack { get; }

    /// <summary>The merchant took an order back.</summary>
    public abstract string TakenBack(string summary);

    public abstract string Declined(string summary);

    public abstract string Canceled(string summary);

    public abstract string NotCanceled { get; }

    public abstract string NothingToCancel { get; }

    public abstract string WhichOrder { get; }

    public abstract string HowMuch { get; }

    public abstract string Revoked(string summary);

    public abstract string QuestionExpired(string summary);

    public abstract string NotAYes { get; }

    /// <summary>What a commit tool is about, as a noun: "the order of two pizzas".</summary>
    public abstract string Summary(string tool, Catalogue.ToolArguments arguments);

    public abstract string NotKnown(string tool, string about);

    public abstract string Temperature(string about, double degreesCelsius);

    public abstract string FanLevel(int level);

    public abstract string ClimateSettings(bool on, double targetCelsius, int fanLevel);

    public abstract string Arrival(TimeSpan remaining, string destination);

    public abstract string Remaining(double distanceM, string destination);

    public abstract string Position(double latitudeDeg, double longitudeDeg);

    public abstract string TowardsPlace(string option);

    public abstract string Level(string about, double percent);

    public abstract string Range(double rangeM);

    public abstract string Speed(double speedMps);

    public abstract string OtherFunction(string function);

    /// <summary>What the person has to do to set something up: none of it goes by voice.</summary>
    public abstract string Setup(string what);

    /// <summary>How is paid, within which limits, and what was spent.</summary>
    public abstract string PaymentSetup(PaymentFacts facts);

    /// <summary>The newest payment; null when there is none.</summary>
    public abstract string LastCharge(PurchaseRecord? paid);

    /// <summary>The newest payment that was declined; null when there is none.</summary>
    public abstract string LastDecline(PurchaseRecord? declined);

    /// <summary>The newest order that was paid and taken back; null when there is none.</summary>
    public abstract string LastRefund(PurchaseRecord? refunded);

    public abstract string BalanceUnknown(Money spentToday);

    public abstract string Chat(string topic);

    public abstract string Clarify(string about);

    public abstract string Refuse(string reason);

    /// <summary>Several errands along one way: where, when, and what that costs in time.</summary>
    public abstract string Plan(SpokenPlan plan, DateTimeOffset now);

    /// <summary>An errand is not in the plan, and why.</summary>
    public string LeftOut(string summary, string reason) => Text(LeftOutTexts.GetValueOrDefault(reason, LeftOutOtherwise), summary);

    /// <summary>There is no plan for the way itself, so the errands are taken one after the other.</summary>
    public abstract string NoPlan(string reason);

    public abstract string TooManyErrands(string summary);

    /// <summary>The same is planned already.</summary>
    public abstract string AlreadyPlanned(string summary);

    public abstract string PlanDropped { get; }

    public abstract string PlanExpired { get; }

    public abstract string ToolAmbiguous { get; }

    public abstract string ToolTooLong { get; }

    /// <summary>A call of a tool of others, as a noun.</summary>
    public abstract string ToolSummary(ToolWords words);

    /// <summary>Asks for the yes to a call of a tool of others.</summary>
    /// <param name="summary">What would be called.</param>
    /// <param name="isChanged">The tool is defined otherwise than when it was allowed.</param>
    public abstract string ToolReadBack(string summary, bool isChanged);

    /// <summary>What came of a call of a tool of others.</summary>
    /// <param name="words">The call.</param>
    /// <param name="answer">Its end.</param>
    /// <param name="acts">True where it does something, false where it only tells.</param>
    /// <param name="quote">What the tool wrote, fit to be quoted (<see cref="Quotation"/>); may be empty.</param>
    public abstract string ToolTold(ToolWords words, ToolAnswer answer, bool acts, string quote);

    /// <summary>Why an errand is not in the plan, by code; {0} is what it is.</summary>
    protected abstract IReadOnlyDictionary<string, string> LeftOutTexts { get; }

    /// <summary>For every other code.</summary>
    protected abstract string LeftOutOtherwise { get; }

    /// <summary>Goes on after what hindered an order.</summary>
    protected abstract string NotCarriedOut(string summary);

    /// <summary>What there is beyond the budget, and how to get it.</summary>
    protected abstract string Beyond(RankedOffer best);

    /// <summary>The diets of an offer that nobody had to say.</summary>
    protected static IEnumerable<string> StandingDiets(RankedOffer? offer) => (offer?.Reasons ?? [])
        .Where(reason => reason.Value == WhyReason.Preference && reason.Code.StartsWith(WhyCodes.DietPrefix, StringComparison.Ordinal))
        .Select(reason => reason.Code[WhyCodes.DietPrefix.Length..]);

    /// <summary>Why it was not ordered, by code; {0} is what it is.</summary>
    protected abstract IReadOnlyDictionary<string, string> NotOrderedTexts { get; }

    /// <summary>For every other code.</summary>
    protected abstract string NotOrderedOtherwise { get; }

    protected abstract IReadOnlyDictionary<OrderProgress, string> ProgressTexts { get; }

    /// <summary>Who, what, how far; by whom and when it comes, where that is known.</summary>
    protected abstract string Progress(PurchaseRecord record, string state, string carrier, DateTimeOffset? expected, DateTimeOffset now);

    /// <summary>Puts something into a text of a table.</summary>
    protected static string Text(string text, string what) => text.Replace("{0}", what, StringComparison.Ordinal);

    // Several codes, one answer.
    private static string KindOf(string reason) => reason switch
    {
        LeftOutReasons.ClosedAtArrival or LeftOutReasons.ClosedOnDay => CommerceReasons.Closed,
        LeftOutReasons.Unavailable => CommerceReasons.OutOfStock,
        LeftOutReasons.TooFar => CommerceReasons.NothingFound,
        AgentReasons.MerchantsFailed or AgentReasons.MerchantSilent or CommerceReasons.Unreachable => CommerceReasons.NoAnswer,
        _ => reason,
    };
}
