using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/ddsrt/log.h</content>
internal static unsafe partial class Interop
{
    internal const uint DDS_LC_FATAL = 1;
    internal const uint DDS_LC_ERROR = 2;
    internal const uint DDS_LC_WARNING = 4;

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_log_data
    {
        internal uint priority;
        internal uint domid;
        internal byte* file;
        internal uint line;
        internal byte* function;
        internal byte* message;
        internal nuint size;
        internal nuint hdrsize;
    }

    [LibraryImport(Library)]
    internal static partial void dds_set_log_sink(delegate* unmanaged<nint, dds_log_data*, void> callback, nint userdata);

    [LibraryImport(Library)]
    internal static partial void dds_set_log_mask(uint cats);
}
