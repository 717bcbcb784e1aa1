using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Json;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Mapping;

/// <summary>
/// What an order says that the protocols have no field for; it goes into the <c>metadata</c> of a create request. An update request of ACP has
/// no metadata unless the session declares <c>ecuagent.trip_data</c>, so what changes here may need a new session there.
/// </summary>
internal static class OrderContext
{
    internal const string ArrivalTime = "ecuagent_arrival_time";
    internal const string CheckIn = "ecuagent_check_in";
    internal const string Nights = "ecuagent_nights";
    internal const string VisitDate = "ecuagent_visit_date";
    internal const string People = "ecuagent_people";

    /// <summary>The members in a fixed order; null when there are none.</summary>
    internal static JsonObject? Of(CheckoutOrder order)
    {
        var members = new JsonObject();
        if (order.ArriveAt is { } arrival)
        {
            members[ArrivalTime] = LenientTimeConverter.Written(arrival);
        }

        if (order.Day is { } day)
        {
            members[order.Need == MerchantNeed.Hotel ? CheckIn : VisitDate] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        if (order.Nights is { } nights)
        {
            members[Nights] = nights;
        }

        if (order.People is { } people)
        {
            members[People] = people;
        }

        return members.Count > 0 ? members : null;
    }

    /// <summary>The same as texts, to be compared and remembered.</summary>
    internal static IReadOnlyDictionary<string, string> TextsOf(CheckoutOrder order) =>
        (Of(order) ?? []).ToDictionary(member => member.Key, member => member.Value!.ToString(), StringComparer.Ordinal);

    /// <summary>What a session says that it knows of it.</summary>
    internal static IReadOnlyDictionary<string, string> TextsOf(IReadOnlyDictionary<string, JsonElement>? metadata) =>
        (metadata ?? new Dictionary<string, JsonElement>())
            .Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .ToDictionary(member => member.Key, member => member.Value.ToString(), StringComparer.Ordinal);
}
