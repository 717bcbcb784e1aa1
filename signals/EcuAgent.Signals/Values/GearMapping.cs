namespace EcuAgent.Signals;

/// <summary>
/// Gear numbers of other vocabularies. They differ, so each has its own table; a number that its table does not name is
/// <see cref="GearPosition.Unknown"/>.
/// </summary>
public static class GearMapping
{
    private const int VssPark = 126;
    private const int VssDrive = 127;
    private const int VssLowestReverse = -128;
    private const int VssHighestForward = 125;

    /// <summary>
    /// VSS <c>Vehicle.Powertrain.Transmission.SelectedGear</c> (int8): 126 Park, 127 Drive, 0 neutral, 1.. forward, -1.. reverse.
    /// A byte that was not sign-extended (255 for -1, as vss-tools' ddsidl sends it) is outside the range, hence Unknown.
    /// </summary>
    public static GearPosition FromVssSelectedGear(int number) => number switch
    {
        VssPark => GearPosition.Park,
        VssDrive => GearPosition.Drive,
        _ => FromVssCurrentGear(number),
    };

    /// <summary>VSS <c>CurrentGear</c> (int8): 0 neutral, 1.. forward, -1.. reverse. It has no Park, so none is ever returned.</summary>
    public static GearPosition FromVssCurrentGear(int number) => number switch
    {
        0 => GearPosition.Neutral,
        >= 1 and <= VssHighestForward => GearPosition.Drive,
        >= VssLowestReverse and < 0 => GearPosition.Reverse,
        _ => GearPosition.Unknown,
    };

    /// <summary>
    /// Android's <c>GEAR_SELECTION</c>, the bit values of <c>VehicleGear</c>: 1 neutral, 2 reverse, 4 park, 8 drive,
    /// 0x10 (first) .. 0x1000 (ninth).
    /// </summary>
    public static GearPosition FromAndroidGearSelection(int number) => number switch
    {
        0x1 => GearPosition.Neutral,
        0x2 => GearPosition.Reverse,
        0x4 => GearPosition.Park,
        0x8 or 0x10 or 0x20 or 0x40 or 0x80 or 0x100 or 0x200 or 0x400 or 0x800 or 0x1000 => GearPosition.Drive,
        _ => GearPosition.Unknown,
    };

    /// <summary>
    /// <c>autoware_vehicle_msgs/GearReport</c>: 1 neutral, 2..19 drive, 20..21 reverse, 22 park, 23..24 low (a forward gear).
    /// </summary>
    public static GearPosition FromAutowareGearReport(int number) => number switch
    {
        1 => GearPosition.Neutral,
        >= 2 and <= 19 => GearPosition.Drive,
        20 or 21 => GearPosition.Reverse,
        22 => GearPosition.Park,
        23 or 24 => GearPosition.Drive,
        _ => GearPosition.Unknown,
    };

    /// <summary>The VSS <c>SelectedGear</c> number of a position; 127 for Drive, -1 for Reverse.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is Unknown or undefined: VSS has no number for it.</exception>
    public static int ToVssSelectedGear(GearPosition position) => position switch
    {
        GearPosition.Park => VssPark,
        GearPosition.Reverse => -1,
        GearPosition.Neutral => 0,
        GearPosition.Drive => VssDrive,
        _ => throw new ArgumentOutOfRangeException(nameof(position), position, "VSS SelectedGear has no number for this position."),
    };
}
