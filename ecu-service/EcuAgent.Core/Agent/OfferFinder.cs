using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Asks the merchants of a need for what fits a tool call, and ranks it. A merchant that fails or is slow is left out.</summary>
internal sealed class OfferFinder(AgentServices services, AgentOptions options, TripForecast forecast, PlaceFinder places, ILogger logger)
{
    private readonly OfferRanking _ranking = new(options.Ranking);

    /// <summary>The offers for a call, best first.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="arguments">Its checked arguments.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <param name="isForPlan">True when a plan decides when the car is there: then it looks after the opening hours.</param>
    /// <param name="holdsToBudget">False when the person names something else than what is read back: a standing budget is told and no condition then.</param>
    public async Task<OfferFinding> FindAsync(
        string tool, ToolArguments arguments, CancellationToken cancellationToken, bool isForPlan = false, bool holdsToBudget = true)
    {
        var need = Needs.OfTool(tool);
        if (services.Purchases is not { } purchases || purchases.Merchants.Merchants(need) is not { Count: > 0 } merchants)
        {
            return OfferFinding.None(CommerceReasons.NotConfigured);
        }

        var near = await NearAsync(need, arguments, merchants, cancellationToken).ConfigureAwait(false);
        if (near.Reason != CommerceReasons.Done)
        {
            return OfferFinding.None(near.Reason);
        }

        var diets = options.Preferences.DietsOf(need, arguments.Text("diet"));
        var query = new OfferQuery
        {
            Need = need,
            Text = TextOf(need, arguments),
            Diets = [.. diets.Select(diet => diet.Name)],
            Kind = arguments.Text("kind"),
        };
        using var limit = new CancellationTokenSource(options.MerchantTimeout, services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var answers = await SearchAsync(purchases.Merchants, merchants, query, both.Token).ConfigureAwait(false);
        if (diets.Count > 0 && answers.All(answer => answer is null or []) && answers.Any(answer => answer is not null))
        {
            // Merchants tell what keeps the diets: whether they have what was asked for at all is another question, and the person shall know.
            answers = await SearchAsync(purchases.Merchants, merchants, query with { Diets = [] }, both.Token).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (answers.All(answer => answer is null))
        {
            return OfferFinding.None(limit.IsCancellationRequested ? AgentReasons.MerchantSilent : AgentReasons.MerchantsFailed);
        }

        var context = await ContextAsync(purchases, merchants, need, query, arguments, cancellationToken).ConfigureAwait(false) with
        {
            Around = near.Around,
            WithinM = options.NearWithinM,
            Diets = diets,
            Budgets = options.Preferences.BudgetsOf(need),
            HoldsToBudget = holdsToBudget,
            Currency = options.Preferences.Currency,
        };

        // Who brings something has to be open when it is wanted there, not when the car could be at the kitchen.
        var brought = need == MerchantNeed.Food && arguments.Text("arrive") is "home" or "work"
            ? await forecast.ArrivalOfAsync(need, arguments, null, cancellationToken).ConfigureAwait(false)
            : null;
        var isTimeOpen = isForPlan || forecast.IsLater(arguments.Day);
        return Ranked(
            [.. answers.SelectMany(answer => answer ?? []).Select(candidate => candidate with
            {
                ArriveAt = isTimeOpen ? null : brought is null ? forecast.ArrivalAt(candidate.Merchant.Position) : brought(),
            })],
            context,
            need);
    }

    private OfferFinding Ranked(IReadOnlyCollection<OfferCandidate> candidates, RankingContext context, MerchantNeed need)
    {
        var ranked = _ranking.Rank(candidates, context);
        if (ranked.Offers.Count > 0)
        {
            return new OfferFinding(CommerceReasons.Done, ranked.Offers);
        }

        var none = OfferFinding.None(ranked.Hindrance ?? CommerceReasons.NothingFound) with { Diets = [.. context.Diets.Select(diet => diet.Name)] };
        if (!LeftOutReasons.IsBudget(none.Reason))
        {
            return none;
        }

        var beyond = _ranking.Rank(candidates, context with { HoldsToBudget = false }).Offers;
        return none with { Beyond = beyond, Budget = options.Preferences.BudgetOf(need, beyond[0].Candidate.Offer.Price?.Currency) };
    }

    // Hotels are looked for by where they are: a town is no part of a room's title.
    private static string TextOf(MerchantNeed need, ToolArguments arguments) => need switch
    {
        MerchantNeed.Hotel => "",
        MerchantNeed.Ticket => arguments.Text("what") ?? "",
        MerchantNeed.Payment => arguments.Text("payee") ?? "",
        MerchantNeed.Table => arguments.Text("restaurant") ?? "",
        _ => arguments.Text("item") ?? "",
    };

    private Task<IReadOnlyList<OfferCandidate>?[]> SearchAsync(
        ICommercePort port, IReadOnlyList<MerchantProfile> merchants, OfferQuery query, CancellationToken cancellationToken) =>
        Task.WhenAll(merchants.Select(merchant => SearchAsync(port, merchant, query, cancellationToken)));

    private async Task<IReadOnlyList<OfferCandidate>?> SearchAsync(
        ICommercePort port, MerchantProfile merchant, OfferQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await port.SearchAsync(merchant.Id, query, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer.TryGet(out var offers)
                ? [.. offers.Select(offer => new OfferCandidate(offer, merchant))]
                : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // A merchant's client can throw anything; the others still have offers.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MerchantFailed(logger, exception, merchant.Id);
            return null;
        }
    }

    // A hotel is named, or the town that it should be in: what no hotel is called is looked up on the map.
    private async Task<(string Reason, GeoPoint? Around)> NearAsync(
        MerchantNeed need, ToolArguments arguments, IReadOnlyList<MerchantProfile> merchants, CancellationToken cancellationToken)
    {
        if (need == MerchantNeed.Hotel && arguments.Text("place") is { } place)
        {
            if (merchants.Any(merchant => WordMatch.IsNamed(place, merchant.Name)))
            {
                return (CommerceReasons.Done, null);
            }

            var answer = await places.AskAsync(place, PlaceCategory.Any, PlaceNear.Here, false, PlaceQuery.HighestMaxResults, cancellationToken).ConfigureAwait(false);
            return answer.Status switch
            {
                PlaceStatus.Found when PlaceFinder.Named(place, answer.Places) is [var town, ..] => (CommerceReasons.Done, town.Position),
                PlaceStatus.Found or PlaceStatus.None => (AgentReasons.PlaceNotFound, null),
                _ => (AgentReasons.PlacesUnavailable, null),
            };
        }

        return PlaceFinder.NearOf(arguments) == PlaceNear.Destination && forecast.Destination is null
            ? (AgentReasons.DestinationUnknown, null)
            : (CommerceReasons.Done, null);
    }

    private async Task<RankingContext> ContextAsync(
        PurchaseEngine purchases, IReadOnlyList<MerchantProfile> merchants, MerchantNeed need, OfferQuery query, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var merchant in merchants)
        {
            if (await purchases.HasBoughtAsync(merchant.Id, cancellationToken).ConfigureAwait(false) == true)
            {
                used.Add(merchant.Id);
            }
        }

        return new RankingContext
        {
            Need = need,
            Car = forecast.Car,
            Destination = forecast.Destination,
            Near = PlaceFinder.NearOf(arguments),
            Day = arguments.Day,
            Text = need == MerchantNeed.Hotel ? arguments.Text("place") ?? "" : query.Text,
            NamedMerchant = arguments.Text("merchant") ?? arguments.Text("restaurant"),
            UsedMerchants = used,
            SponsoredMayRankHigher = options.SponsoredMayRankHigher,
        };
    }
}
