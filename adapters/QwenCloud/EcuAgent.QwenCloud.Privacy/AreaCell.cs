namespace EcuAgent.QwenCloud.Privacy;

/// <summary>A cell of a fixed grid, at least 5 km wide and high: all that may be told of where the car is.</summary>
/// <param name="South">Southern edge in degrees, a multiple of 0.05.</param>
/// <param name="North">Northern edge in degrees.</param>
/// <param name="West">Western edge in degrees.</param>
/// <param name="East">Eastern edge in degrees.</param>
public sealed record AreaCell(double South, double North, double West, double East);
