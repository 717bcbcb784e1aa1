using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>Which members make up the key of a topic type.</summary>
/// <remarks>
/// Where a key member is a struct, its own key members count; where it has none, all its members do, and so on inwards.
/// </remarks>
internal sealed class KeySet
{
    private const int MaximumKeys = 256;

    private readonly HashSet<IdlMember> _implicit = new(ReferenceEqualityComparer.Instance);
    private readonly List<IReadOnlyList<(IdlStruct Type, IdlMember Member)>> _paths = [];

    /// <summary>For each key field the members that lead to it, in order of definition.</summary>
    public IReadOnlyList<IReadOnlyList<(IdlStruct Type, IdlMember Member)>> Paths => _paths;

    /// <exception cref="IdlException">A key of a type that Cyclone does not take as key.</exception>
    public static KeySet Of(IdlStruct topic)
    {
        var keys = new KeySet();
        foreach (var member in topic.Members.Where(static x => x.IsKey))
        {
            keys.Add([(topic, member)]);
        }

        return keys;
    }

    /// <summary>The key flags of the instruction of a member.</summary>
    public uint Flags(IdlStruct type, IdlMember member) =>
        member.IsKey ? OpCode.FlagKey | OpCode.FlagMustUnderstand
        : !type.HasKeys && _implicit.Contains(member) ? OpCode.FlagKey
        : 0;

    private void Add(List<(IdlStruct Type, IdlMember Member)> path)
    {
        var member = path[^1].Member;
        if (member.Type is ArrayType array && OpEmitter.Flatten(array).Element is not (PrimitiveType or IdlEnum))
        {
            throw new IdlException(member.Location, IdlErrors.Key, $"construct '@key' on '{member.Name}', an array of strings or structs, is not supported");
        }

        if (member.Type is not IdlStruct inner)
        {
            _paths.Add(path);
            if (_paths.Count > MaximumKeys)
            {
                throw new IdlException(path[0].Member.Location, IdlErrors.TooLarge, $"struct '{path[0].Type.Name}' has more than {MaximumKeys} key fields");
            }

            return;
        }

        foreach (var next in inner.Members.Where(x => x.IsKey || !inner.HasKeys))
        {
            if (!inner.HasKeys)
            {
                _implicit.Add(next);
            }

            Add([.. path, (inner, next)]);
        }
    }
}
