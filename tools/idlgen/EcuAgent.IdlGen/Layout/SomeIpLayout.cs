using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>Sizes in bytes in a SOME/IP payload: no padding, a length field in front of each string and array.</summary>
/// <param name="lengthBytes">Width of every length field: 1, 2 or 4 bytes.</param>
internal sealed class SomeIpLayout(int lengthBytes)
{
    /// <summary>Byte order mark and final zero.</summary>
    private const int StringOverheadBytes = 4;

    // Structs hold structs, so without memory the work would grow with the power of the nesting.
    private readonly Dictionary<IdlStruct, long> _known = new(ReferenceEqualityComparer.Instance);

    public int LengthBytes { get; } = lengthBytes;

    /// <summary>The longest content of a string or array, its own length field not counted; the longest size of any other type.</summary>
    public long MaximumContentBytes(IdlType type) => type switch
    {
        PrimitiveType x => CLayout.PrimitiveSizeBytes(x.Kind),
        IdlEnum => 4,
        StringType x => x.BoundBytes + StringOverheadBytes,
        ArrayType x => x.Length * MaximumBytes(x.Element),
        IdlStruct x => Of(x),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no layout"),
    };

    /// <exception cref="IdlException">A string or array in the member is longer than its length field can say.</exception>
    public void Check(IdlMember member)
    {
        var limit = (1L << (8 * LengthBytes)) - 1;
        for (var type = member.Type; type is StringType or ArrayType; type = (type as ArrayType)?.Element)
        {
            if (MaximumContentBytes(type) is var bytes && bytes > limit)
            {
                throw new IdlException(
                    member.Location, IdlErrors.LengthField, $"'{member.Name}' takes up to {bytes} bytes in SOME/IP, more than a length field of {8 * LengthBytes} bits can say");
            }
        }
    }

    private long MaximumBytes(IdlType type) => MaximumContentBytes(type) + (type is StringType or ArrayType ? LengthBytes : 0);

    private long Of(IdlStruct type)
    {
        if (!_known.TryGetValue(type, out var bytes))
        {
            bytes = type.Members.Sum(x => MaximumBytes(x.Type));
            _known.Add(type, bytes);
        }

        return bytes;
    }
}
