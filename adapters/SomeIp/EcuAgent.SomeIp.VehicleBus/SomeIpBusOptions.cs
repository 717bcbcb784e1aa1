using System.Net;
using System.Net.Sockets;
using EcuAgent.SomeIp.Services;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Where the service, or a tool, joins a SOME/IP network.</summary>
public sealed class SomeIpBusOptions
{
    /// <summary>Width of the length fields of the generated types, in bits.</summary>
    private const int LengthFieldBits = 32;

    /// <summary>Address of the interface in use; every socket is bound to it. Default 127.0.0.1: another one must be named, nothing else is opened.</summary>
    public string LocalAddress { get; set; } = "127.0.0.1";

    /// <summary>UDP port of service discovery, the same for all of a network, 1 to 65535. Default 30490.</summary>
    public int SdPort { get; set; } = 30490;

    /// <summary>Multicast group of service discovery, of the same family as <see cref="LocalAddress"/>. Default 224.244.224.245.</summary>
    public string SdGroup { get; set; } = "224.244.224.245";

    /// <summary>Service map of another car; null: the one of the build, <c>idl/someip.json</c>.</summary>
    public string? MapFile { get; set; }

    /// <summary>Everything that cannot be used, each with name, value and what is allowed. Reads the map.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!IPAddress.TryParse(LocalAddress, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || IsGroup(address))
        {
            faults.Add($"LocalAddress = '{LocalAddress}'; allowed: the address of one interface");
            address = null;
        }

        if (SdPort is < 1 or > ushort.MaxValue)
        {
            faults.Add($"SdPort = {SdPort}; allowed: 1 to 65535");
        }

        if (!IPAddress.TryParse(SdGroup, out var group) || !IsGroup(group) || (address is not null && group.AddressFamily != address.AddressFamily))
        {
            faults.Add($"SdGroup = '{SdGroup}'; allowed: a multicast address of the family of LocalAddress");
        }

        faults.AddRange(ReadMap(out _));
        return faults;
    }

    /// <summary>The service map.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; all faults are named.</exception>
    public ServiceMap LoadMap()
    {
        var faults = ReadMap(out var map);
        return map ?? throw new InvalidDataException(string.Join("; ", faults));
    }

    internal SomeIpNodeOptions ToNodeOptions() => new()
    {
        LocalAddress = IPAddress.Parse(LocalAddress),
        SdPort = SdPort,
        SdGroup = IPAddress.Parse(SdGroup),
    };

    private List<string> ReadMap(out ServiceMap? map)
    {
        map = null;
        if (MapFile is not { } file)
        {
            map = ServiceMap.Contract;
            return [];
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [$"MapFile = '{file}'; allowed: a service map that can be read ({error.Message})"];
        }

        if (!ServiceMap.TryRead(bytes, out map, out var faults))
        {
            return [.. faults.Select(f => $"MapFile = '{file}': {f}")];
        }

        if (map.LengthFieldBits != LengthFieldBits)
        {
            var bits = map.LengthFieldBits;
            map = null;
            return [$"MapFile = '{file}': $.lengthFieldBits = {bits}; allowed: {LengthFieldBits}, as the types were generated"];
        }

        return [];
    }

    private static bool IsGroup(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : (address.GetAddressBytes()[0] & 0xF0) == 0xE0;
}
