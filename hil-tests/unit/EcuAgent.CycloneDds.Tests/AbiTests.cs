using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace EcuAgent.CycloneDds.Tests;

/// <summary>The layouts of 0.10.2, entered here a second time on purpose; where gcc and the headers are at hand, they are asked too.</summary>
public sealed class AbiTests
{
    private static readonly (string C, Type Managed, int Size, (string C, string Managed, int Offset)[] Fields)[] s_structs =
    [
        ("dds_topic_descriptor_t", typeof(Interop.dds_topic_descriptor), 96,
            Same(("m_size", 0), ("m_align", 4), ("m_flagset", 8), ("m_nkeys", 12), ("m_typename", 16), ("m_keys", 24), ("m_nops", 32), ("m_ops", 40),
                ("m_meta", 48), ("type_information", 56), ("type_mapping", 72), ("restrict_data_representation", 88))),
        ("dds_key_descriptor_t", typeof(Interop.dds_key_descriptor), 16, Same(("m_name", 0), ("m_offset", 8), ("m_idx", 12))),
        ("dds_log_data_t", typeof(Interop.dds_log_data), 56,
            Same(("priority", 0), ("domid", 4), ("file", 8), ("line", 16), ("function", 24), ("message", 32), ("size", 40), ("hdrsize", 48))),
        ("dds_builtintopic_endpoint_t", typeof(Interop.dds_builtintopic_endpoint), 64,
            Same(("key", 0), ("participant_key", 16), ("participant_instance_handle", 32), ("topic_name", 40), ("type_name", 48), ("qos", 56))),
        ("dds_sample_info_t", typeof(DdsSampleInfo), 64,
        [
            ("sample_state", "_sampleState", 0), ("view_state", "_viewState", 4), ("instance_state", "_instanceState", 8), ("valid_data", "_validData", 12),
            ("source_timestamp", "_sourceTimestamp", 16), ("instance_handle", "_instanceHandle", 24), ("publication_handle", "_publicationHandle", 32),
            ("disposed_generation_count", "_disposedGenerationCount", 40), ("no_writers_generation_count", "_noWritersGenerationCount", 44),
            ("sample_rank", "_sampleRank", 48), ("generation_rank", "_generationRank", 52), ("absolute_generation_rank", "_absoluteGenerationRank", 56),
        ]),
        ("dds_offered_deadline_missed_status_t", typeof(Interop.dds_deadline_missed_status), 16,
            Same(("total_count", 0), ("total_count_change", 4), ("last_instance_handle", 8))),
        ("dds_requested_deadline_missed_status_t", typeof(Interop.dds_deadline_missed_status), 16,
            Same(("total_count", 0), ("total_count_change", 4), ("last_instance_handle", 8))),
        ("dds_offered_incompatible_qos_status_t", typeof(Interop.dds_incompatible_qos_status), 12, Same(("total_count", 0), ("total_count_change", 4), ("last_policy_id", 8))),
        ("dds_requested_incompatible_qos_status_t", typeof(Interop.dds_incompatible_qos_status), 12, Same(("total_count", 0), ("total_count_change", 4), ("last_policy_id", 8))),
        ("dds_publication_matched_status_t", typeof(Interop.dds_matched_status), 24,
            [("total_count", "total_count", 0), ("current_count", "current_count", 8), ("current_count_change", "current_count_change", 12), ("last_subscription_handle", "last_handle", 16)]),
        ("dds_subscription_matched_status_t", typeof(Interop.dds_matched_status), 24,
            [("total_count", "total_count", 0), ("current_count", "current_count", 8), ("current_count_change", "current_count_change", 12), ("last_publication_handle", "last_handle", 16)]),
        ("dds_liveliness_lost_status_t", typeof(Interop.dds_count_status), 8, Same(("total_count", 0), ("total_count_change", 4))),
        ("dds_sample_lost_status_t", typeof(Interop.dds_count_status), 8, Same(("total_count", 0), ("total_count_change", 4))),
        ("dds_sample_rejected_status_t", typeof(Interop.dds_sample_rejected_status), 24,
            Same(("total_count", 0), ("total_count_change", 4), ("last_reason", 8), ("last_instance_handle", 16))),
        ("dds_liveliness_changed_status_t", typeof(Interop.dds_liveliness_changed_status), 24,
            Same(("alive_count", 0), ("not_alive_count", 4), ("alive_count_change", 8), ("not_alive_count_change", 12), ("last_publication_handle", 16))),
    ];

    [Fact]
    public void Structs_SizesAndOffsets_AreThoseOf0102()
    {
        foreach (var (c, managed, size, fields) in s_structs)
        {
            Assert.True(size == SizeOf(managed), $"{c}: {SizeOf(managed)} instead of {size}");
            foreach (var (_, name, offset) in fields)
            {
                Assert.True(offset == OffsetOf(managed, name), $"{c}.{name}: {OffsetOf(managed, name)} instead of {offset}");
            }
        }
    }

    [Fact]
    public async Task Structs_SizesAndOffsets_AreThoseThatGccSees()
    {
        Assert.SkipUnless(File.Exists("/usr/include/dds/dds.h") && File.Exists("/usr/bin/gcc"), "needs gcc and cyclonedds-dev");
        var source = new StringBuilder("#include <dds/dds.h>\n#include <stddef.h>\n");
        foreach (var (c, _, size, fields) in s_structs)
        {
            source.AppendLine($"_Static_assert(sizeof({c}) == {size}, \"{c}\");");
            foreach (var (name, _, offset) in fields)
            {
                source.AppendLine($"_Static_assert(offsetof({c}, {name}) == {offset}, \"{c}.{name}\");");
            }
        }

        source.AppendLine($"_Static_assert(DDS_BUILTIN_TOPIC_DCPSPUBLICATION == {Interop.DDS_BUILTIN_TOPIC_DCPSPUBLICATION}, \"publication\");");
        source.AppendLine($"_Static_assert(DDS_BUILTIN_TOPIC_DCPSSUBSCRIPTION == {Interop.DDS_BUILTIN_TOPIC_DCPSSUBSCRIPTION}, \"subscription\");");
        source.AppendLine($"_Static_assert(DDS_ANY_STATE == {Interop.DDS_ANY_STATE}, \"any state\");");
        source.AppendLine($"_Static_assert(DDS_DATA_REPRESENTATION_QOS_POLICY_ID == 25, \"policy ids\");");
        source.AppendLine($"_Static_assert(DDS_RETCODE_NOT_ALLOWED_BY_SECURITY == {(int)DdsReturnCode.NotAllowedBySecurity}, \"return codes\");");
        source.AppendLine($"_Static_assert(DDS_REJECTED_BY_SAMPLES_PER_INSTANCE_LIMIT == {(int)DdsRejectedReason.SamplesPerInstanceLimit}, \"reasons\");");
        source.AppendLine($"_Static_assert(DDS_IST_NOT_ALIVE_NO_WRITERS == {(int)DdsInstanceState.NotAliveNoWriters}, \"instance states\");");
        source.AppendLine($"_Static_assert(DDS_LIVELINESS_MANUAL_BY_TOPIC == {(int)DdsLiveliness.ManualByTopic}, \"liveliness\");");

        var start = new ProcessStartInfo("gcc", ["-fsyntax-only", "-x", "c", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var gcc = Process.Start(start)!;
        await gcc.StandardInput.WriteAsync(source.ToString());
        gcc.StandardInput.Close();
        Assert.Equal(string.Empty, await gcc.StandardError.ReadToEndAsync());
        await gcc.WaitForExitAsync();
        Assert.Equal(0, gcc.ExitCode);
    }

    [Fact]
    public void Imports_All_AreBlittableAndExported()
    {
        var imports = typeof(Interop).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Concat(typeof(LibcInterop).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)))
            .ToList();
        Assert.True(imports.Count > 50, $"only {imports.Count} imports found: look for them where the generator puts them now");
        foreach (var import in imports)
        {
            foreach (var type in import.GetParameters().Select(parameter => parameter.ParameterType).Append(import.ReturnType))
            {
                Assert.True(IsBlittable(type), $"{import.Name}: {type}");
            }

            var attribute = import.GetCustomAttribute<DllImportAttribute>()!;
            if (attribute.Value == Interop.Library)
            {
                Assert.True(NativeLibrary.TryGetExport(NativeLibrary.Load(DdsLibrary.LoadedPath), attribute.EntryPoint!, out _), attribute.EntryPoint);
            }
        }

        Assert.NotNull(typeof(Interop).Assembly.GetCustomAttribute<DisableRuntimeMarshallingAttribute>());
    }

    private static bool IsBlittable(Type type) =>
        type == typeof(void) || type.IsPointer || type.IsFunctionPointer || type.IsUnmanagedFunctionPointer ||
        type == typeof(nint) || type == typeof(nuint) || (type.IsPrimitive && type != typeof(bool) && type != typeof(char));

    private static (string, string, int)[] Same(params (string Name, int Offset)[] fields) => [.. fields.Select(field => (field.Name, field.Name, field.Offset))];

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int OffsetOf(Type type, string field) => (int)Marshal.OffsetOf(type, field);
}
