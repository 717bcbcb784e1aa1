#if CONNEXT
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EcuAgent.Connext;

namespace EcuAgent.Service;

/// <summary>Where the service joins with Connext, which knows interfaces by address.</summary>
internal static class ConnextPlace
{
    /// <exception cref="InvalidDataException">The interface is not there, has no IPv4 address, or a peer is no address.</exception>
    public static ConnextOptions Of(BusOptions options)
    {
        var address = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(i => i.Name == options.NetworkInterface)?.GetIPProperties()
            .UnicastAddresses.Select(u => u.Address).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork)
            ?? throw new InvalidDataException($"EcuAgent:Bus:NetworkInterface = {options.NetworkInterface}; no such interface with an IPv4 address");
        return new ConnextOptions
        {
            DomainId = options.DomainId,
            Address = address,
            Peers = [.. options.Peers.Select(peer => IPAddress.TryParse(peer, out var known)
                ? known
                : throw new InvalidDataException($"EcuAgent:Bus:Peers = {peer}; allowed: addresses"))],
        };
    }
}
#endif
