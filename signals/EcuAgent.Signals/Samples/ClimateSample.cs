namespace EcuAgent.Signals;

/// <summary>What the HVAC ECU has really applied: the read-back of its commands.</summary>
public readonly record struct ClimateSample
{
    /// <summary>Sender, times, counter.</summary>
    public SampleEnvelope Envelope { get; init; }

    /// <summary>The command that was carried out last; empty or null when none.</summary>
    public string? LastCommandId { get; init; }

    /// <summary>The climate control runs.</summary>
    public bool ClimateOn { get; init; }

    /// <summary>The compressor is switched on.</summary>
    public bool AirConditioningOn { get; init; }

    /// <summary>The heater is switched on.</summary>
    public bool HeaterOn { get; init; }

    /// <summary>The ECU chooses fan and air flow itself.</summary>
    public bool AutomaticOn { get; init; }

    /// <summary>Cabin air is recirculated.</summary>
    public bool RecirculationOn { get; init; }

    /// <summary>The windshield is being cleared.</summary>
    public bool FrontDefrostOn { get; init; }

    /// <summary>The rear window is being cleared.</summary>
    public bool RearDefrostOn { get; init; }

    /// <summary>The steering wheel is heated.</summary>
    public bool SteeringWheelHeatingOn { get; init; }

    /// <summary>0 (off) .. 7.</summary>
    public int FanLevel { get; init; }

    /// <summary>Where the air goes.</summary>
    public AirflowDirection Airflow { get; init; }

    /// <summary>Degrees Celsius per zone, -40 .. 85; NaN where there is no zone.</summary>
    public PerZone<double> TargetTemperatureCelsius { get; init; }

    /// <summary>0 (off) .. 3 per zone.</summary>
    public PerZone<int> SeatHeatingLevel { get; init; }

    /// <summary>0 (off) .. 3 per zone.</summary>
    public PerZone<int> SeatVentilationLevel { get; init; }

    /// <summary>Degrees Celsius, -60 .. 100; NaN when not measured.</summary>
    public double CabinTemperatureCelsius { get; init; }

    /// <summary>Degrees Celsius, -60 .. 100; NaN when not measured.</summary>
    public double AmbientTemperatureCelsius { get; init; }
}
