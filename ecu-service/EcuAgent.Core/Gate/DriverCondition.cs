namespace EcuAgent.Core.Gate;

/// <summary>What fresh, confident evidence of the cabin camera says about the driver. Null is "not known".</summary>
/// <param name="DrowsinessKss">Karolinska sleepiness scale, 1 (alert) .. 9 (very sleepy); other values count as not known.</param>
/// <param name="AttentionProbability">0 .. 1; NaN and values out of range count as not known.</param>
/// <param name="PhoneInUse">Whether the driver holds a phone.</param>
public readonly record struct DriverCondition(int? DrowsinessKss, double? AttentionProbability, bool? PhoneInUse)
{
    /// <summary>Nothing known.</summary>
    public static DriverCondition Unknown => default;
}
