using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>Finds where or by whom an errand can be done: merchants by their offers, places on the map, orders that wait to be fetched.</summary>
internal sealed class ErrandCandidates(
    AgentServices services, AgentOptions options, OfferFinder finder, PlaceFinder places, TripForecast forecast, OrderBook orders)
{
    /// <summary>The errand of a call; without options what was found says why.</summary>
    public async Task<(OpenErrand? Errand, OfferFinding Found)> FindAsync(ErrandDraft draft, Phrases phrases, CancellationToken cancellationToken) => draft.Tool switch
    {
        { ActionClass: ActionClass.Commit } => await PurchaseAsync(draft, phrases, cancellationToken).ConfigureAwait(false),
        { Name: ToolNames.AddStop } => await StopAsync(draft, phrases, cancellationToken).ConfigureAwait(false),
        _ => Parcel(draft, phrases, await orders.ToFetchAsync(draft.Arguments.Text("item"), cancellationToken).ConfigureAwait(false)),
    };

    private async Task<(OpenErrand?, OfferFinding)> PurchaseAsync(ErrandDraft draft, Phrases phrases, CancellationToken cancellationToken)
    {
        var arguments = draft.Arguments;
        var need = Needs.OfTool(draft.Tool.Name);
        var found = await finder.FindAsync(draft.Tool.Name, arguments, cancellationToken, isForPlan: true).ConfigureAwait(false);
        var offers = Fitting(found.Offers).DistinctBy(offer => offer.Candidate.Merchant.Id).Take(options.Errands.MaxCandidates).ToList();
        if (offers.Count == 0)
        {
            return (null, found);
        }

        var isBrought = need == MerchantNeed.Food && arguments.Text("arrive") is "home" or "work";
        var isForLater = forecast.IsLater(arguments.Day);
        var isStop = !isBrought && !isForLater && offers.Exists(offer => offer.Candidate.Merchant.Position is not null) && need switch
        {
            MerchantNeed.Food => true,
            MerchantNeed.Ticket => arguments.Text("kind") is not ("train" or "flight" or "bus"),
            MerchantNeed.Hotel => arguments.Text("near") == "route",
            _ => false,
        };
        var errand = New(draft, phrases, isStop ? ErrandPlace.Stop : ErrandPlace.Destination, [.. offers.Select((offer, rank) => new ErrandOption(
            new ErrandCandidate
            {
                // Of what makes no difference to the way, the planner takes the first id: that of the best offer.
                Id = $"{rank}:{offer.Candidate.Merchant.Id}",
                Position = offer.Candidate.Merchant.Position,
                Hours = isStop || isBrought ? offer.Candidate.Merchant.Hours : null,
                Service = isStop ? options.StopTakes : TimeSpan.Zero,
            },
            offer.Candidate.Merchant.Name,
            offer))]);
        return (
            errand with
            {
                IsBrought = isBrought,
                IsForLater = isForLater,
                BroughtTo = isBrought ? (await forecast.SavedAsync(arguments.Text("arrive") == "home", cancellationToken).ConfigureAwait(false))?.Position : null,
            },
            found);
    }

    // A plan weighs ways and times, not wishes: a zoo on the way is no aquarium.
    private static IEnumerable<RankedOffer> Fitting(IReadOnlyList<RankedOffer> offers)
    {
        var most = offers.Select(Fit).DefaultIfEmpty().Max();
        return offers.Where(offer => Fit(offer) == most);

        static int Fit(RankedOffer offer) => offer.Reasons.FirstOrDefault(reason => reason.Code == WhyCodes.MatchesText)?.Points ?? 0;
    }

    private async Task<(OpenErrand?, OfferFinding)> StopAsync(ErrandDraft draft, Phrases phrases, CancellationToken cancellationToken)
    {
        var spoken = draft.Arguments.Text("destination")!;
        var answer = await places.AskAsync(spoken, PlaceCategory.Any, PlaceNear.Route, false, PlaceQuery.HighestMaxResults, cancellationToken).ConfigureAwait(false);
        if (answer.Status == PlaceStatus.Found)
        {
            return (
                New(draft, phrases, ErrandPlace.Stop, [.. PlaceFinder.Candidates(spoken, answer.Places).Take(options.Errands.MaxCandidates).Select(place => new ErrandOption(
                    new ErrandCandidate { Id = place.PlaceId, Position = place.Position, Service = options.StopTakes },
                    place.Name,
                    Place: place))]),
                OfferFinding.None(CommerceReasons.Done));
        }

        return (null, OfferFinding.None(answer.Status == PlaceStatus.None ? AgentReasons.PlaceNotFound : AgentReasons.PlacesUnavailable));
    }

    private (OpenErrand?, OfferFinding) Parcel(ErrandDraft draft, Phrases phrases, IReadOnlyList<MerchantProfile> merchants)
    {
        // The parcel is where it is: several that wait are several ways, so the newest is taken.
        if (merchants is not [var merchant, ..])
        {
            return (null, OfferFinding.None(CommerceReasons.NothingFound));
        }

        return (
            New(draft, phrases, ErrandPlace.Stop, [new ErrandOption(
                new ErrandCandidate { Id = merchant.Id, Position = merchant.Position, Hours = merchant.Hours, Service = options.StopTakes },
                merchant.Name)]) with
            {
                Request = draft.Request with { ActionClass = ActionClass.Navigate, ToolName = ToolNames.AddStop, TermsKey = merchant.Id },
            },
            OfferFinding.None(CommerceReasons.Done));
    }

    private OpenErrand New(ErrandDraft draft, Phrases phrases, ErrandPlace place, IReadOnlyList<ErrandOption> found) => new(
        services.NewId(),
        draft.Tool,
        draft.Arguments,
        draft.Request,
        phrases.Summary(draft.Tool.Name, draft.Arguments),
        place,
        found);
}
