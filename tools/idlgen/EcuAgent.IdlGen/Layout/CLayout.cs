using System.Runtime.CompilerServices;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>Size, alignment and offsets in bytes, as the C compilers of 64-bit Linux lay out what <c>idlc -l c</c> emits.</summary>
internal static class CLayout
{
    // Structs hold structs, so without memory the work would grow with the power of the nesting.
    private static readonly ConditionalWeakTable<IdlStruct, StructLayout> Known = [];

    public static uint SizeBytes(IdlType type) => type switch
    {
        PrimitiveType x => PrimitiveSizeBytes(x.Kind),
        IdlEnum => 4,
        StringType x => x.BoundBytes + 1,
        ArrayType x => checked(SizeBytes(x.Element) * x.Length),
        IdlStruct x => Of(x).SizeBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no layout"),
    };

    public static uint AlignmentBytes(IdlType type) => type switch
    {
        PrimitiveType x => PrimitiveSizeBytes(x.Kind),
        IdlEnum => 4,
        StringType => 1,
        ArrayType x => AlignmentBytes(x.Element),
        IdlStruct x => Of(x).AlignmentBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no layout"),
    };

    /// <summary>The offset in bytes of each member, in order.</summary>
    public static IReadOnlyList<uint> Offsets(IdlStruct type) => Of(type).Offsets;

    /// <summary>True when a string lies anywhere in the type.</summary>
    public static bool HasString(IdlType type) => type switch
    {
        StringType => true,
        ArrayType x => HasString(x.Element),
        IdlStruct x => Of(x).HasString,
        _ => false,
    };

    /// <summary>How deep structs and array dimensions are nested; 0 for what holds no other type.</summary>
    public static int Depth(IdlType type) => type switch
    {
        ArrayType x => Depth(x.Element) + 1,
        IdlStruct x => Of(x).Depth,
        _ => 0,
    };

    public static uint PrimitiveSizeBytes(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Boolean or PrimitiveKind.Char or PrimitiveKind.Int8 or PrimitiveKind.UInt8 => 1,
        PrimitiveKind.Int16 or PrimitiveKind.UInt16 => 2,
        PrimitiveKind.Int32 or PrimitiveKind.UInt32 or PrimitiveKind.Float => 4,
        _ => 8,
    };

    public static uint Align(uint value, uint alignment) => checked(value + alignment - 1) / alignment * alignment;

    private static StructLayout Of(IdlStruct type) => Known.GetValue(type, Compute);

    private static StructLayout Compute(IdlStruct type)
    {
        var offsets = new List<uint>();
        uint end = 0;
        foreach (var member in type.Members)
        {
            var offset = Align(end, AlignmentBytes(member.Type));
            offsets.Add(offset);
            end = checked(offset + SizeBytes(member.Type));
        }

        var alignment = type.Members.Max(static x => AlignmentBytes(x.Type));
        return new StructLayout(
            offsets, Align(end, alignment), alignment, type.Members.Any(static x => HasString(x.Type)), type.Members.Max(static x => Depth(x.Type)) + 1);
    }

    private sealed record StructLayout(IReadOnlyList<uint> Offsets, uint SizeBytes, uint AlignmentBytes, bool HasString, int Depth);
}
