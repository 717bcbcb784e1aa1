using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <content>dds/dds.h</content>
internal static unsafe partial class Interop
{
    /// <summary>DDS_MIN_PSEUDO_HANDLE (dds_basic_types.h) + 3.</summary>
    internal const int DDS_BUILTIN_TOPIC_DCPSPUBLICATION = 0x7fff0000 + 3;

    /// <summary>DDS_MIN_PSEUDO_HANDLE (dds_basic_types.h) + 4.</summary>
    internal const int DDS_BUILTIN_TOPIC_DCPSSUBSCRIPTION = 0x7fff0000 + 4;

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_guid
    {
        internal fixed byte v[16];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct dds_builtintopic_endpoint
    {
        internal dds_guid key;
        internal dds_guid participant_key;
        internal ulong participant_instance_handle;
        internal byte* topic_name;
        internal byte* type_name;
        internal nint qos;
    }

    [LibraryImport(Library)]
    internal static partial int dds_create_domain(uint domain, byte* config);

    [LibraryImport(Library)]
    internal static partial int dds_create_participant(uint domain, nint qos, nint listener);

    [LibraryImport(Library)]
    internal static partial int dds_create_topic(EntityHandle participant, dds_topic_descriptor* descriptor, byte* name, nint qos, nint listener);

    [LibraryImport(Library)]
    internal static partial int dds_create_reader(EntityHandle participant, EntityHandle topic, nint qos, nint listener);

    [LibraryImport(Library, EntryPoint = nameof(dds_create_reader))]
    internal static partial int dds_create_builtin_reader(EntityHandle participant, int topic, nint qos, nint listener);

    [LibraryImport(Library)]
    internal static partial int dds_create_writer(EntityHandle participant, EntityHandle topic, nint qos, nint listener);

    /// <remarks>Only for <see cref="EntityHandle"/> and the domain registry; everything else closes a handle.</remarks>
    [LibraryImport(Library)]
    internal static partial int dds_delete(int entity);

    [LibraryImport(Library)]
    internal static partial int dds_get_guid(EntityHandle entity, dds_guid* guid);

    [LibraryImport(Library)]
    internal static partial int dds_write(EntityHandle writer, void* data);

    [LibraryImport(Library)]
    internal static partial int dds_write_ts(EntityHandle writer, void* data, long timestamp);

    [LibraryImport(Library)]
    internal static partial int dds_dispose(EntityHandle writer, void* data);

    [LibraryImport(Library)]
    internal static partial int dds_unregister_instance(EntityHandle writer, void* data);

    [LibraryImport(Library)]
    internal static partial int dds_wait_for_acks(EntityHandle writer, long timeout);

    [LibraryImport(Library)]
    internal static partial int dds_assert_liveliness(EntityHandle entity);

    [LibraryImport(Library)]
    internal static partial int dds_take(EntityHandle reader, void** buf, DdsSampleInfo* si, nuint bufsz, uint maxs);

    [LibraryImport(Library)]
    internal static partial int dds_take_wl(EntityHandle reader, void** buf, DdsSampleInfo* si, uint maxs);

    [LibraryImport(Library)]
    internal static partial int dds_read(EntityHandle reader, void** buf, DdsSampleInfo* si, nuint bufsz, uint maxs);

    [LibraryImport(Library)]
    internal static partial int dds_return_loan(EntityHandle reader, void** buf, int bufsz);

    [LibraryImport(Library)]
    internal static partial int dds_create_readcondition(EntityHandle reader, uint mask);

    [LibraryImport(Library)]
    internal static partial int dds_create_guardcondition(EntityHandle participant);

    [LibraryImport(Library)]
    internal static partial int dds_set_guardcondition(EntityHandle guard, byte triggered);

    [LibraryImport(Library)]
    internal static partial int dds_take_guardcondition(EntityHandle guard, byte* triggered);

    [LibraryImport(Library)]
    internal static partial int dds_create_waitset(EntityHandle participant);

    [LibraryImport(Library)]
    internal static partial int dds_waitset_attach(EntityHandle waitset, EntityHandle entity, nint x);

    [LibraryImport(Library)]
    internal static partial int dds_waitset_detach(EntityHandle waitset, EntityHandle entity);

    [LibraryImport(Library)]
    internal static partial int dds_waitset_wait(EntityHandle waitset, nint* xs, nuint nxs, long reltimeout);
}
