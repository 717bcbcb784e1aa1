namespace EcuAgent.Bench.Service;

/// <summary>Which signal a flood sends.</summary>
internal enum FloodKind
{
    /// <summary>VehicleSpeed, one source, keep-last 1.</summary>
    Speed,

    /// <summary>CabinCameraEvent, four sources, keep-last 16.</summary>
    Camera,
}
