using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.ToolBus;

/// <summary>How a tool joins the bus: with the same network settings as the service.</summary>
public static class ToolParticipant
{
    /// <summary>Joins the bus.</summary>
    /// <param name="domainId">DDS domain, 0 to 230.</param>
    /// <param name="networkInterface">Default loopback.</param>
    /// <param name="name">Name of the participant in logs.</param>
    /// <param name="logger">Takes warnings of the bus; null for none.</param>
    /// <param name="warned">Called on a thread of the bus for each warning.</param>
    /// <param name="isPair">Whether the service on the domain is a hot-standby pair.</param>
    /// <param name="peers">Addresses where peers are looked for; none: 127.0.0.1 on loopback, elsewhere whoever looks for us.</param>
    /// <exception cref="EcuAgent.CycloneDds.DdsLibraryException">libddsc is missing or of another version.</exception>
    /// <exception cref="EcuAgent.CycloneDds.DdsException">The domain cannot be joined.</exception>
    public static VehicleParticipant Join(
        int domainId,
        string networkInterface = "lo",
        string name = "tool",
        ILogger? logger = null,
        Action<BusWarning>? warned = null,
        bool isPair = false,
        IEnumerable<string>? peers = null)
    {
        var options = new CockpitBusOptions { DomainId = domainId, NetworkInterface = networkInterface, Source = name };
        foreach (var peer in peers ?? [])
        {
            options.Peers.Add(peer);
        }

        return new VehicleParticipant(options.ToParticipantOptions(), logger ?? NullLogger.Instance, warned, isPair ? PairOwnership.Reader : null);
    }
}
