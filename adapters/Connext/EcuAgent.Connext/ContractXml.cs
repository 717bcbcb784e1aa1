using System.Xml.Linq;

namespace EcuAgent.Connext;

/// <summary>
/// Types and QoS of the wire contract as Connext reads them: <c>ecu_v1.xml</c>, which <c>idlgen --xml</c> writes for loopback, with the addresses of the
/// options in place of it.
/// </summary>
internal static class ContractXml
{
    /// <summary>The library in which each topic has a profile of its name.</summary>
    public const string QosLibrary = "EcuQos";

    /// <summary>The profile of the participant.</summary>
    public const string ParticipantProfile = QosLibrary + "::Loopback";

    private const string AllowedInterfaces = "dds.transport.UDPv4.builtin.parent.allow_interfaces_list";

    // Participant indices 0 to 31 of a host, as the contract has it for every stack.
    private const string PeerPrefix = "31@builtin.udpv4://";

    /// <summary>The file for these options.</summary>
    public static XDocument For(ConnextOptions options)
    {
        using var stream = typeof(ContractXml).Assembly.GetManifestResourceStream("ecu_v1.xml")!;
        var xml = XDocument.Load(stream);
        var profile = xml.Descendants("qos_profile").Single(p => p.Attribute("name")!.Value == "Loopback").Element("domain_participant_qos")!;
        profile.Descendants("element").Single(e => e.Element("name")?.Value == AllowedInterfaces).Element("value")!.Value = $"{options.Address}";
        profile.Descendants("initial_peers").Single().ReplaceNodes(
            (options.Peers.Count > 0 ? options.Peers : [options.Address]).Select(peer => new XElement("element", PeerPrefix + peer)));
        return xml;
    }
}
