using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/ddsc/dds_public_listener.h</content>
internal static unsafe partial class Interop
{
    [LibraryImport(Library)]
    internal static partial nint dds_create_listener(nint arg);

    [LibraryImport(Library)]
    internal static partial void dds_delete_listener(nint listener);

    [LibraryImport(Library)]
    internal static partial void dds_lset_data_available(nint listener, delegate* unmanaged<int, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_liveliness_lost(nint listener, delegate* unmanaged<int, dds_count_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_sample_lost(nint listener, delegate* unmanaged<int, dds_count_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_offered_deadline_missed(nint listener, delegate* unmanaged<int, dds_deadline_missed_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_requested_deadline_missed(nint listener, delegate* unmanaged<int, dds_deadline_missed_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_offered_incompatible_qos(nint listener, delegate* unmanaged<int, dds_incompatible_qos_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_requested_incompatible_qos(nint listener, delegate* unmanaged<int, dds_incompatible_qos_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_publication_matched(nint listener, delegate* unmanaged<int, dds_matched_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_subscription_matched(nint listener, delegate* unmanaged<int, dds_matched_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_sample_rejected(nint listener, delegate* unmanaged<int, dds_sample_rejected_status, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial void dds_lset_liveliness_changed(nint listener, delegate* unmanaged<int, dds_liveliness_changed_status, nint, void> callback);
}
