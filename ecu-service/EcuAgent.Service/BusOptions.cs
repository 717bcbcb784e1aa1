using System.Globalization;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.SomeIp.VehicleBus;

namespace EcuAgent.Service;

/// <summary>On which buses the service speaks, and where it joins them. The settings of DDS stand beside the choice, those of SOME/IP in a section of their own.</summary>
internal sealed class BusOptions : CockpitBusOptions
{
    /// <summary>Which buses. Default DDS.</summary>
    public BusTransport Transport { get; init; }

    /// <summary>Where the service joins SOME/IP; used only when <see cref="Transport"/> says so.</summary>
    public SomeIpBusOptions SomeIp { get; init; } = new();

    /// <summary>Whether DDS is one of them.</summary>
    public bool UsesDds => Transport != BusTransport.SomeIp;

    /// <summary>Whether this program was built with RTI Connext.</summary>
    public static bool HasConnext =>
#if CONNEXT
        true;
#else
        false;
#endif

    /// <summary>Whether SOME/IP is one of them.</summary>
    public bool UsesSomeIp => Transport is BusTransport.SomeIp or BusTransport.Both;

    /// <summary>Where the service speaks, for people.</summary>
    public string Place => Transport switch
    {
        BusTransport.Dds => DdsPlace,
        BusTransport.SomeIp => SomeIpPlace,
        BusTransport.Connext => $"{DdsPlace} (Connext)",
        _ => $"{DdsPlace} and {SomeIpPlace}",
    };

    private string DdsPlace => string.Create(CultureInfo.InvariantCulture, $"domain {DomainId}");

    private string SomeIpPlace => string.Create(CultureInfo.InvariantCulture, $"SOME/IP {SomeIp.LocalAddress} (discovery port {SomeIp.SdPort})");
}
