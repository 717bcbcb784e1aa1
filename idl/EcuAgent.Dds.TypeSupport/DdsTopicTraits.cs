namespace EcuAgent.Dds.TypeSupport;

/// <summary>The bits of <c>m_flagset</c>, named as <c>DDS_TOPIC_*</c> in <c>dds/ddsc/dds_opcodes.h</c>.</summary>
[Flags]
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1028:Enum Storage should be Int32", Justification = "The C field is a uint32_t.")]
public enum DdsTopicTraits : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,

    /// <summary>The XCDR1 form of the key fits in 16 bytes.</summary>
    FixedKey = 1u << 1,

    /// <summary>A sample has always the same size in memory.</summary>
    FixedSize = 1u << 4,

    /// <summary>The XCDR2 form of the key fits in 16 bytes.</summary>
    FixedKeyXcdr2 = 1u << 5,

    /// <summary>Type information is attached. Never set here, see <see cref="DdsTypeDescriptor"/>.</summary>
    XTypesMetadata = 1u << 6,
}
