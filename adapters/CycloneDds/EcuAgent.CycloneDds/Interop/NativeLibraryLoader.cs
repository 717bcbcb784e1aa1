using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>Finds libddsc, checks that it is a supported version, and answers the runtime's question for it.</summary>
internal static class NativeLibraryLoader
{
    internal const string PathVariable = "ECUAGENT_LIBDDSC";
    internal const string LocalFolder = ".native";

    private static readonly Lazy<nint> s_library = new(Load);

    /// <summary>Debian's soname first: where both exist, the distribution's package is the one that gets security updates.</summary>
    private static readonly string[] s_fileNames = ["libddsc.so.0debian", "libddsc.so.0", "libddsc.so"];

    /// <summary>What Debian's libddsc needs and what <c>.native</c> may bring along.</summary>
    private static readonly string[] s_companions = ["libiceoryx_*.so.*", "libssl.so.*", "libcrypto.so.*", "libacl.so.*"];

    /// <summary>The file that was loaded, with links resolved where the system tells; null before the first use.</summary>
    internal static string? LoadedPath { get; private set; }

    /// <exception cref="DdsLibraryException">The library is missing or not a supported version.</exception>
    internal static void EnsureLoaded() => _ = s_library.Value;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "The resolver must be there before the first import is bound, from whichever type that is.")]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(
            typeof(NativeLibraryLoader).Assembly,
            static (name, _, _) => name == Interop.Library ? s_library.Value : 0);

    /// <summary>The files and names to try, in this order.</summary>
    internal static IEnumerable<string> Candidates(string? explicitPath, string baseDirectory)
    {
        if (!string.IsNullOrEmpty(explicitPath))
        {
            // An explicit wish that cannot be met is an error, not a hint: nothing else is tried.
            yield return explicitPath;
            yield break;
        }

        for (var folder = new DirectoryInfo(baseDirectory); folder is not null; folder = folder.Parent)
        {
            var local = Path.Combine(folder.FullName, LocalFolder, "lib");
            if (Directory.Exists(local))
            {
                foreach (var name in s_fileNames)
                {
                    yield return Path.Combine(local, name);
                }

                break;
            }
        }

        foreach (var name in s_fileNames)
        {
            yield return name;
        }
    }

    private static nint Load()
    {
        var explicitPath = Environment.GetEnvironmentVariable(PathVariable);
        foreach (var candidate in Candidates(explicitPath, AppContext.BaseDirectory))
        {
            if (NativeLibrary.TryLoad(candidate, out var library) || TryLoadWithCompanions(candidate, out library))
            {
                LoadedPath = LibraryVersion.FindMappedFile("libddsc") ?? candidate;
                LibraryVersion.ThrowIfUnsupported(library, LoadedPath);
                NativeLog.Install(library);
                return library;
            }
        }

        throw new DdsLibraryException(
            string.IsNullOrEmpty(explicitPath)
                ? "Cyclone DDS (libddsc 0.10) was not found: run tools/native/setup, or set " + PathVariable + " to the library file."
                : PathVariable + "=" + explicitPath + " could not be loaded as libddsc: correct it, or unset it and run tools/native/setup.");
    }

    /// <summary>
    /// Loads the libraries beside the file first: the system's loader knows the folder only when LD_LIBRARY_PATH names it,
    /// but takes a library that is loaded already. Several rounds, because they need each other in an order of their own.
    /// </summary>
    private static bool TryLoadWithCompanions(string path, out nint library)
    {
        library = 0;
        if (!File.Exists(path) || Path.GetDirectoryName(path) is not { Length: > 0 } folder)
        {
            return false;
        }

        var waiting = s_companions.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).ToList();
        while (waiting.RemoveAll(companion => NativeLibrary.TryLoad(companion, out _)) > 0)
        {
        }

        return NativeLibrary.TryLoad(path, out library);
    }
}
