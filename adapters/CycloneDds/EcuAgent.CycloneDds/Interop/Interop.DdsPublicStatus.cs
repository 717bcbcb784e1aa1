using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/ddsc/dds_public_status.h</content>
internal static unsafe partial class Interop
{
    /// <summary>Deadline missed, offered and requested alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_deadline_missed_status
    {
        internal uint total_count;
        internal int total_count_change;
        internal ulong last_instance_handle;
    }

    /// <summary>Incompatible QoS, offered and requested alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_incompatible_qos_status
    {
        internal uint total_count;
        internal int total_count_change;
        internal uint last_policy_id;
    }

    /// <summary>Publication and subscription matched alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_matched_status
    {
        internal uint total_count;
        internal int total_count_change;
        internal uint current_count;
        internal int current_count_change;
        internal ulong last_handle;
    }

    /// <summary>Liveliness lost and sample lost alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_count_status
    {
        internal uint total_count;
        internal int total_count_change;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_sample_rejected_status
    {
        internal uint total_count;
        internal int total_count_change;
        internal uint last_reason;
        internal ulong last_instance_handle;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_liveliness_changed_status
    {
        internal uint alive_count;
        internal uint not_alive_count;
        internal int alive_count_change;
        internal int not_alive_count_change;
        internal ulong last_publication_handle;
    }
}
