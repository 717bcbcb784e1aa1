namespace EcuAgent.Interop.Tests.Samples;

/// <summary>What a made-up sample is full of.</summary>
public enum SampleKind
{
    /// <summary>Every field has a value that no other field of the sample has; texts are not ASCII alone.</summary>
    Distinct,

    /// <summary>Bounds: longest texts, smallest and largest numbers, NaN, infinities, last enum values.</summary>
    Extreme,

    /// <summary>All zero, all texts empty.</summary>
    Empty,
}
