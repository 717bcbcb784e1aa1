using System.Text;

namespace EcuAgent.SomeIp.Wire;

/// <summary>Names and values as in DNS TXT records: "key", "key=" or "key=value", each at most 255 bytes.</summary>
public sealed record SdConfigurationOption : SdOption
{
    private readonly byte[][] _items;

    /// <exception cref="ArgumentException">An item that is empty, too long or without a key.</exception>
    public SdConfigurationOption(params ReadOnlySpan<string> items)
        : base(SdOptionType.Configuration)
    {
        _items = new byte[items.Length][];
        for (var i = 0; i < items.Length; i++)
        {
            _items[i] = Encoding.UTF8.GetBytes(items[i]);
            if (!IsValid(_items[i]))
            {
                throw new ArgumentException($"'{items[i]}' is no configuration item: 1 to 255 bytes, a printable ASCII key in front of any '='.", nameof(items));
            }
        }
    }

    private SdConfigurationOption(byte[][] items)
        : base(SdOptionType.Configuration) => _items = items;

    /// <summary>Key and value; the value is null where there is no '='. A key may come more than once.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Items => _items.Select(static item =>
    {
        var split = item.AsSpan().IndexOf((byte)'=');
        return split < 0
            ? new KeyValuePair<string, string?>(Encoding.UTF8.GetString(item), null)
            : new(Encoding.UTF8.GetString(item, 0, split), Encoding.UTF8.GetString(item, split + 1, item.Length - split - 1));
    });

    private protected override int BodySize => _items.Sum(static item => 1 + item.Length) + 1;

    public bool Equals(SdConfigurationOption? other) =>
        other is not null && other.Discardable == Discardable && other._items.Length == _items.Length &&
        other._items.Zip(_items).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    public override int GetHashCode() => HashCode.Combine(Type, _items.Length, BodySize);

    internal static SomeIpFault TryRead(ReadOnlySpan<byte> body, out SdOption? option)
    {
        option = null;
        var items = new List<byte[]>();
        while (!body.IsEmpty && body[0] != 0)
        {
            var length = body[0];
            if (length >= body.Length || !IsValid(body.Slice(1, length)))
            {
                return SomeIpFault.SdConfigurationString;
            }

            items.Add(body.Slice(1, length).ToArray());
            body = body[(1 + length)..];
        }

        // A zero length closes the string, and nothing follows it.
        if (body.Length != 1)
        {
            return SomeIpFault.SdConfigurationString;
        }

        option = new SdConfigurationOption([.. items]);
        return SomeIpFault.None;
    }

    private protected override void WriteBody(Span<byte> destination)
    {
        foreach (var item in _items)
        {
            destination[0] = (byte)item.Length;
            item.CopyTo(destination[1..]);
            destination = destination[(1 + item.Length)..];
        }

        destination[0] = 0;
    }

    private static bool IsValid(ReadOnlySpan<byte> item)
    {
        var split = item.IndexOf((byte)'=');
        var key = split < 0 ? item : item[..split];
        return item.Length is > 0 and <= byte.MaxValue && !key.IsEmpty && !key.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) &&
            key.ContainsAnyExcept((byte)' ');
    }
}
