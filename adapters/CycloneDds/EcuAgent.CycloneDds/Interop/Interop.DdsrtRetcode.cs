using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/ddsrt/retcode.h and time.h</content>
internal static unsafe partial class Interop
{
    internal const long DDS_INFINITY = long.MaxValue;

    [LibraryImport(Library)]
    internal static partial byte* dds_strretcode(int ret);
}
