using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>
/// After a purchase that has to be fetched or visited, brings the merchant onto the route: as a stop where a route is followed, else as the
/// destination. The gate judges it as a request of the same person; the reply tells what the navigation ECU reported.
/// </summary>
internal sealed class ArrivalGuide(AgentServices services, TripForecast forecast, CommandRunner commands, TurnReply reply)
{
    private const string Tool = Catalogue.ToolNames.AddStop;

    /// <summary>Guides to where the purchase is fetched; nothing where it is brought, sent or digital without a place, or for a later day.</summary>
    public async Task GuideAsync(PendingOrder order)
    {
        if (order.Offer?.Candidate.Merchant is not { Position: { } position } merchant || !HasToGoThere(order))
        {
            return;
        }

        var isOnRoute = services.Snapshot().Navigation.TryGet(out var navigation) && navigation.RouteActive;
        var request = order.Request with { ActionClass = ActionClass.Navigate, ToolName = Tool, TermsKey = merchant.Id, Amount = null, Merchant = null };
        var utterance = new Utterance
        {
            UtteranceId = request.UtteranceId ?? "",
            Text = "",
            AsrConfidence = request.AsrConfidence ?? 0,
            Language = order.Phrases.Language,
            SpeakerZone = request.Zone,
        };
        var turn = new Turn(utterance, order.Phrases, services.Time);
        await commands.IssueAsync(
            turn,
            turn.Add(Tool),
            request,
            [commands.Stamp(utterance).Navigation(isOnRoute ? NavigationAction.AddStop : NavigationAction.SetDestination) with
            {
                DestinationName = merchant.Name,
                Position = position,
            }],
            CancellationToken.None).ConfigureAwait(false);
        await reply.SayAsync(turn).ConfigureAwait(false);
    }

    private bool HasToGoThere(PendingOrder order) => order.Need switch
    {
        MerchantNeed.Food => order.Quote?.Order.Delivery == DeliveryKind.Pickup,
        MerchantNeed.Hotel or MerchantNeed.Ticket or MerchantNeed.Table => !forecast.IsLater(order.Arguments.Day),
        _ => false,
    };
}
