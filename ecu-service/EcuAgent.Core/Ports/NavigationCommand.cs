using EcuAgent.Signals;

namespace EcuAgent.Core.Ports;

/// <summary>A command for the navigation ECU. Fields that the action does not name are empty or zero.</summary>
public sealed record NavigationCommand : VehicleCommand
{
    /// <inheritdoc/>
    public override CommandTarget Target => CommandTarget.Navigation;

    /// <summary>What to do.</summary>
    public required NavigationAction Action { get; init; }

    /// <summary>What the route shall avoid.</summary>
    public RouteAvoidance Avoidance { get; init; }

    /// <summary>Id of the place in the navigation ECU's own map, at most 64 characters.</summary>
    public string PlaceId { get; init; } = "";

    /// <summary>Name of the place, at most 128 UTF-8 bytes.</summary>
    public string DestinationName { get; init; } = "";

    /// <summary>WGS 84 position of the place.</summary>
    public GeoPoint Position { get; init; }
}
