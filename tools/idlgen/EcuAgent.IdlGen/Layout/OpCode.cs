using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>The parts of Cyclone 0.10's instruction words that are used, named as in <c>dds/ddsc/dds_opcodes.h</c>.</summary>
internal static class OpCode
{
    public const uint Rts = 0;
    public const uint Adr = 0x01u << 24;
    public const uint Kof = 0x07u << 24;

    public const uint FlagKey = 1u << 0;
    public const uint FlagFloat = 1u << 1;
    public const uint FlagSigned = 1u << 2;
    public const uint FlagMustUnderstand = 1u << 3;

    /// <summary>Storage of an enum: 2 stands for 4 bytes.</summary>
    public const uint EnumSizeFourBytes = 2u << 6;

    public const uint BoundedString = 0x06;
    public const uint Array = 0x08;
    public const uint Struct = 0x0a;
    public const uint Enum = 0x0c;
    public const uint External = 0x0d;
    public const uint Boolean = 0x0e;

    public const int TypeShift = 16;
    public const int SubtypeShift = 8;

    /// <summary>The type code of a primitive, not yet shifted.</summary>
    public static uint Code(PrimitiveKind kind) => kind == PrimitiveKind.Boolean
        ? Boolean
        : CLayout.PrimitiveSizeBytes(kind) switch { 1 => 0x01u, 2 => 0x02u, 4 => 0x03u, _ => 0x04u };

    /// <summary>The flags that tell signed and floating-point primitives; char counts as signed.</summary>
    public static uint Flags(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Char or PrimitiveKind.Int8 or PrimitiveKind.Int16 or PrimitiveKind.Int32 or PrimitiveKind.Int64 => FlagSigned,
        PrimitiveKind.Float or PrimitiveKind.Double => FlagFloat,
        _ => 0,
    };
}
