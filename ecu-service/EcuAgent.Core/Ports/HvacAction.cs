namespace EcuAgent.Core.Ports;

/// <summary>What the HVAC ECU is asked to do; each member names the fields of <see cref="HvacCommand"/> that it uses. Order and meaning of the wire contract.</summary>
public enum HvacAction
{
    /// <summary>Not set; never sent.</summary>
    Unknown,

    /// <summary>TemperatureCelsius is the wanted temperature, Zone.</summary>
    SetTemperature,

    /// <summary>TemperatureCelsius is the signed difference, Zone.</summary>
    AdjustTemperature,

    /// <summary>Level 0 (off) .. 7.</summary>
    SetFan,

    /// <summary>Level is the signed difference.</summary>
    AdjustFan,

    /// <summary>On.</summary>
    SetClimate,

    /// <summary>On.</summary>
    SetAirConditioning,

    /// <summary>On.</summary>
    SetHeater,

    /// <summary>On.</summary>
    SetAutomatic,

    /// <summary>On.</summary>
    SetRecirculation,

    /// <summary>On.</summary>
    SetFrontDefrost,

    /// <summary>On.</summary>
    SetRearDefrost,

    /// <summary>Airflow, Zone.</summary>
    SetAirflow,

    /// <summary>Level 0 (off) .. 3, Zone.</summary>
    SetSeatHeating,

    /// <summary>Level 0 (off) .. 3, Zone.</summary>
    SetSeatVentilation,

    /// <summary>On.</summary>
    SetSteeringWheelHeating,
}
