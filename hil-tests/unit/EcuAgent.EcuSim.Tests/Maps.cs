namespace EcuAgent.EcuSim.Tests;

internal static class Maps
{
    public static string BundledFile { get; } = Path.Combine(AppContext.BaseDirectory, "places.json");

    public static PlaceCatalogue Bundled { get; } = PlaceCatalogue.Load(BundledFile);
}
