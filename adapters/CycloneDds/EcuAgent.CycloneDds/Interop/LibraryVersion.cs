using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>
/// Refuses a libddsc whose struct layouts differ from those that <see cref="Interop"/> was written for (0.10.x).
/// </summary>
/// <remarks>
/// libddsc 0.10 exports no version function and stores no version text. Two independent signs are read instead: exported
/// functions that came or went between releases, and the number in the file name that the loader mapped
/// (libddsc.so.0.10.2; not there when the file was renamed). Checked against the export tables of 0.10.2.
/// </remarks>
internal static class LibraryVersion
{
    internal const string Supported = "0.10.x";

    /// <summary>In 0.10, not in 0.9 and earlier (type information in the topic descriptor came with it).</summary>
    private static readonly string[] s_required = ["dds_create_topic_descriptor", "dds_get_typeinfo", "dds_lset_data_available_arg"];

    /// <summary>Came after 0.10 (new loan interface, PSMX), together with changed layouts.</summary>
    private static readonly string[] s_tooNew = ["dds_request_loan", "dds_reader_store_loaned_sample"];

    internal static void ThrowIfUnsupported(nint library, string path)
    {
        var verdict = Judge(name => NativeLibrary.TryGetExport(library, name, out _), path);
        if (verdict is not null)
        {
            throw new DdsLibraryException(verdict);
        }
    }

    /// <returns>Null when supported, else what is wrong.</returns>
    internal static string? Judge(Func<string, bool> exports, string path)
    {
        foreach (var name in s_required)
        {
            if (!exports(name))
            {
                return path + " is not Cyclone DDS " + Supported + ": it is older (no " + name + "). Run tools/native/setup.";
            }
        }

        foreach (var name in s_tooNew)
        {
            if (exports(name))
            {
                return path + " is not Cyclone DDS " + Supported + ": it is newer (has " + name + "). Run tools/native/setup.";
            }
        }

        var version = VersionInFileName(path);
        return version is null || (version.Major == 0 && version.Minor == 10)
            ? null
            : path + " is Cyclone DDS " + version + ", supported is " + Supported + ". Run tools/native/setup.";
    }

    /// <summary>0.10.2 of <c>/usr/lib/libddsc.so.0.10.2</c>; null when the name carries no full version.</summary>
    internal static Version? VersionInFileName(string path)
    {
        var name = Path.GetFileName(path);
        var start = name.IndexOf(".so.", StringComparison.Ordinal);
        return start >= 0 && Version.TryParse(name[(start + 4)..], out var version) ? version : null;
    }

    internal static string? FindMappedFile(string name)
    {
        const string Maps = "/proc/self/maps";
        if (!File.Exists(Maps))
        {
            return null;
        }

        foreach (var line in File.ReadLines(Maps))
        {
            var start = line.IndexOf('/', StringComparison.Ordinal);
            if (start > 0 && Path.GetFileName(line.AsSpan(start)).StartsWith(name, StringComparison.Ordinal))
            {
                return line[start..];
            }
        }

        return null;
    }
}
