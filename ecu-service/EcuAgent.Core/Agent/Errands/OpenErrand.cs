using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>An errand that is planned and not done.</summary>
/// <param name="Id">GUID.</param>
/// <param name="Tool">The tool that asked.</param>
/// <param name="Arguments">Its checked arguments.</param>
/// <param name="Request">What the gate is asked anew when its turn comes.</param>
/// <param name="Summary">What it is, in the language of the person.</param>
/// <param name="Place">On the way or at its end.</param>
/// <param name="Options">Where or by whom it can be done, best first; at least one.</param>
internal sealed record OpenErrand(
    string Id, ToolDefinition Tool, ToolArguments Arguments, GateRequest Request, string Summary, ErrandPlace Place, IReadOnlyList<ErrandOption> Options)
{
    /// <summary>The option that the plan takes; the best before there is a plan.</summary>
    public ErrandOption Chosen { get; init; } = Options[0];

    /// <summary>The stop of the plan; null before there is one, or where the car does not stop for it.</summary>
    public PlannedStop? Planned { get; init; }

    /// <summary>True when it is brought to a saved place.</summary>
    public bool IsBrought { get; init; }

    /// <summary>Where it is brought to, when that is not known to be where the trip ends; null otherwise.</summary>
    public GeoPoint? BroughtTo { get; init; }

    /// <summary>True when it is for a later day: it is bought now, and the car does not go there.</summary>
    public bool IsForLater { get; init; }

    /// <summary>True when something is bought.</summary>
    public bool IsPurchase => Tool.ActionClass == ActionClass.Commit;

    /// <summary>True when it matters when the car is where: not for a bill, a train ticket or a later day.</summary>
    public bool IsOnTheWay => !IsForLater && (Place == ErrandPlace.Stop || IsBrought || Needs.OfTool(Tool.Name) == MerchantNeed.Hotel);

    /// <summary>The same, held to the option that was chosen.</summary>
    public OpenErrand Pinned => this with { Options = [Chosen] };

    /// <summary>As the planner sees it.</summary>
    public Errand ToPlan() => new(Id, [.. Options.Select(option => option.Candidate)], Place);
}
