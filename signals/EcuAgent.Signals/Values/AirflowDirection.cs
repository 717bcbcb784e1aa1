namespace EcuAgent.Signals;

/// <summary>Where the air goes. Numbers equal <c>ecu::v1::AirflowDirection</c>.</summary>
public enum AirflowDirection
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>To the face; VSS <c>MIDDLE</c>.</summary>
    Face = 1,

    /// <summary>To the feet; VSS <c>DOWN</c>.</summary>
    Feet = 2,

    /// <summary>To the windshield; VSS <c>UP</c>.</summary>
    Windshield = 3,

    /// <summary>To face and feet.</summary>
    FaceFeet = 4,
}
