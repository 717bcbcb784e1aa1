using System.ComponentModel.DataAnnotations;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>Where the service joins the bus.</summary>
public class CockpitBusOptions
{
    /// <summary>DDS domain, 0 to 230. Default 0.</summary>
    [Range(0, 230)]
    public int DomainId { get; set; }

    /// <summary>Network interface, default <c>lo</c>: a vehicle network must be named here, nothing else opens one.</summary>
    [Required, MinLength(1)]
    public string NetworkInterface { get; set; } = "lo";

    /// <summary>Whether multicast may be used for discovery. Default false.</summary>
    public bool AllowMulticast { get; set; }

    /// <summary>Addresses where peers are looked for. Empty means 127.0.0.1 on <c>lo</c>, and none elsewhere.</summary>
    public IList<string> Peers { get; } = [];

    /// <summary>Highest participant index on one host that is looked for. Default 31.</summary>
    [Range(1, 119)]
    public int MaxParticipantIndex { get; set; } = 31;

    /// <summary>Name of this ECU on the bus, 1 to 32 characters. Default "cockpit".</summary>
    [Required, StringLength(32, MinimumLength = 1)]
    public string Source { get; set; } = "cockpit";

    /// <summary>The binding's own options for this.</summary>
    public DdsParticipantOptions ToParticipantOptions() => new()
    {
        DomainId = (uint)DomainId,
        Name = Source,
        NetworkInterface = NetworkInterface,
        AllowMulticast = AllowMulticast,
        Peers = Peers.Count > 0 || NetworkInterface != "lo" ? [.. Peers] : ["127.0.0.1"],
        MaxParticipantIndex = MaxParticipantIndex,
    };
}
