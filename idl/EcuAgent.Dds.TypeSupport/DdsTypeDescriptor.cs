using System.Collections.Immutable;

namespace EcuAgent.Dds.TypeSupport;

/// <summary>The content of Cyclone's <c>dds_topic_descriptor_t</c> (version 0.10) without its pointers.</summary>
/// <remarks>
/// XTypes type information is left out on purpose: type ids differ between vendors, so topics match by name and type
/// name. <see cref="Flags"/> is therefore what <c>idlc</c> emits minus <see cref="DdsTopicTraits.XTypesMetadata"/>.
/// </remarks>
public sealed class DdsTypeDescriptor
{
    /// <summary>The IDL name with scopes, for example <c>ecu::v1::VehicleSpeed</c>: <c>m_typename</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Size of the struct in bytes: <c>m_size</c>.</summary>
    public required uint SizeBytes { get; init; }

    /// <summary>Alignment of the struct in bytes, 1, 2, 4 or 8: <c>m_align</c>.</summary>
    public required uint AlignmentBytes { get; init; }

    /// <summary>Properties of the type: <c>m_flagset</c>.</summary>
    public required DdsTopicTraits Flags { get; init; }

    /// <summary>The key fields in the order of <c>m_keys</c>; empty for a topic without key.</summary>
    public required ImmutableArray<DdsKeyDescriptor> Keys { get; init; }

    /// <summary>How many instructions describe the type, key offset lists not counted: <c>m_nops</c>.</summary>
    public required uint InstructionCount { get; init; }

    /// <summary>The words of the serializer's program, key offset lists included: <c>m_ops</c>.</summary>
    public required ImmutableArray<uint> Ops { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TypeName;
}
