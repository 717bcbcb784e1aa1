using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Asks the merchants of a need for what fits a tool call, and ranks it. A merchant that fails or is slow is left out.</summary>
internal sealed class OfferFinder(AgentServices services, AgentOptions options, TripForecast forecast, ILogger logger)
{
    private readonly OfferRanking _ranking = new(options.Ranking);

    /// <summary>The offers for a call, best first.</summary>
    public async Task<OfferFinding> FindAsync(string tool, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var need = Needs.OfTool(tool);
        if (services.Purchases is not { } purchases || purchases.Merchants.Merchants(need) is not { Count: > 0 } merchants)
        {
            return new OfferFinding(CommerceReasons.NotConfigured, []);
        }

        var query = new OfferQuery
        {
            Need = need,
            Text = TextOf(need, arguments),
            Diet = arguments.Text("diet"),
            Kind = arguments.Text("kind"),
        };
        using var limit = new CancellationTokenSource(options.MerchantTimeout, services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var answers = await Task.WhenAll(merchants.Select(merchant => SearchAsync(purchases.Merchants, merchant, query, both.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (answers.All(answer => answer is null))
        {
            return new OfferFinding(limit.IsCancellationRequested ? AgentReasons.MerchantSilent : AgentReasons.MerchantsFailed, []);
        }

        var context = await ContextAsync(purchases, merchants, need, query, arguments, cancellationToken).ConfigureAwait(false);
        var ranked = _ranking.Rank([.. answers.SelectMany(answer => answer ?? [])], context);
        return ranked.Offers.Count > 0
            ? new OfferFinding(CommerceReasons.Done, ranked.Offers)
            : new OfferFinding(ranked.LeftOut.Count > 0 ? ranked.LeftOut[0].Reason : CommerceReasons.NothingFound, []);
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

    private async Task<IReadOnlyList<OfferCandidate>?> SearchAsync(
        ICommercePort port, MerchantProfile merchant, OfferQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await port.SearchAsync(merchant.Id, query, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer.TryGet(out var offers)
                ? [.. offers.Select(offer => new OfferCandidate(offer, merchant) { ArriveAt = forecast.ArrivalAt(merchant.Position) })]
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
            Text = need == MerchantNeed.Hotel ? arguments.Text("place") ?? "" : query.Text,
            NamedMerchant = arguments.Text("merchant") ?? arguments.Text("restaurant"),
            Diet = query.Diet,
            Quantity = arguments.Integer("quantity") ?? 1,
            UsedMerchants = used,
            SponsoredMayRankHigher = options.SponsoredMayRankHigher,
        };
    }
}
