namespace EcuAgent.IdlGen.Model;

/// <summary>A type as a member uses it; typedefs are already replaced by what they stand for.</summary>
internal abstract record IdlType;

internal enum PrimitiveKind
{
    Boolean,
    Char,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float,
    Double,
}

internal sealed record PrimitiveType(PrimitiveKind Kind) : IdlType;

/// <summary><c>string&lt;N&gt;</c>; the bound counts bytes without the final zero.</summary>
internal sealed record StringType(uint BoundBytes) : IdlType;

/// <summary>A fixed array; the outermost dimension comes first.</summary>
internal sealed record ArrayType(IdlType Element, uint Length) : IdlType;
