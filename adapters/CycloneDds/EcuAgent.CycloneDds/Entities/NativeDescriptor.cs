using System.Runtime.InteropServices;
using System.Text;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.CycloneDds;

/// <summary>The <c>dds_topic_descriptor_t</c> of a type, built once per type and kept for the life of the process.</summary>
internal static unsafe class NativeDescriptor<T>
    where T : unmanaged, IDdsType<T>
{
    private static readonly Lazy<nint> s_pointer = new(Build);

    internal static Interop.dds_topic_descriptor* Pointer => (Interop.dds_topic_descriptor*)s_pointer.Value;

    private static nint Build()
    {
        var type = T.Descriptor;
        if (type.SizeBytes != sizeof(T))
        {
            throw new InvalidOperationException($"{typeof(T)} has {sizeof(T)} bytes, its descriptor {type.TypeName} says {type.SizeBytes}.");
        }

        var keys = (Interop.dds_key_descriptor*)NativeMemory.AllocZeroed((nuint)type.Keys.Length + 1, (nuint)sizeof(Interop.dds_key_descriptor));
        for (var i = 0; i < type.Keys.Length; i++)
        {
            keys[i] = new() { m_name = Utf8(type.Keys[i].Name), m_offset = type.Keys[i].OpsOffset, m_idx = type.Keys[i].Index };
        }

        var ops = (uint*)NativeMemory.Alloc((nuint)type.Ops.Length, sizeof(uint));
        type.Ops.AsSpan().CopyTo(new Span<uint>(ops, type.Ops.Length));

        var descriptor = (Interop.dds_topic_descriptor*)NativeMemory.AllocZeroed((nuint)sizeof(Interop.dds_topic_descriptor));
        *descriptor = new()
        {
            m_size = type.SizeBytes,
            m_align = type.AlignmentBytes,
            m_flagset = (uint)type.Flags & ~Interop.DDS_TOPIC_XTYPES_METADATA,
            m_nkeys = (uint)type.Keys.Length,
            m_typename = Utf8(type.TypeName),
            m_keys = type.Keys.IsEmpty ? null : keys,
            m_nops = type.InstructionCount,
            m_ops = ops,
            m_meta = Utf8(string.Empty),
        };
        return (nint)descriptor;
    }

    private static byte* Utf8(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var native = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(native, bytes.Length));
        return native;
    }
}
