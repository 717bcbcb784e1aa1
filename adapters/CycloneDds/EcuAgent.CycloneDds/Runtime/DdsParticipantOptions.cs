using System.Globalization;
using System.Security;
using System.Text;

namespace EcuAgent.CycloneDds;

/// <summary>Where a participant lives. Immutable; the default talks on loopback only.</summary>
/// <remarks>
/// The configuration is handed to Cyclone as a whole: the environment variable CYCLONEDDS_URI and files are not read, so
/// nothing outside this record can open another interface. All participants of one process on one domain share it.
/// </remarks>
public sealed record DdsParticipantOptions
{
    /// <summary>The highest domain id: above it the RTPS port formula (7400 + 250 * id) leaves the port range.</summary>
    public const uint MaxDomainId = 230;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(100);

    /// <summary>DDS domain, 0 .. 230. Default 0.</summary>
    public uint DomainId { get; init; }

    /// <summary>A name for logs.</summary>
    public string Name { get; init; } = "participant";

    /// <summary>The one network interface to use, by name. Default <c>lo</c>; never chosen automatically.</summary>
    public string NetworkInterface { get; init; } = "lo";

    /// <summary>Whether multicast may be used for discovery and data on that interface. Default false.</summary>
    public bool AllowMulticast { get; init; }

    /// <summary>Addresses that are asked for participants without multicast. Default 127.0.0.1.</summary>
    public IReadOnlyList<string> Peers { get; init; } = ["127.0.0.1"];

    /// <summary>
    /// Participant indexes 0 .. this value are probed at each peer, and bound locally: the upper bound of DDS processes per
    /// machine and domain minus one, 0 .. 120. Default 31.
    /// </summary>
    public int MaxParticipantIndex { get; init; } = 31;

    /// <summary>Whether peers with another type on one of our topics are looked for and reported. Default true.</summary>
    public bool ReportInconsistentTopics { get; init; } = true;

    /// <summary>
    /// Whether each message carries the key hash of RTPS. Fast DDS 2.9 needs it to notice that a reader or writer has left;
    /// Cyclone leaves it out by default. Costs an MD5 per write where the key is longer than 16 bytes. Default true.
    /// </summary>
    public bool SendKeyHash { get; init; } = true;

    /// <summary>
    /// How long others keep this participant, its readers and writers, without a sign of life; it gives one at 0.8 of that. 10 ms to 100 s; null: Cyclone's
    /// 10 s. Of a process the first participant on a domain decides.
    /// </summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>Further elements for Cyclone's <c>Domain</c> element, as XML; for tuning and fault injection. Default none.</summary>
    public string ExtraDomainXml { get; init; } = string.Empty;

    /// <summary>The configuration as Cyclone reads it.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    internal string ToXml()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DomainId, MaxDomainId, nameof(DomainId));
        ArgumentException.ThrowIfNullOrWhiteSpace(NetworkInterface, nameof(NetworkInterface));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxParticipantIndex, nameof(MaxParticipantIndex));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxParticipantIndex, 120, nameof(MaxParticipantIndex));

        if (Lease is { } wanted && (wanted < ShortestLease || wanted > LongestLease))
        {
            throw new ArgumentOutOfRangeException(nameof(Lease), wanted, $"Lease has to be {ShortestLease} to {LongestLease}.");
        }

        var multicast = AllowMulticast ? "true" : "false";
        var xml = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<CycloneDDS><Domain Id=\"{DomainId}\"><General><Interfaces>")
            .Append(CultureInfo.InvariantCulture, $"<NetworkInterface name=\"{SecurityElement.Escape(NetworkInterface)}\" multicast=\"{multicast}\"/>")
            .Append(CultureInfo.InvariantCulture, $"</Interfaces><AllowMulticast>{multicast}</AllowMulticast></General>")
            .Append("<Discovery><ParticipantIndex>auto</ParticipantIndex>")
            .Append(CultureInfo.InvariantCulture, $"<MaxAutoParticipantIndex>{MaxParticipantIndex}</MaxAutoParticipantIndex><Peers>");
        foreach (var peer in Peers)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Peer Address=\"{SecurityElement.Escape(peer)}\"/>");
        }

        return xml.Append("</Peers>")
            .Append(Lease is { } lease ? string.Create(CultureInfo.InvariantCulture, $"<LeaseDuration>{lease.TotalMilliseconds:0}ms</LeaseDuration>") : string.Empty)
            .Append("</Discovery>")
            .Append(SendKeyHash ? "<Internal><GenerateKeyhash>true</GenerateKeyhash></Internal>" : string.Empty)
            .Append(ExtraDomainXml).Append("</Domain></CycloneDDS>").ToString();
    }
}
