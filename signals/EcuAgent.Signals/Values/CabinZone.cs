namespace EcuAgent.Signals;

/// <summary>A place, or a group of places, in the cabin. Numbers equal <c>ecu::v1::CabinZone</c>.</summary>
public enum CabinZone
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>The driver's seat.</summary>
    Driver = 1,

    /// <summary>The front passenger's seat.</summary>
    Passenger = 2,

    /// <summary>Second row, left.</summary>
    RearLeft = 3,

    /// <summary>Second row, right.</summary>
    RearRight = 4,

    /// <summary>Both front seats.</summary>
    Front = 5,

    /// <summary>The second row.</summary>
    Rear = 6,

    /// <summary>The whole cabin.</summary>
    All = 7,
}
