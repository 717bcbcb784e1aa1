using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/ddsc/dds_public_impl.h</content>
internal static unsafe partial class Interop
{
    internal const uint DDS_TOPIC_XTYPES_METADATA = 1u << 6;

    internal const uint DDS_READ_SAMPLE_STATE = 1;
    internal const uint DDS_NOT_READ_SAMPLE_STATE = 2;
    internal const uint DDS_ANY_VIEW_STATE = 4 | 8;
    internal const uint DDS_ANY_INSTANCE_STATE = 16 | 32 | 64;
    internal const uint DDS_ANY_STATE = DDS_READ_SAMPLE_STATE | DDS_NOT_READ_SAMPLE_STATE | DDS_ANY_VIEW_STATE | DDS_ANY_INSTANCE_STATE;

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_key_descriptor
    {
        internal byte* m_name;
        internal uint m_offset;
        internal uint m_idx;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_type_meta_ser
    {
        internal byte* data;
        internal uint sz;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_topic_descriptor
    {
        internal uint m_size;
        internal uint m_align;
        internal uint m_flagset;
        internal uint m_nkeys;
        internal byte* m_typename;
        internal dds_key_descriptor* m_keys;
        internal uint m_nops;
        internal uint* m_ops;
        internal byte* m_meta;
        internal dds_type_meta_ser type_information;
        internal dds_type_meta_ser type_mapping;
        internal uint restrict_data_representation;
    }
}
