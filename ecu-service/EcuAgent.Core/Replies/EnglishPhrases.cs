using System.Globalization;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;
using EcuAgent.Signals;

namespace EcuAgent.Core.Replies;

/// <summary>What the assistant says in English.</summary>
internal sealed class EnglishPhrases : Phrases
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

    private static readonly string[] RelativeSectors =
        ["straight ahead", "ahead on the right", "on the right", "behind on the right", "behind you", "behind on the left", "on the left", "ahead on the left"];

    private static readonly string[] CompassSectors =
        ["to the north", "to the north-east", "to the east", "to the south-east", "to the south", "to the south-west", "to the west", "to the north-west"];

    private EnglishPhrases()
    {
    }

    public static EnglishPhrases Instance { get; } = new();

    public override string Language => "en";

    public override string Joint => "; ";

    public override string Gap => " ";

    public override string Interrupted => "I was interrupted, please see whether that was done, or say it again";

    public override string OneMoment => "one moment, I am still busy with what was said before";

    public override string SayAgain => "I did not hear that well, could you say it again";

    public override string NotUnderstood => "I did not understand that, could you say it in other words";

    public override string TooManyRequests => "those were more requests than I can take at once, so please say the last ones again";

    public override string ModelUnavailable => "I cannot work that out right now, and nothing was changed";

    public override string TooManyCommands => "too many commands are still open, so this was not sent";

    public override string QuestionOpen => "please answer the open question first";

    public override string NotRecorded => "this cannot be recorded safely right now, so nothing was ordered or paid";

    public override string NoPlaces => "I found no such place";

    public override string PlacesUnavailable => "the navigation does not answer, so I could not look for the place";

    public override string NothingChosen => "the route stays as it is";

    public override string NothingToChoose => "I have not offered anything to choose from, what are you looking for";

    public override string HeadingUnknown => "I do not know which way the car is facing, so I cannot tell what is beside it";

    public override string NotCanceled => "the merchant could not cancel it, so it stays as it was";

    public override string NothingToCancel => "I know of no order or booking that I could cancel";

    public override string WhichOrder => "which order or booking shall I cancel";

    public override string ToolAmbiguous => "that could mean several things, please say it more exactly";

    public override string ToolTooLong => "that is too long to be read back, so nothing was done";

    public override string WhichDay => "for which day exactly";

    public override string OnlyToday => "food can be ordered for today only, so nothing was ordered";

    public override string HowMuch => "how much exactly shall be paid";

    public override string NoRoute => "there is no active route";

    public override string MerchantsUnavailable => "no merchant answers right now, so nothing was ordered or paid";

    public override string NothingOffered => "I found no offer";

    public override string NotAYes => "I did not take that as a yes, shall I go on";

    public override string Sentence(string clause) => Capital(clause) + (EndsItself(clause) ? "" : ".");

    public override string Question(string clause) => Capital(clause) + (clause.EndsWith('?') ? "" : "?");

    public override string DidYouMean(string first, string second) => $"did you say \"{Spoken.Name(first)}\" or \"{Spoken.Name(second)}\"";

    public override string Done(VehicleCommand command, double? value) => command switch
    {
        HvacCommand hvac => Done(hvac, value),
        NavigationCommand { Action: NavigationAction.SetDestination } set => $"the route to {Spoken.Name(set.DestinationName)} is set",
        NavigationCommand { Action: NavigationAction.AddStop } stop => $"{Spoken.Name(stop.DestinationName)} is added as a stop",
        NavigationCommand { Action: NavigationAction.Cancel } => "the route guidance is off",
        NavigationCommand { Action: NavigationAction.SetAvoidance } route => route.Avoidance switch
        {
            RouteAvoidance.Tolls => "the route avoids tolls",
            RouteAvoidance.Highways => "the route avoids highways",
            RouteAvoidance.Ferries => "the route avoids ferries",
            RouteAvoidance.Traffic => "the route avoids traffic",
            _ => "the route avoids nothing any more",
        },
        _ => "it is done",
    };

    public override string Limited(HvacCommand command, double asked, double applied) =>
        $"{Done(command, applied)}, not {Spoken.Number(asked)}, because it was limited";

    public override string NotShown(VehicleCommand command, double? value) =>
        $"{Unit(command)} reports that {Done(command, value)}, but its state does not show it";

    public override string Contradicted(VehicleCommand command, double? observed) => observed is { } value && command is HvacCommand hvac && HasNumber(hvac)
        ? $"{Unit(command)} reported it done, but its state shows {Spoken.Number(value)} for {Subject(command)}"
        : $"{Unit(command)} reported it done, but its state shows something else for {Subject(command)}";

    public override string NotDone(VehicleCommand command, CommandState state, string reason) => state switch
    {
        CommandState.Rejected => $"{Subject(command)} was not changed: {Unit(command)} refused{Why(reason)}",
        CommandState.Expired => $"{Unit(command)} did not answer in time, so {Subject(command)} may not have changed",
        _ => reason switch
        {
            CommandReasons.NoPeer => $"{Subject(command)} was not changed: {Unit(command)} cannot be reached",
            CommandReasons.NotSent => $"{Subject(command)} was not changed: the command could not be sent",
            _ => $"{Subject(command)} was not changed: {Unit(command)} failed{Why(reason)}",
        },
    };

    public override string Denied(GateReason reason) => reason switch
    {
        GateReason.NotWhileMoving => "that is not possible while driving",
        GateReason.NotWhileIdling => "that is only possible when the car is parked",
        GateReason.NotWhileStateUnknown => "I cannot tell whether the car is parked, so I cannot do that now",
        GateReason.VoiceOnly => "that is only possible by voice now",
        GateReason.SpeakerIsChild or GateReason.SpeakerSeatEmpty or GateReason.SpeakerUnknown or GateReason.SpeakerNotPermitted =>
            "that has to be asked by a grown-up on a seat that I can tell",
        GateReason.AsrConfidenceLow => "I did not hear that well enough for this",
        GateReason.AmountOverOrderCap or GateReason.AmountOverTripCap => "that is above the spending limit for the way",
        GateReason.ConsentRevoked => "the car is not parked any more, so I did not go on",
        GateReason.ConsentExpired => "the yes came too late, so I did not go on",
        _ => "that is not permitted now",
    };

    public override string PlaceNotFound(string name) => $"I found no place called {Spoken.Name(name)}";

    public override string SavedPlaceMissing(bool home) => home ? "no home address is saved" : "no work address is saved";

    public override string WhichPlace(IReadOnlyList<string> options) => $"which one do you mean: {Numbered(options)}";

    public override string PlaceList(IReadOnlyList<string> options) =>
        options.Count == 1 ? $"I found {options[0]}" : $"I found {options.Count.ToString(CultureInfo.InvariantCulture)}: {Numbered(options)}";

    public override string Option(string name, double distanceM, double bearingDeg, double? headingDeg)
    {
        var text = Spoken.Name(name);
        if (double.IsFinite(distanceM))
        {
            text += $", {Distance(distanceM)}";
        }

        if (double.IsFinite(bearingDeg))
        {
            text += " " + (headingDeg is { } heading ? RelativeSectors[Spoken.Sector(bearingDeg, heading)] : CompassSectors[Spoken.Sector(bearingDeg, 0)]);
        }

        return text;
    }

    public override string NotKnownOfOptions(string which, IReadOnlyList<string> options) =>
        $"I know no {(which == "cheapest" ? "prices" : "ratings")} of them; {WhichPlace(options)}";

    public override string AlreadyAStop(string name) => $"{Spoken.Name(name)} is a stop already";

    public override string StopStays(string name) => $"{Spoken.Name(name)} is still a stop, because I cannot take a single stop off the route";

    public override string PlaceBeside(string side, string name, double distanceM) => $"{Side(side)} is {Spoken.Name(name)}, {Distance(distanceM)} away";

    public override string NothingBeside(string side, double withinM) => $"I know no place {Side(side)} within {Distance(withinM)}";

    public override string Canceled(string summary) => $"the merchant confirmed {summary}";

    public override string Deferred(string summary) => $"{summary} has to wait, and I will ask you again when the car is parked";

    public override string DeferralFull(string summary) => $"{summary} cannot wait as well, so please ask again when the car is parked";

    public override string DeferralExpired(string summary) => $"{summary} has waited too long and is dropped";

    public override string Resume(IReadOnlyList<string> summaries) => summaries is [var only]
        ? $"the car is parked now: shall I go on with {only}"
        : $"the car is parked now, and you wanted {string.Join(", ", summaries.SkipLast(1))} and {summaries[^1]}: shall I go on";

    public override string NoMerchant(MerchantNeed need) => need switch
    {
        MerchantNeed.Food => "no food merchant is set up, so I cannot search or order",
        MerchantNeed.Hotel => "no hotel merchant is set up, so I cannot search or book",
        MerchantNeed.Ticket => "no ticket merchant is set up, so I cannot search or book",
        MerchantNeed.Table => "no service for table reservations is set up, so I cannot book",
        MerchantNeed.Parcel => "no parcel service is set up, so I cannot look it up",
        _ => "no payment service is set up, so I cannot do that",
    };

    public override string Offers(IReadOnlyList<string> options) => PlaceList(options);

    public override string Offer(RankedOffer offer) =>
        (offer.IsSponsored ? "sponsored: " : "") + Spoken.Name(offer.Candidate.Offer.Title) + " from " + Spoken.Name(offer.Candidate.Merchant.Name)
        + (offer.Candidate.Offer.Price is { } price ? $" for {Spoken.Amount(price)}" : "") + Because(offer);

    public override string NothingKeeps(IReadOnlyList<string> diets) => $"I found nothing that is {string.Join(" and ", diets.Select(diet => Diet(diet).TrimEnd()))}";

    public override string NothingInBudget(string reason, Money budget, MerchantNeed need) => reason == LeftOutReasons.OverBudget
        ? $"I found nothing within your budget of {Budget(budget, need)}"
        : $"I found no price that I could compare with your budget of {Budget(budget, need)}";

    protected override string NotCarriedOut(string summary) => $", so {summary} was not carried out";

    protected override string Beyond(RankedOffer best) => $"by name you can still have {Offer(best)}";

    public override string Prepared(PurchaseRecord quote) =>
        $"{Lines(quote.Order.Lines)} from {Spoken.Name(quote.MerchantName)} for {Spoken.Amount(quote.Total!.Value)} is in the cart, and nothing is ordered yet";

    public override string ReadBack(
        string summary, PurchaseRecord quote, CheckoutSession session, RankedOffer? offer, DateTimeOffset now, ReadBackNotes notes) =>
        (notes.IsChanged ? "the price or the terms have changed; " : "")
        + (notes.IsRepeated ? "you ordered the same a short while ago; " : "")
        + $"{summary}: {(offer?.IsSponsored == true ? "sponsored, " : "")}{string.Concat(StandingDiets(offer).Select(Diet))}{Lines(quote.Order.Lines)} from {Spoken.Name(quote.MerchantName)} for {Spoken.Amount(quote.Total!.Value)}"
        + (notes.OverBudget is { } budget ? $", above your budget of {Budget(budget, quote.Order.Need)}" : "")
        + (quote.Order.Day is { } day ? On(day, now, quote.Order.Need) : "")
        + When(session.Delivery, quote.Order.ArriveAt, now)
        + (notes.Aboard is { } people ? For(people, quote.Order.Need) : "") + ", shall I go on";

    public override string Placed(PurchaseRecord record, DateTimeOffset now) =>
        $"{Spoken.Name(record.MerchantName)} confirmed {record.Summary}"
        + (record.Charged is { } charged ? $" for {Spoken.Amount(charged)}" : "")
        + (record.OrderNumber.Length > 0 ? $", number {Spoken.Name(record.OrderNumber)}" : "")
        + (record.ReadyAt is { } ready ? $", {Clock(ready, now)}" : "");

    public override string NotChanged(string reason) => reason switch
    {
        CommerceReasons.OutOfStock => "there is not enough of that, so the order was not changed",
        CommerceReasons.DeliveryNotOffered => "the merchant does not offer that way of delivery, so the order was not changed",
        _ => "the merchant could not change it, so the order is as it was",
    };

    public override string AmountDiffers(PurchaseRecord quote) =>
        $"{Spoken.Name(quote.MerchantName)} asks for {Spoken.Amount(quote.Total!.Value)}, not for what you said, so nothing was paid";

    public override string OutcomeLost(PurchaseRecord record) =>
        $"I could not find out whether {Spoken.Name(record.MerchantName)} took {record.Summary}, so please ask there before you order again";

    public override string NothingToTrack => "I know of no such order that is on its way";

    public override string TakenBack(string summary) => $"the merchant took back {summary}";

    public override string MerchantSilent(string summary) =>
        $"the merchant did not answer, so I do not know what became of {summary}";

    public override string Declined(string summary) => $"{summary} is dropped";

    public override string Revoked(string summary) => $"the car is not parked any more, so {summary} was not carried out";

    public override string QuestionExpired(string summary) => $"there was no answer, so {summary} was not carried out";

    public override string ToolSummary(ToolWords words) =>
        $"\"{ToolWords.Plain(words.Tool)}\" at {words.Server}"
        + (words.Arguments.Count == 0 ? "" : $" with {string.Join(", ", words.Arguments.Select(pair => $"{ToolWords.Plain(pair.Name)} {pair.Value}"))}")
        + words.Amount switch { null => "", { MinorUnits: 0 } => ", free of charge", { } amount => $", for {Spoken.Amount(amount)}" };

    public override string ToolReadBack(string summary, bool isChanged) =>
        $"{(isChanged ? "the tool is not the one any more that was allowed; " : "")}{summary}: shall I go on";

    public override string ToolTold(ToolWords words, ToolAnswer answer, bool acts, string quote)
    {
        var (server, tool) = (words.Server, $"\"{ToolWords.Plain(words.Tool)}\"");
        var says = quote.Length > 0 ? $", and says: \"{quote}\"" : "";
        return answer switch
        {
            { Outcome: CommerceOutcome.Done } when acts => $"{server} reports that {tool} is done{says}",
            { Outcome: CommerceOutcome.Done } => quote.Length > 0 ? $"{server} says: \"{quote}\"" : $"{server} has answered, but nothing that I could read out",
            { Outcome: CommerceOutcome.NotSent } => $"{server} cannot be reached, so {tool} was not sent",
            { Outcome: CommerceOutcome.Refused, Reason: ToolReasons.ToolFailed } => $"{server} reports that {tool} failed{says}",
            { Outcome: CommerceOutcome.Refused, Reason: ToolReasons.NotOffered } => $"{server} does not offer {tool} now, so nothing was sent",
            { Outcome: CommerceOutcome.Refused, Reason: ToolReasons.ArgumentsInvalid } => $"{server} does not take that for {tool}, so nothing was sent",
            { Outcome: CommerceOutcome.Refused } => $"{server} refused {tool}, so it was not done",
            { Reason: ToolReasons.ToolFailed } => $"{server} reports that {tool} failed, and I do not know whether some of it was done{says}",
            _ when acts => $"{server} gave no proper answer, so I do not know whether {tool} was done",
            _ => $"{server} gave no proper answer, so I do not know",
        };
    }

    public override string Summary(string tool, ToolArguments arguments)
    {
        var count = arguments.Integer("quantity") is { } quantity and > 1 ? quantity.ToString(CultureInfo.InvariantCulture) + " " : "";
        return tool switch
        {
            ToolNames.OrderFood or ToolNames.AddToCart =>
                $"the order of {count}{Diet(arguments.Text("diet"))}{Or(arguments.Text("item"), "food")}{Part(" from ", arguments.Text("merchant"))}{Arrive(arguments.Text("arrive"))}",
            ToolNames.BookHotel =>
                $"the hotel booking{Part(" in ", arguments.Text("place"))}{(arguments.Integer("nights") is { } nights ? $" for {nights} {(nights == 1 ? "night" : "nights")}" : "")}{Near(arguments.Text("near"))}",
            ToolNames.BookTicket => $"the booking of {count}{TicketKind(arguments.Text("kind"))} {(count.Length > 0 ? "tickets" : "ticket")}{Part(" for ", arguments.Text("what"))}{Near(arguments.Text("near"))}",
            ToolNames.BookTable =>
                $"the table reservation{Part(" at ", arguments.Text("restaurant"))}{(arguments.Integer("people") is { } people ? $" for {people}" : "")}",
            ToolNames.Pay =>
                $"the {PaymentKind(arguments.Text("kind"))}{Part(" to ", arguments.Text("payee"))}{(arguments.Number("amount") is { } amount ? $" of {Spoken.Number(amount)}" : "")}",
            ToolNames.CancelOrder => arguments.Text("kind") switch
            {
                "food" => "the cancellation of the food order",
                "hotel" => "the cancellation of the hotel booking",
                "ticket" => "the cancellation of the tickets",
                "table" => "the cancellation of the table reservation",
                "parcel" => "the cancellation of the parcel order",
                _ => "the cancellation",
            },
            ToolNames.AddStop => $"the stop{Part(" at ", arguments.Text("destination"))}",
            ToolNames.TrackParcel => "the parcel",
            _ => "the request",
        };
    }

    public override string NotKnown(string tool, string about) => (tool, about) switch
    {
        (ToolNames.GetClimateStatus, "inside_temperature") => "I do not know the inside temperature right now",
        (ToolNames.GetClimateStatus, "outside_temperature") => "I do not know the outside temperature right now",
        (ToolNames.GetClimateStatus, _) => "I do not know the climate settings right now",
        (ToolNames.GetRouteInfo, "position") => "I do not know where the car is right now",
        (ToolNames.GetRouteInfo, "traffic") => "I get no traffic information",
        (ToolNames.GetRouteInfo, _) => "the navigation tells me nothing about a route right now",
        (ToolNames.GetVehicleStatus, "fuel") => "I do not know the fuel level",
        (ToolNames.GetVehicleStatus, "battery") => "I do not know the battery level",
        (ToolNames.GetVehicleStatus, "range") => "I do not know the range",
        (ToolNames.GetVehicleStatus, "speed") => "I do not know the speed right now",
        (ToolNames.GetVehicleStatus, "tyre_pressure") => "I get no tyre pressure in this car",
        (ToolNames.GetVehicleStatus, "maintenance") => "I get no maintenance information in this car",
        (ToolNames.GetVehicleStatus, "warnings") => "I get no warnings in this car",
        (ToolNames.GetPaymentInfo, _) => "no payment service is set up, so I cannot look that up",
        _ => "I do not know that right now",
    };

    public override string Temperature(string about, double degreesCelsius) => about switch
    {
        "inside_temperature" => $"it is {Spoken.Number(degreesCelsius)} degrees inside",
        "outside_temperature" => $"it is {Spoken.Number(degreesCelsius)} degrees outside",
        _ => $"the temperature is set to {Spoken.Number(degreesCelsius)} degrees",
    };

    public override string FanLevel(int level) => level == 0 ? "the fan is off" : $"the fan is at level {level.ToString(CultureInfo.InvariantCulture)}";

    public override string ClimateSettings(bool on, double targetCelsius, int fanLevel) => on
        ? $"the climate system is on at {Spoken.Number(targetCelsius)} degrees, {FanLevel(fanLevel)}"
        : "the climate system is off";

    public override string Arrival(TimeSpan remaining, string destination) =>
        $"it takes about {Minutes(remaining)} to {Spoken.Name(destination)}";

    public override string Remaining(double distanceM, string destination) => $"it is {Distance(distanceM)} to {Spoken.Name(destination)}";

    public override string Position(double latitudeDeg, double longitudeDeg) => string.Create(
        CultureInfo.InvariantCulture,
        $"the car is at {Math.Abs(latitudeDeg):0.000} degrees {(latitudeDeg < 0 ? "south" : "north")}, {Math.Abs(longitudeDeg):0.000} degrees {(longitudeDeg < 0 ? "west" : "east")}");

    public override string TowardsPlace(string option) => option;

    public override string Level(string about, double percent) =>
        $"the {(about == "fuel" ? "fuel" : "battery")} is at {Math.Round(percent).ToString(CultureInfo.InvariantCulture)} percent";

    public override string Range(double rangeM) => $"the range is about {Distance(rangeM)}";

    public override string Speed(double speedMps) =>
        $"the speed is {Math.Round(Units.MetersPerSecondToKilometersPerHour(Math.Abs(speedMps))).ToString(CultureInfo.InvariantCulture)} kilometres per hour";

    public override string OtherFunction(string function) => function switch
    {
        "window" => "I cannot move the windows",
        "seat" => "I cannot move the seats",
        "light" => "I cannot switch the lights",
        "wiper" => "I cannot operate the wipers",
        "door" => "I cannot operate the doors",
        "mirror" => "I cannot move the mirrors",
        "media" => "I cannot play media",
        "volume" => "I cannot change the volume",
        "phone" => "I cannot use the phone",
        "display" => "I cannot change the display",
        "driver_assistance" => "I cannot change the driver assistance",
        _ => "that function of the car is not mine to operate",
    };

    public override string Chat(string topic) => topic switch
    {
        "greeting" => "hello, what can I do for you",
        "thanks" => "you are welcome",
        "goodbye" => "goodbye",
        "joke" => "I once knew a route without detours, but it went nowhere",
        "how_are_you" => "all is well with me, thank you",
        "about_me" => "I am this car's voice assistant: I look after the climate, the navigation and searches",
        "compliment" => "thank you",
        _ => "I would rather talk about the climate, the way or places nearby",
    };

    public override string Clarify(string about) => about switch
    {
        "hvac" => "what exactly shall I change about the climate",
        "navigation" => "where exactly do you want to go",
        "poi" => "what kind of place are you looking for",
        "food" => "what would you like to eat or drink",
        "hotel" => "which hotel or town do you mean",
        "ticket" => "which tickets do you mean",
        "payment" => "what exactly shall be paid",
        _ => "I am not sure what you mean, could you say it in other words",
    };

    public override string Refuse(string reason) => reason == "unsafe" ? "I will not do that, because it would not be safe" : "that is nothing that I can do in this car";

    public override string Setup(string what) => what switch
    {
        "payment_method" => "a means of payment is added at your payment provider, and its reference is then entered in the car's settings; I take no card numbers",
        "limit" => "spending limits are changed in the car's settings, not by voice",
        _ => "accounts with merchants are linked in the car's settings, not by voice",
    };

    public override string PaymentSetup(PaymentFacts facts) =>
        "payments go through your payment provider by reference, and no card number is kept here; "
        + $"the limits are {Spoken.Amount(facts.PerOrder)} for an order, {Spoken.Amount(facts.PerTrip)} for a trip and {Spoken.Amount(facts.PerDay)} for a day; "
        + $"{Spoken.Amount(facts.SpentToday)} is spent today";

    public override string LastCharge(PurchaseRecord? paid) => paid is null
        ? "I have paid nothing lately"
        : $"the last payment was {Spoken.Amount((paid.Charged ?? paid.Total)!.Value)} to {Spoken.Name(paid.MerchantName)} for {paid.Summary}";

    public override string LastDecline(PurchaseRecord? declined) => declined is null
        ? "I know of no declined payment"
        : $"the payment to {Spoken.Name(declined.MerchantName)} for {declined.Summary} was declined, and your payment provider can tell why";

    public override string LastRefund(PurchaseRecord? refunded) => refunded is null
        ? "I know of no refund"
        : $"{Spoken.Name(refunded.MerchantName)} took back {refunded.Summary}, and your payment provider returns the {Spoken.Amount(refunded.Charged!.Value)}";

    public override string BalanceUnknown(Money spentToday) =>
        $"only your payment provider knows the balance; {Spoken.Amount(spentToday)} is spent today";

    protected override IReadOnlyDictionary<string, string> NotOrderedTexts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [CommerceReasons.NothingFound] = "I found no offer for {0}",
        [CommerceReasons.Closed] = "the merchant is closed at that time, so {0} was not carried out",
        [CommerceReasons.OutOfStock] = "that is sold out, so {0} was not carried out",
        [CommerceReasons.PaymentDeclined] = "the payment was declined, so {0} was not carried out",
        [CommerceReasons.NoInstrument] = "no means of payment is set up, so {0} was not carried out",
        [CommerceReasons.NeedsScreen] = "{0} needs you at a screen, so nothing was ordered or paid",
        [CommerceReasons.OverOrderCap] = "{0} is above the limit for one order, so nothing was ordered or paid",
        [CommerceReasons.OverTripCap] = "{0} is above what may be spent on this trip, so nothing was ordered or paid",
        [CommerceReasons.OverDayCap] = "{0} is above what may be spent in a day, so nothing was ordered or paid",
        [CommerceReasons.TermsChanged] = "the price or the terms have changed, so {0} was not carried out",
        [CommerceReasons.SessionClosed] = "the merchant's offer ran out, so {0} was not carried out",
        [LeftOutReasons.AnotherMerchant] = "I do not know that merchant, so {0} was not carried out",
        ["interrupted"] = "{0} was interrupted, and nothing was ordered or paid",
        [CommerceReasons.DeliveryNotOffered] = "the merchant does not offer that way of delivery, so {0} was not carried out",
        [AgentReasons.DayOver] = "the day for {0} is over, so nothing was ordered or paid",
        [CommerceReasons.ItemsDiffer] = "the merchant has other items or another number, so {0} was not carried out",
    };

    protected override string NotOrderedOtherwise => "the merchant could not do it, so {0} was not carried out and nothing was paid";

    protected override IReadOnlyDictionary<OrderProgress, string> ProgressTexts { get; } = new Dictionary<OrderProgress, string>
    {
        [OrderProgress.Placed] = "is ordered",
        [OrderProgress.Preparing] = "is being prepared",
        [OrderProgress.OnTheWay] = "is on its way",
        [OrderProgress.Ready] = "is ready for you",
        [OrderProgress.Fulfilled] = "has been delivered",
        [OrderProgress.Canceled] = "is canceled",
        [OrderProgress.Failed] = "could not be delivered",
        [OrderProgress.Unknown] = "is ordered, more I do not know",
    };

    protected override string Progress(PurchaseRecord record, string state, string carrier, DateTimeOffset? expected, DateTimeOffset now) =>
        $"{Lines(record.Order.Lines)} from {Spoken.Name(record.MerchantName)} {state}"
        + (carrier.Length > 0 ? $" with {Spoken.Name(carrier)}" : "")
        + (expected is { } at ? $", expected {Clock(at, now)}" : "");

    public override string Plan(SpokenPlan plan, DateTimeOffset now) =>
        (plan.IsChanged ? "the plan is now " : "the plan is ")
        + string.Join(", then ", plan.Items.Select(item => $"{(item.IsSponsored ? "sponsored, " : "")}{Spoken.Name(item.Name)} {(item.IsBrought ? "there " : "")}{Clock(item.At, now)}"))
        + (plan.More > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {plan.More} more") : "")
        + $", arriving {Clock(plan.ArriveAt, now)}"
        + (plan.Extra is { TotalSeconds: >= 30 } extra ? $", {Minutes(extra)} longer" : "")
        + (plan.IsRangeUnknown ? "; I do not know whether the range suffices" : "");

    public override string NoPlan(string reason) => reason switch
    {
        AgentReasons.DestinationUnknown => "I do not know where the trip goes, so I take them one after the other",
        AgentReasons.PositionUnknown => "I do not know where the car is, so I take them one after the other",
        ErrandReasons.OutOfRange => "the range does not suffice for the way, so I planned no stops and take them one after the other",
        _ => "I found no way for all of that, so I take them one after the other",
    };

    public override string TooManyErrands(string summary) => $"{summary} is one too many for now, so please ask again later";

    public override string AlreadyPlanned(string summary) => $"{summary} is planned already";

    public override string PlanDropped => "the rest of the plan is dropped";

    public override string PlanExpired => "the rest of the plan has waited too long and is dropped";

    protected override IReadOnlyDictionary<string, string> LeftOutTexts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ErrandReasons.Closed] = "{0} is left out, because it is closed at that time",
        [ErrandReasons.NotReady] = "{0} is left out, because it is not ready in time",
        [ErrandReasons.OutOfRange] = "{0} is left out, because the range does not suffice",
        [ErrandReasons.NoWay] = "{0} is left out, because I know no way there",
        [ErrandReasons.ArrivalTooLate] = "{0} is left out, because the arrival would be too late",
    };

    protected override string LeftOutOtherwise => "{0} is left out, because I do not know where that is";

    private static string Done(HvacCommand command, double? value) => command.Action switch
    {
        HvacAction.SetTemperature => $"the temperature is set to {Spoken.Number(value ?? command.TemperatureCelsius)} degrees{Zone(command.Zone)}",
        HvacAction.AdjustTemperature =>
            $"it is set {(command.TemperatureCelsius > 0 ? "warmer" : "cooler")}{Zone(command.Zone)}{(value is { } degrees ? $", to {Spoken.Number(degrees)} degrees" : "")}",
        HvacAction.SetFan => Level("the fan", value ?? command.Level, ""),
        HvacAction.AdjustFan => $"the fan is turned {(command.Level > 0 ? "up" : "down")}{(value is { } level ? $", to level {Spoken.Number(level)}" : "")}",
        HvacAction.SetRecirculation => command.On ? "the cabin air is recirculated" : "fresh air is taken in",
        HvacAction.SetAirflow => command.Airflow switch
        {
            AirflowDirection.Face => "the air goes to the face",
            AirflowDirection.Feet => "the air goes to the feet",
            AirflowDirection.Windshield => "the air goes to the windshield",
            _ => "the air goes to face and feet",
        },
        HvacAction.SetSeatHeating => Level("the seat heating", value ?? command.Level, Zone(command.Zone)),
        HvacAction.SetSeatVentilation => Level("the seat ventilation", value ?? command.Level, Zone(command.Zone)),
        _ => $"{Subject(command)} is {(command.On ? "on" : "off")}",
    };

    private static string Subject(VehicleCommand command) => command is not HvacCommand hvac ? "the route" : hvac.Action switch
    {
        HvacAction.SetTemperature or HvacAction.AdjustTemperature => "the temperature",
        HvacAction.SetFan or HvacAction.AdjustFan => "the fan",
        HvacAction.SetClimate => "the climate system",
        HvacAction.SetAirConditioning => "the air conditioning",
        HvacAction.SetHeater => "the heater",
        HvacAction.SetAutomatic => "the automatic climate control",
        HvacAction.SetRecirculation => "the recirculation",
        HvacAction.SetFrontDefrost => "the front defroster",
        HvacAction.SetRearDefrost => "the rear defroster",
        HvacAction.SetAirflow => "the air direction",
        HvacAction.SetSeatHeating => "the seat heating",
        HvacAction.SetSeatVentilation => "the seat ventilation",
        HvacAction.SetSteeringWheelHeating => "the steering wheel heating",
        _ => "the climate",
    };

    private static string Unit(VehicleCommand command) => command.Target == CommandTarget.Hvac ? "the climate unit" : "the navigation";

    private static bool HasNumber(HvacCommand command) => command.Action is HvacAction.SetTemperature or HvacAction.AdjustTemperature
        or HvacAction.SetFan or HvacAction.AdjustFan or HvacAction.SetSeatHeating or HvacAction.SetSeatVentilation;

    private static string Why(string reason) => reason switch
    {
        "out_of_range" => ", because the value is out of range",
        "not_available" or "unavailable" => ", because it is not available",
        "power_off" => ", because it is off",
        "no_route" => ", because there is no route",
        "unknown_place" => ", because it does not know the place",
        "busy" => ", because it is busy",
        "fault" => ", because of a fault",
        "expired" => ", because the command came too late",
        _ => "",
    };

    private static string Level(string subject, double level, string zone) =>
        level == 0 ? $"{subject} is off{zone}" : $"{subject} is at level {Spoken.Number(level)}{zone}";

    private static string Zone(CabinZone zone) => zone switch
    {
        CabinZone.Driver => " for the driver",
        CabinZone.Passenger => " for the passenger",
        CabinZone.RearLeft => " at the rear left",
        CabinZone.RearRight => " at the rear right",
        CabinZone.Front => " in the front",
        CabinZone.Rear => " in the rear",
        _ => "",
    };

    private static string Numbered(IReadOnlyList<string> options) => string.Join("; ", options.Select((option, i) => $"{Ordinals[i]}, {option}"));

    private static string Distance(double metres)
    {
        var (value, kilometres) = Spoken.Distance(metres);
        return kilometres ? $"{Spoken.Number(value)} km" : $"{Spoken.Number(value)} metres";
    }

    private static string Minutes(TimeSpan time)
    {
        var minutes = (int)Math.Max(1, Math.Round(time.TotalMinutes));
        return minutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes} {(minutes == 1 ? "minute" : "minutes")}")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} {(minutes < 120 ? "hour" : "hours")} {minutes % 60} minutes");
    }

    private static string Lines(IReadOnlyList<OrderLine> lines) =>
        string.Join(" and ", lines.Select(line => (line.Quantity > 1 ? line.Quantity.ToString(CultureInfo.InvariantCulture) + " " : "") + Spoken.Name(line.Title)));

    private static string On(DateOnly day, DateTimeOffset now, MerchantNeed need)
    {
        var text = (day.DayNumber - DateOnly.FromDateTime(now.DateTime).DayNumber) switch
        {
            0 => "today",
            1 => "tomorrow",
            _ => day.ToString(day.Year == now.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", CultureInfo.InvariantCulture),
        };
        return (need == MerchantNeed.Hotel ? ", from " : ", for ") + text;
    }

    // Where the merchant does not say when it comes, the time that it was told.
    private static string When(CheckoutDelivery? delivery, DateTimeOffset? arriveAt, DateTimeOffset now) => delivery switch
    {
        { Kind: DeliveryKind.Pickup, From: { } ready } => $", ready {Clock(ready, now)}",
        { Until: { } until } => $", there {Clock(until, now)}",
        { From: { } from } => $", {Clock(from, now)}",
        _ => arriveAt is { } at ? $", for your arrival {Clock(at, now)}" : "",
    };

    private static string Clock(DateTimeOffset time, DateTimeOffset now)
    {
        var local = time.ToOffset(now.Offset);
        var days = (local.Date - now.Date).Days;
        var day = days switch
        {
            0 => "",
            1 => "tomorrow ",
            _ => local.ToString("'on' d MMMM ", CultureInfo.InvariantCulture),
        };
        return day + local.ToString("'at' H:mm", CultureInfo.InvariantCulture);
    }

    // What speaks for an offer most, where that is more than its price, which is told anyway.
    private static string Because(RankedOffer offer) => offer.Strongest switch
    {
        { Code: WhyCodes.DistanceM, Value: var metres } => $", {Distance(double.Parse(metres, CultureInfo.InvariantCulture))} away",
        { Code: WhyCodes.DestinationDistanceM, Value: var metres } => $", {Distance(double.Parse(metres, CultureInfo.InvariantCulture))} from your destination",
        { Code: WhyCodes.AroundDistanceM, Value: var metres } => $", {Distance(double.Parse(metres, CultureInfo.InvariantCulture))} from there",
        { Code: WhyCodes.Rating, Value: var rating } => $", rated {rating}",
        { Code: WhyCodes.UsedBefore } => ", where you bought before",
        _ => "",
    };

    private static string Or(string? text, string other) => text is { Length: > 0 } ? Spoken.Name(text) : other;

    private static string Part(string before, string? text) => text is { Length: > 0 } ? before + Spoken.Name(text) : "";

    private static string Side(string side) => side switch
    {
        "left" => "on the left",
        "right" => "on the right",
        "behind" => "behind us",
        _ => "ahead",
    };

    private static string Budget(Money budget, MerchantNeed need) => Spoken.Amount(budget) + need switch
    {
        MerchantNeed.Food => " a person",
        MerchantNeed.Hotel => " a night",
        _ => " a ticket",
    };

    private static string For(int people, MerchantNeed need) => (need, people) switch
    {
        (MerchantNeed.Table, 1) => ", for one as you are alone in the car",
        (MerchantNeed.Table, _) => $", for {people} as there are {people} people in the car",
        (MerchantNeed.Hotel, _) => $", one room for the {people} people in the car",
        _ => $", one for the {people} people in the car",
    };

    private static string Diet(string? diet) => diet switch
    {
        null => "",
        "gluten_free" => "gluten-free ",
        _ => diet + " ",
    };

    private static string Arrive(string? place) => place switch
    {
        null => "",
        "home" => " for when you get home",
        "work" => " for when you get to work",
        _ => " for when you arrive",
    };

    private static string Near(string? place) => place switch
    {
        null => "",
        "route" => " on the way",
        _ => " near the destination",
    };

    private static string TicketKind(string? kind) => kind switch
    {
        "movie" => "cinema",
        "attraction" => "entrance",
        null => "",
        _ => kind,
    };

    private static string PaymentKind(string? kind) => kind switch
    {
        "bill" => "payment of a bill",
        "transfer" => "transfer",
        "parking" => "parking payment",
        "fuel" => "fuel payment",
        _ => "toll payment",
    };

    private static bool EndsItself(string clause) => clause.Length > 0 && clause[^1] is '.' or '!' or '?';

    private static string Capital(string clause) => clause.Length == 0 ? clause : char.ToUpperInvariant(clause[0]) + clause[1..];
}
