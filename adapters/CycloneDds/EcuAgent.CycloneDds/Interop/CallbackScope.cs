namespace EcuAgent.CycloneDds;

/// <summary>Knows whether the current thread is inside a listener callback of Cyclone.</summary>
internal static class CallbackScope
{
    [ThreadStatic]
    private static int t_depth;

    internal static bool IsInside => t_depth > 0;

    internal static void Enter() => t_depth++;

    internal static void Leave() => t_depth--;
}
