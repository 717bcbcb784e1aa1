namespace EcuAgent.Dds.TypeSupport;

/// <summary>A blittable C# struct whose memory is laid out as Cyclone DDS lays out the C struct of the same IDL type.</summary>
/// <typeparam name="TSelf">The implementing struct itself.</typeparam>
/// <remarks>
/// Implemented by generated code only. A binding may hand the address of such a struct to <c>dds_write</c> and
/// <c>dds_take</c> as it is, because size, alignment and offsets equal those of the C struct that <c>idlc -l c</c> emits.
/// </remarks>
public interface IDdsType<TSelf>
    where TSelf : unmanaged, IDdsType<TSelf>
{
    /// <summary>What <c>dds_create_topic</c> needs to know about the type. One object per type, made once.</summary>
    static abstract DdsTypeDescriptor Descriptor { get; }
}
