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
        if (keys.Count > 0 && KeyBytes(keys, xcdr2: false) <= MaximumFixedKeyBytes)
        {
            traits.Add("FixedKey");
        }

        if (!CLayout.HasString(topic))
        {
            traits.Add("FixedSize");
        }

        if (keys.Count > 0 && KeyBytes(keys, xcdr2: true) <= MaximumFixedKeyBytes)
        {
            traits.Add("FixedKeyXcdr2");
        }

        return traits;
    }

    /// <summary>XCDR2 aligns to four bytes at most, and puts a length before an array of enums.</summary>
    private static ulong KeyBytes(IEnumerable<IdlType> keys, bool xcdr2)
    {
        ulong end = 0;
        foreach (var key in keys)
        {
            var (element, length) = key is ArrayType array ? OpEmitter.Flatten(array) : (key, 1u);
            if (xcdr2 && key is ArrayType && element is IdlEnum)
            {
                end = Align(end, 4) + 4;
            }

            var (alignment, size) = element is StringType text
                ? (4u, 4 + text.BoundBytes + 1)
                : (Math.Min(CLayout.AlignmentBytes(element), xcdr2 ? 4u : 8u), CLayout.SizeBytes(element));
            end = Align(end, alignment) + ((ulong)size * length);
        }

        return end;
    }

    private static ulong Align(ulong value, uint alignment) => (value + alignment - 1) / alignment * alignment;
}
