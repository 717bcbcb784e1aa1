namespace EcuAgent.SomeIp.Wire;

/// <summary>An option whose content is not looked into: MAC groupcast, and every unknown type.</summary>
public sealed record SdOpaqueOption : SdOption
{
    private readonly byte[] _body;

    public SdOpaqueOption(SdOptionType type, ReadOnlySpan<byte> body)
        : base(type) => _body = body.ToArray();

    public ReadOnlyMemory<byte> Body => _body;

    public bool IsKnown => Type == SdOptionType.MacGroupcast;

    private protected override int BodySize => _body.Length;

    public bool Equals(SdOpaqueOption? other) =>
        other is not null && other.Type == Type && other.Discardable == Discardable && other._body.AsSpan().SequenceEqual(_body);

    public override int GetHashCode() => HashCode.Combine(Type, _body.Length);

    internal static SomeIpFault TryRead(SdOptionType type, ReadOnlySpan<byte> body, out SdOption? option)
    {
        option = new SdOpaqueOption(type, body);
        return SomeIpFault.None;
    }

    private protected override void WriteBody(Span<byte> destination) => _body.CopyTo(destination);
}
