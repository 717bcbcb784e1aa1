using EcuAgent.QwenCloud.Privacy;

namespace EcuAgent.QwenCloud.Leaving;

/// <summary>
/// The fixed grid that positions are coarsened to. Rows are 0.05 degrees high (5.56 km); in each row cells are as many times 0.05 degrees
/// wide as 5 km need at the row's narrower edge. Every position of a cell gives the same cell. Pure.
/// </summary>
internal static class AreaGrid
{
    internal const double StepDegrees = 0.05;
    internal const double LeastWidthKilometers = 5;

    // Beyond it cells become slices of the polar cap; nobody drives there.
    private const double LargestLatitudeDegrees = 85;
    private const double KilometersPerDegree = 111.19;

    /// <summary>The cell of a position; null for one that is not on the globe or too near to a pole.</summary>
    public static AreaCell? CellOf(double latitudeDegrees, double longitudeDegrees)
    {
        if (!(Math.Abs(latitudeDegrees) < LargestLatitudeDegrees && Math.Abs(longitudeDegrees) <= 180))
        {
            return null;
        }

        var row = (int)Math.Floor(latitudeDegrees / StepDegrees);
        var narrowEdge = Math.Max(Math.Abs(row), Math.Abs(row + 1)) * StepDegrees;
        var stepsWide = (int)Math.Ceiling(LeastWidthKilometers / (KilometersPerDegree * Math.Cos(narrowEdge * Math.PI / 180) * StepDegrees));
        var width = stepsWide * StepDegrees;
        var column = (int)Math.Floor(longitudeDegrees / width);
        return new AreaCell(Edge(row * StepDegrees), Edge((row + 1) * StepDegrees), Edge(column * width), Edge((column + 1) * width));
    }

    private static double Edge(double degrees) => Math.Round(degrees, 2);
}
