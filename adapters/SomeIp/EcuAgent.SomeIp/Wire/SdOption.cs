using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>An option of an SD message: 16 bits length (without length and type), 8 bits type, 1 bit discardable, 7 reserved, then its own.</summary>
public abstract record SdOption(SdOptionType Type)
{
    /// <summary>Length field and type field.</summary>
    internal const int PrefixSize = 3;

    private const byte DiscardableFlag = 0x80;

    /// <summary>Who does not know the option may ignore it.</summary>
    public bool Discardable { get; init; }

    /// <summary>Bytes on the wire, all included.</summary>
    public int Size => PrefixSize + 1 + BodySize;

    private protected abstract int BodySize { get; }

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(1 + BodySize));
        destination[2] = (byte)Type;
        destination[3] = Discardable ? DiscardableFlag : (byte)0;
        WriteBody(destination.Slice(PrefixSize + 1, BodySize));
    }

    private protected abstract void WriteBody(Span<byte> destination);

    /// <summary>Reads one option of known extent: <paramref name="content"/> is what the length field counts.</summary>
    internal static SomeIpFault Read(SdOptionType type, ReadOnlySpan<byte> content, out SdOption? option)
    {
        option = null;
        if (content.IsEmpty)
        {
            return SomeIpFault.SdOptionLength;
        }

        var body = content[1..];
        var fault = type switch
        {
            SdOptionType.Configuration => SdConfigurationOption.TryRead(body, out option),
            SdOptionType.LoadBalancing => SdLoadBalancingOption.TryRead(body, out option),
            SdOptionType.Ipv4Endpoint or SdOptionType.Ipv6Endpoint or SdOptionType.Ipv4Multicast or SdOptionType.Ipv6Multicast or
                SdOptionType.Ipv4SdEndpoint or SdOptionType.Ipv6SdEndpoint => SdEndpointOption.TryRead(type, body, out option),
            _ => SdOpaqueOption.TryRead(type, body, out option),
        };
        if (option is not null)
        {
            option = option with { Discardable = (content[0] & DiscardableFlag) != 0 };
        }

        return fault;
    }
}
