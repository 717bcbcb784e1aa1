namespace EcuAgent.SomeIp.Wire;

/// <summary>An entry with the options that it refers to.</summary>
/// <param name="Fault">What is wrong with it; the entry itself is readable all the same, so that a subscription can be refused.</param>
public readonly record struct SdItem(SdEntry Entry, IReadOnlyList<SdOption> Options, SomeIpFault Fault = SomeIpFault.None)
{
    public SdEndpointOption? UdpEndpoint => Endpoint(SdTransport.Udp);

    public SdEndpointOption? TcpEndpoint => Endpoint(SdTransport.Tcp);

    public SdEndpointOption? Multicast => Options.OfType<SdEndpointOption>().FirstOrDefault(static option => option.IsMulticast);

    private SdEndpointOption? Endpoint(SdTransport transport) =>
        Options.OfType<SdEndpointOption>().FirstOrDefault(option => option.IsUnicast && option.Transport == transport);
}
