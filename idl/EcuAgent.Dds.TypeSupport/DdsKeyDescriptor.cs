namespace EcuAgent.Dds.TypeSupport;

/// <summary>One key field: <c>dds_key_descriptor_t</c>.</summary>
/// <param name="Name">Path of the field, parts divided by a dot (<c>m_name</c>).</param>
/// <param name="OpsOffset">Index of the field's key offset list in <see cref="DdsTypeDescriptor.Ops"/> (<c>m_offset</c>).</param>
/// <param name="Index">Place of the key in definition order, from 0 (<c>m_idx</c>).</param>
public readonly record struct DdsKeyDescriptor(string Name, uint OpsOffset, uint Index);
