using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>A parked car on its way home, 11 km to the north, with an aquarium and a depot on the way and a kitchen that delivers.</summary>
internal sealed class ErrandRig : IDisposable
{
    internal static readonly GeoPoint Start = new(48, 11);
    internal static readonly GeoPoint End = new(48.1, 11);

    internal ErrandRig(AgentOptions? options = null, OpeningHours? aquariumHours = null, GeoPoint? aquariumAt = null, bool hasRoute = true)
    {
        Aquarium = TestMerchant.For("City Aquarium", MerchantNeed.Ticket, aquariumAt ?? new GeoPoint(48.03, 11), "day ticket", aquariumHours);
        Mall = new TestMall(Kitchen, Aquarium);
        Rig = new AgentRig(options, Mall);
        Rig.Park();
        if (hasRoute)
        {
            Rig.Route(End);
        }

        Rig.Ports.OnQuery = query => Task.FromResult(query switch
        {
            { Category: PlaceCategory.Home } => Found("Home", End),
            { Text: "depot" } => Depot,
            _ => PlaceAnswer.None,
        });
        Rig.Model.On(
            "noodles to arrive when I get home, two tickets for the aquarium on the way and stop at the depot",
            ("order_food", new { item = "noodles", arrive = "home" }),
            ("book_ticket", new { kind = "attraction", what = "aquarium", quantity = 2, near = "route" }),
            ("add_stop", new { destination = "depot" }));
    }

    internal TestMerchant Kitchen { get; } = TestMerchant.For("Noodle House", MerchantNeed.Food, new GeoPoint(48.09, 11.01), "noodles");

    internal TestMerchant Aquarium { get; }

    internal TestMall Mall { get; }

    internal AgentRig Rig { get; }

    internal PlaceAnswer Depot { get; } = Found("Depot", new GeoPoint(48.06, 11));

    internal IReadOnlyList<string> Replies => [.. Rig.Ports.Replies.Select(reply => reply.Text)];

    public void Dispose() => Rig.Dispose();

    /// <summary>The positions are fresh again.</summary>
    internal void Here() => Rig.At(Start);

    internal void Stay(double seconds)
    {
        Rig.Park(seconds);
        Here();
    }

    internal Task<TurnReport> SayAsync(string text, string language = "en")
    {
        Here();
        return Rig.SayAsync(text, language: language);
    }

    internal Task ConfirmAsync(bool yes)
    {
        Here();
        return Rig.ConfirmAsync(yes);
    }

    private static PlaceAnswer Found(string name, GeoPoint at) =>
        new(PlaceStatus.Found, [new Place { PlaceId = name, Name = name, Position = at }]);
}
