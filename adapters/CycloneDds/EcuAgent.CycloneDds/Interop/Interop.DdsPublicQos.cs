using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/ddsc/dds_public_qos.h and dds_public_qosdefs.h</content>
internal static unsafe partial class Interop
{
    internal const int DDS_LENGTH_UNLIMITED = -1;

    [LibraryImport(Library)]
    internal static partial nint dds_create_qos();

    [LibraryImport(Library)]
    internal static partial void dds_delete_qos(nint qos);

    [LibraryImport(Library)]
    internal static partial void dds_qset_durability(nint qos, int kind);

    [LibraryImport(Library)]
    internal static partial void dds_qset_history(nint qos, int kind, int depth);

    [LibraryImport(Library)]
    internal static partial void dds_qset_resource_limits(nint qos, int max_samples, int max_instances, int max_samples_per_instance);

    [LibraryImport(Library)]
    internal static partial void dds_qset_lifespan(nint qos, long lifespan);

    [LibraryImport(Library)]
    internal static partial void dds_qset_deadline(nint qos, long deadline);

    [LibraryImport(Library)]
    internal static partial void dds_qset_ownership(nint qos, int kind);

    [LibraryImport(Library)]
    internal static partial void dds_qset_ownership_strength(nint qos, int value);

    [LibraryImport(Library)]
    internal static partial void dds_qset_liveliness(nint qos, int kind, long lease_duration);

    [LibraryImport(Library)]
    internal static partial void dds_qset_partition(nint qos, uint n, byte** ps);

    [LibraryImport(Library)]
    internal static partial void dds_qset_reliability(nint qos, int kind, long max_blocking_time);

    [LibraryImport(Library)]
    internal static partial void dds_qset_destination_order(nint qos, int kind);

    /// <param name="qos">The QoS object to change.</param>
    /// <param name="autodispose">A C bool: 0 or 1.</param>
    [LibraryImport(Library)]
    internal static partial void dds_qset_writer_data_lifecycle(nint qos, byte autodispose);

    [LibraryImport(Library)]
    internal static partial void dds_qset_durability_service(
        nint qos,
        long service_cleanup_delay,
        int history_kind,
        int history_depth,
        int max_samples,
        int max_instances,
        int max_samples_per_instance);
}
