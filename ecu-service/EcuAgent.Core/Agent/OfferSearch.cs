using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;

namespace EcuAgent.Core.Agent;

/// <summary>Tells offers, and remembers the last ones, so that "the second one" means something.</summary>
internal sealed class OfferSearch(AgentServices services, AgentOptions options, OfferFinder finder)
{
    private readonly Lock _gate = new();
    private OfferChoice? _choice;

    /// <summary>Searches and tells the best.</summary>
    public async Task SearchAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, int maxOptions, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(tool.Name, arguments, cancellationToken).ConfigureAwait(false);

        // A search binds nobody: what is beyond the budget is told as such, and may be chosen.
        var told = (found.Offers.Count > 0 ? found.Offers : found.Beyond).Take(maxOptions).ToList();
        lock (_gate)
        {
            _choice = told.Count > 0 ? new OfferChoice(tool.Name, arguments, told, services.Time.GetTimestamp()) : null;
        }

        turn.Sponsored |= told.Exists(offer => offer.IsSponsored);
        part.ReasonCode = found.Reason == CommerceReasons.Done ? part.ReasonCode : found.Reason;
        if (found.Budget is { } budget)
        {
            part.Clauses.Add(turn.Phrases.NothingInBudget(found.Reason, budget, Needs.OfTool(tool.Name)));
        }

        part.Clauses.Add(found.Reason switch
        {
            CommerceReasons.Done or LeftOutReasons.OverBudget or LeftOutReasons.BudgetInOtherCurrency or LeftOutReasons.PriceUnknown => turn.Phrases.Offers([.. told.Select(turn.Phrases.Offer)]),
            LeftOutReasons.DietNotKept => turn.Phrases.NothingKeeps(found.Diets),
            CommerceReasons.NotConfigured => turn.Phrases.NoMerchant(Needs.OfTool(tool.Name)),
            AgentReasons.PlaceNotFound => turn.Phrases.PlaceNotFound(arguments.Text("place") ?? ""),
            AgentReasons.PlacesUnavailable => turn.Phrases.PlacesUnavailable,
            AgentReasons.DestinationUnknown => turn.Phrases.NoRoute,
            AgentReasons.MerchantsFailed or AgentReasons.MerchantSilent => turn.Phrases.MerchantsUnavailable,
            _ => turn.Phrases.NothingOffered,
        });
    }

    /// <summary>
    /// The commit call that a word of <c>choose_option</c> means, when offers were told more lately than places; null when none were told, or
    /// the word does not decide.
    /// </summary>
    public (ToolDefinition Tool, ToolArguments Arguments, RankedOffer Offer)? Choose(string which, long? placesTold)
    {
        OfferChoice? choice;
        lock (_gate)
        {
            choice = _choice;
        }

        if (choice is null || services.Time.GetElapsedTime(choice.Told) > options.QuestionOpenFor || placesTold > choice.Told
            || choice.Pick(which) is not { } offer || !services.Catalogue.TryGet(CommitToolOf(choice.Tool), out var tool))
        {
            return null;
        }

        return (tool, ArgumentsOf(choice, offer), offer);
    }

    private static string CommitToolOf(string tool) => tool switch
    {
        ToolNames.SearchHotels => ToolNames.BookHotel,
        ToolNames.SearchTickets => ToolNames.BookTicket,
        _ => ToolNames.OrderFood,
    };

    // The words of the search, and the offer by its own name, so that a request that waits finds it again.
    private static ToolArguments ArgumentsOf(OfferChoice choice, RankedOffer offer)
    {
        var values = new Dictionary<string, object>(choice.Arguments.Values, StringComparer.Ordinal);
        var (merchant, title) = (offer.Candidate.Merchant.Name, offer.Candidate.Offer.Title);
        switch (choice.Tool)
        {
            case ToolNames.SearchHotels:
                values["place"] = merchant;
                break;
            case ToolNames.SearchTickets:
                values["what"] = title;
                break;
            default:
                values["item"] = title;
                values["merchant"] = merchant;
                break;
        }

        return new ToolArguments(values);
    }
}
