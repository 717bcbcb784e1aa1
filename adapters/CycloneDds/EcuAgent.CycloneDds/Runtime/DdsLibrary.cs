namespace EcuAgent.CycloneDds;

/// <summary>The native library as a whole.</summary>
public static class DdsLibrary
{
    /// <summary>The file that is used, for example <c>/usr/lib/x86_64-linux-gnu/libddsc.so.0.10.2</c>.</summary>
    /// <exception cref="DdsLibraryException">The library is missing or not a supported version.</exception>
    public static string LoadedPath
    {
        get
        {
            NativeLibraryLoader.EnsureLoaded();
            return NativeLibraryLoader.LoadedPath!;
        }
    }

    /// <summary>Warnings and errors that Cyclone logged in this process.</summary>
    public static long NativeWarnings => NativeLog.Warnings;

    /// <summary>
    /// Samples and messages that Cyclone dropped because they do not fit their type or the protocol: truncated, enum out of
    /// range, string too long. Cyclone 0.10 raises no DDS status for them; its log is the only sign, and this counts it.
    /// </summary>
    public static long MalformedDropped => NativeLog.Malformed;

    /// <summary>Loads the library now instead of at first use.</summary>
    /// <exception cref="DdsLibraryException">The library is missing or not a supported version.</exception>
    public static void EnsureLoaded() => NativeLibraryLoader.EnsureLoaded();
}
