using System.Globalization;
using System.Text.Json;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>
/// What neither protocol has fields for yet: arrival, stay and visit, in the request's <c>metadata</c> under keys that begin with
/// <c>ecuagent_</c>. A value that cannot be read becomes a notice of the session, not an error of the request.
/// </summary>
internal sealed record TripData
{
    public const string ArrivalTimeKey = "ecuagent_arrival_time";
    public const string CheckInKey = "ecuagent_check_in";
    public const string NightsKey = "ecuagent_nights";
    public const string VisitDateKey = "ecuagent_visit_date";
    public const string PeopleKey = "ecuagent_people";

    private const string Prefix = "ecuagent_";
    private const int MostNights = 30;
    private const int MostPeople = 100;

    public static TripData None { get; } = new();

    /// <summary>RFC 3339: the person is there (pickup) or at home (delivery) then.</summary>
    public DateTimeOffset? ArrivalTime { get; init; }

    /// <summary>First night, in the hotel's time zone.</summary>
    public DateOnly? CheckIn { get; init; }

    /// <summary>1 to 30.</summary>
    public int Nights { get; init; } = 1;

    /// <summary>Day of the visit, in the seller's time zone.</summary>
    public DateOnly? VisitDate { get; init; }

    /// <summary>1 to 100; null when not said.</summary>
    public int? People { get; init; }

    public IReadOnlyList<Notice> Problems { get; init; } = [];

    public static TripData Read(JsonElement metadata)
    {
        var data = None;
        var problems = new List<Notice>();
        foreach (var property in metadata.EnumerateObject().Where(p => p.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            data = data.Read(property, problems);
        }

        return data with { Problems = problems };
    }

    private TripData Read(JsonProperty property, List<Notice> problems)
    {
        switch (property.Name)
        {
            case ArrivalTimeKey when property.Value.ValueKind is JsonValueKind.String && JsonRead.TryTime(property.Value.GetString()!, out var time):
                return this with { ArrivalTime = time };
            case CheckInKey when TryDay(property.Value, out var day):
                return this with { CheckIn = day };
            case VisitDateKey when TryDay(property.Value, out var day):
                return this with { VisitDate = day };
            case NightsKey when TryCount(property.Value, MostNights, out var nights):
                return this with { Nights = nights };
            case PeopleKey when TryCount(property.Value, MostPeople, out var people):
                return this with { People = people };
            case ArrivalTimeKey:
                problems.Add(Bad(property, "an RFC 3339 time with an offset"));
                return this;
            case CheckInKey or VisitDateKey:
                problems.Add(Bad(property, "a date YYYY-MM-DD"));
                return this;
            case NightsKey:
                problems.Add(Bad(property, $"a whole number from 1 to {MostNights}"));
                return this;
            case PeopleKey:
                problems.Add(Bad(property, $"a whole number from 1 to {MostPeople}"));
                return this;
            default:
                problems.Add(Notice.Info($"The key {property.Name} is not known and was not used.", JsonRead.Child("$.metadata", property.Name)));
                return this;
        }
    }

    private static Notice Bad(JsonProperty property, string what) =>
        Notice.Error("invalid", $"{property.Name} has to be {what}.", $"$.metadata.{property.Name}");

    private static bool TryDay(JsonElement value, out DateOnly day)
    {
        day = default;
        return value.ValueKind is JsonValueKind.String
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    // Some carriers of metadata know strings only.
    private static bool TryCount(JsonElement value, int most, out int count)
    {
        count = 0;
        var read = value.ValueKind is JsonValueKind.String
            ? int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out count)
            : JsonRead.TryInteger(value, out var number) && number <= most && (count = (int)number) == number;
        return read && count >= 1 && count <= most;
    }
}
