using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>The flag set of a topic type, names as in <c>DdsTopicTraits</c>.</summary>
internal static class TopicTraits
{
    private const uint MaximumFixedKeyBytes = 16;

    public static IReadOnlyList<string> Of(IdlStruct topic)
    {
        var traits = new List<string>();
        var keys = KeySet.Of(topic).Paths.Select(static x => x[^1].Member.Type).ToList();
        if (keys.Count > 0 && KeyBytes(keys, 8) <= MaximumFixedKeyBytes)
        {
            traits.Add("FixedKey");
        }

        if (!HasString(topic))
        {
            traits.Add("FixedSize");
        }

        // XCDR2 aligns to at most four bytes.
        if (keys.Count > 0 && KeyBytes(keys, 4) <= MaximumFixedKeyBytes)
        {
            traits.Add("FixedKeyXcdr2");
        }

        return traits;
    }

    private static ulong KeyBytes(IEnumerable<IdlType> keys, uint maximumAlignment)
    {
        ulong end = 0;
        foreach (var key in keys)
        {
            var (element, length) = key is ArrayType array ? OpEmitter.Flatten(array) : (key, 1u);
            var (alignment, size) = element is StringType text
                ? (4u, 4 + text.BoundBytes + 1)
                : (Math.Min(CLayout.AlignmentBytes(element), maximumAlignment), CLayout.SizeBytes(element));
            end = ((end + alignment - 1) / alignment * alignment) + ((ulong)size * length);
        }

        return end;
    }

    private static bool HasString(IdlType type) => type switch
    {
        StringType => true,
        ArrayType x => HasString(x.Element),
        IdlStruct x => x.Members.Any(static m => HasString(m.Type)),
        _ => false,
    };
}
