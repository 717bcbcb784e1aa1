namespace EcuAgent.IdlGen.Model;

/// <summary>A type that has a name of its own.</summary>
internal abstract record IdlDeclaration(IReadOnlyList<string> Scope, string Name, IReadOnlyList<string> Doc, IdlLocation Location) : IdlType
{
    /// <summary>The name on the wire, for example <c>ecu::v1::Gear</c>.</summary>
    public string FullName => string.Join("::", [.. Scope, Name]);
}

internal sealed record IdlEnumerator(string Name, uint Value, IReadOnlyList<string> Doc);

internal sealed record IdlEnum(
    IReadOnlyList<string> Scope, string Name, IReadOnlyList<string> Doc, IdlLocation Location, IReadOnlyList<IdlEnumerator> Enumerators)
    : IdlDeclaration(Scope, Name, Doc, Location)
{
    public uint MaximumValue => Enumerators.Max(static x => x.Value);
}

internal sealed record IdlMember(string Name, IdlType Type, bool IsKey, IReadOnlyList<string> Doc, IdlLocation Location);

internal sealed record IdlStruct(
    IReadOnlyList<string> Scope, string Name, IReadOnlyList<string> Doc, IdlLocation Location, IReadOnlyList<IdlMember> Members,
    bool IsNested)
    : IdlDeclaration(Scope, Name, Doc, Location)
{
    public bool HasKeys => Members.Any(static x => x.IsKey);
}

internal sealed record IdlConstant(IReadOnlyList<string> Scope, string Name, PrimitiveKind Kind, Int128 Value, IReadOnlyList<string> Doc, IdlLocation Location);
