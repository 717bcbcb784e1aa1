namespace Rti.Types.Dynamic;

/// <summary>A type read from XML: of a member, an array's element, or a struct.</summary>
public sealed record DynamicType(string Name, IReadOnlyList<(string Name, DynamicType Type)> Members, Type? Leaf, DynamicType? Element = null, int Length = 0)
{
    /// <summary>Most bytes of a string.</summary>
    public int Bound { get; init; }
}
