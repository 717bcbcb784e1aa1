using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>Lower priority values are chosen first; among equals by weight.</summary>
public sealed record SdLoadBalancingOption(ushort Priority, ushort Weight) : SdOption(SdOptionType.LoadBalancing)
{
    private protected override int BodySize => 4;

    internal static SomeIpFault TryRead(ReadOnlySpan<byte> body, out SdOption? option)
    {
        option = body.Length == 4
            ? new SdLoadBalancingOption(BinaryPrimitives.ReadUInt16BigEndian(body), BinaryPrimitives.ReadUInt16BigEndian(body[2..]))
            : null;
        return option is null ? SomeIpFault.SdOptionLength : SomeIpFault.None;
    }

    private protected override void WriteBody(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, Priority);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Weight);
    }
}
