using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Ucp;

/// <summary>What is chosen of a method of fulfilment: one option for each of its groups. A pure function of session and order.</summary>
/// <param name="Method">The method.</param>
/// <param name="DestinationId">Where to; null where the method has no destinations.</param>
/// <param name="OptionIds">The options, in the order of the groups; empty where it has none yet.</param>
internal sealed record FulfillmentPick(WireMethod Method, string? DestinationId, IReadOnlyList<string?> OptionIds)
{
    /// <summary>True where the session has it so already.</summary>
    internal bool IsAsPresent =>
        Method.SelectedDestinationId == DestinationId
        && WireReader.Solid(Method.Groups).Select(group => group.SelectedOptionId).SequenceEqual(OptionIds);

    /// <summary>What fits an order, for each method of the kind that it asks for; empty where there is no such method.</summary>
    internal static IReadOnlyList<FulfillmentPick> Of(WireCheckout session, CheckoutOrder order)
    {
        var methods = WireReader.Solid(session.Fulfillment?.Methods);
        var type = UcpWords.MethodOf(order) ?? (order.Delivery == DeliveryKind.Any && methods is [var first, ..] ? first.Type : null);
        return [.. methods.Where(method => method.Type == type).Select(method => new FulfillmentPick(
            method,
            method.SelectedDestinationId ?? OnlyDestinationOf(method),
            [.. WireReader.Solid(method.Groups).Select(group => BestOf(method.Type, group, order.ArriveAt))]))];
    }

    // Which of several places to fetch it at is the person's choice.
    private static string? OnlyDestinationOf(WireMethod method) =>
        WireReader.Solid(method.Destinations) is [var only] ? only.Id : null;

    // Equally good ones stay as the merchant lists them, and the one that is selected already wins among its equals.
    private static string? BestOf(string type, WireGroup group, DateTimeOffset? arriveAt)
    {
        var options = WireReader.Solid(group.Options);
        return options.Count == 0
            ? group.SelectedOptionId
            : options.OrderBy(option => FitOf(type, option, arriveAt)).ThenByDescending(option => option.Id == group.SelectedOptionId).First().Id;
    }

    private static TimeFit FitOf(string type, WireOption option, DateTimeOffset? arriveAt) => (arriveAt, type) switch
    {
        (null, _) => default,
        ({ } there, UcpWords.Pickup) => TimeFit.OfPickup(option.EarliestFulfillmentTime, null, there),
        ({ } there, _) => TimeFit.OfWindow(option.EarliestFulfillmentTime, option.LatestFulfillmentTime, there),
    };
}
