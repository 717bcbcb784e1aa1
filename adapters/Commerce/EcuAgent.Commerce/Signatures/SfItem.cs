using System.Text;

namespace EcuAgent.Commerce.Signatures;

/// <summary>Parameters of an item or a list, in order.</summary>
internal sealed record SfParameters(IReadOnlyList<(string Key, SfBare Value)> Entries)
{
    internal static SfParameters None { get; } = new([]);

    internal SfBare? this[string key]
    {
        get
        {
            foreach (var (name, value) in Entries)
            {
                if (name == key)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>As they are written, with the semicolons.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Entries)
        {
            text.Append(';').Append(key);
            if (value != SfBare.True)
            {
                text.Append('=').Append(value);
            }
        }

        return text.ToString();
    }
}

/// <summary>An item with its parameters.</summary>
internal sealed record SfItem(SfBare Value, SfParameters Parameters)
{
    public override string ToString() => $"{Value}{Parameters}";
}

/// <summary>An inner list with its parameters.</summary>
internal sealed record SfList(IReadOnlyList<SfItem> Items, SfParameters Parameters)
{
    public override string ToString() => $"({string.Join(' ', Items)}){Parameters}";
}

/// <summary>A member of a dictionary: one of the two.</summary>
internal readonly record struct SfMember(SfItem? Item, SfList? List);
