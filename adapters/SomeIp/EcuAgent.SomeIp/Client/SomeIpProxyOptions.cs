using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>The service that a client wants.</summary>
public sealed record SomeIpProxyOptions
{
    public required ushort ServiceId { get; init; }

    /// <summary>Default: any; one instance is chosen by load balancing.</summary>
    public ushort InstanceId { get; init; } = SdEntry.AnyInstance;

    /// <summary>Default 1; 0xFF: any.</summary>
    public byte MajorVersion { get; init; } = 1;

    /// <summary>Default: any.</summary>
    public uint MinorVersion { get; init; } = SdEntry.AnyMinorVersion;

    /// <summary>How requests travel. Default UDP. With TCP the service counts as available once connected.</summary>
    public SomeIpTransport Transport { get; init; } = SomeIpTransport.Udp;

    /// <summary>Methods whose requests over UDP may be cut into TP segments. Default: none.</summary>
    public IReadOnlyCollection<ushort> TpMethods { get; init; } = [];

    /// <summary>Protections of requests by method, each of that method alone. Default: none.</summary>
    public IReadOnlyDictionary<ushort, ISomeIpProtection> Protections { get; init; } = new Dictionary<ushort, ISomeIpProtection>();
}
