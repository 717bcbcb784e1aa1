namespace EcuAgent.CycloneDds;

/// <summary>Native imports of libddsc, one file per C header. Names are those of the C library.</summary>
internal static unsafe partial class Interop
{
    /// <summary>The one place where the library is named. <see cref="NativeLibraryLoader"/> turns it into a file.</summary>
    internal const string Library = "ddsc";
}
