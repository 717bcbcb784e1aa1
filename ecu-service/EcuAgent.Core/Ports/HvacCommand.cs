using EcuAgent.Signals;

namespace EcuAgent.Core.Ports;

/// <summary>A command for the HVAC ECU. Fields that the action does not name are zero.</summary>
public sealed record HvacCommand : VehicleCommand
{
    /// <inheritdoc/>
    public override CommandTarget Target => CommandTarget.Hvac;

    /// <summary>What to do.</summary>
    public required HvacAction Action { get; init; }

    /// <summary>Which place in the cabin; <see cref="CabinZone.All"/> for actions without a place.</summary>
    public CabinZone Zone { get; init; } = CabinZone.All;

    /// <summary>On or off.</summary>
    public bool On { get; init; }

    /// <summary>Level or signed difference of levels.</summary>
    public int Level { get; init; }

    /// <summary>Where the air goes.</summary>
    public AirflowDirection Airflow { get; init; }

    /// <summary>Temperature or signed difference, degrees Celsius. What was said is sent, also outside the ECU's range: the ECU limits and reports back.</summary>
    public double TemperatureCelsius { get; init; }
}
