using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>Size, alignment and offsets in bytes, as the C compilers of 64-bit Linux lay out what <c>idlc -l c</c> emits.</summary>
internal static class CLayout
{
    public static uint SizeBytes(IdlType type) => type switch
    {
        PrimitiveType x => PrimitiveSizeBytes(x.Kind),
        IdlEnum => 4,
        StringType x => x.BoundBytes + 1,
        ArrayType x => checked(SizeBytes(x.Element) * x.Length),
        IdlStruct x => Align(EndBytes(x), AlignmentBytes(x)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no layout"),
    };

    public static uint AlignmentBytes(IdlType type) => type switch
    {
        PrimitiveType x => PrimitiveSizeBytes(x.Kind),
        IdlEnum => 4,
        StringType => 1,
        ArrayType x => AlignmentBytes(x.Element),
        IdlStruct x => x.Members.Max(static m => AlignmentBytes(m.Type)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no layout"),
    };

    /// <summary>The offset in bytes of each member, in order.</summary>
    public static IReadOnlyList<uint> Offsets(IdlStruct type)
    {
        var offsets = new List<uint>();
        uint end = 0;
        foreach (var member in type.Members)
        {
            var offset = Align(end, AlignmentBytes(member.Type));
            offsets.Add(offset);
            end = checked(offset + SizeBytes(member.Type));
        }

        return offsets;
    }

    public static uint PrimitiveSizeBytes(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Boolean or PrimitiveKind.Char or PrimitiveKind.Int8 or PrimitiveKind.UInt8 => 1,
        PrimitiveKind.Int16 or PrimitiveKind.UInt16 => 2,
        PrimitiveKind.Int32 or PrimitiveKind.UInt32 or PrimitiveKind.Float => 4,
        _ => 8,
    };

    public static uint Align(uint value, uint alignment) => checked(value + alignment - 1) / alignment * alignment;

    private static uint EndBytes(IdlStruct type) => checked(Offsets(type)[^1] + SizeBytes(type.Members[^1].Type));
}
