using EcuAgent.Conformance.Peer;
using EcuAgent.Gateway;
using EcuAgent.VehicleBus;

namespace EcuAgent.Conformance.Tests.Rig;

/// <summary>Cockpit and car on Cyclone DDS.</summary>
public sealed class DdsRig : BusRig
{
    public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => DdsCar(services);

    public override CarProcess StartCarProcess() => DdsCarProcess();

    protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (Dds(warnings), []);
}

/// <summary>Cockpit and car on SOME/IP, with the contract's protections.</summary>
public sealed class SomeIpRig : BusRig
{
    public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => SomeIpCar(services);

    public override CarProcess StartCarProcess() => SomeIpCarProcess();

    protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (SomeIp(warnings), []);
}

/// <summary>Cockpit on both buses, car on DDS.</summary>
public sealed class BothDdsRig : BusRig
{
    public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => DdsCar(services);

    public override CarProcess StartCarProcess() => DdsCarProcess();

    protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (Dds(warnings), [SomeIp(warnings)]);
}

/// <summary>Cockpit on both buses, car on SOME/IP.</summary>
public sealed class BothSomeIpRig : BusRig
{
    public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => SomeIpCar(services);

    public override CarProcess StartCarProcess() => SomeIpCarProcess();

    protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (Dds(warnings), [SomeIp(warnings)]);
}

/// <summary>Cockpit on DDS, car on SOME/IP, and the gateway between them.</summary>
public sealed class GatewayToSomeIpRig : BusRig
{
    private readonly BusGateway _gateway;

    public GatewayToSomeIpRig() => _gateway = OpenGateway(Services.Car);

    public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => SomeIpCar(services);

    public override CarProcess StartCarProcess() => SomeIpCarProcess();

    public override void Dispose()
    {
        _gateway.Dispose();
        base.Dispose();
    }

    protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (Dds(warnings), []);
}

/// <summary>Cockpit on SOME/IP, car on DDS, and the gateway between them.</summary>
public sealed class GatewayToDdsRig : BusRig
{
    private readonly BusGateway _gateway;

    public GatewayToDdsRig() => _gateway = OpenGateway(Services.Cockpit);

    public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => DdsCar(services);

    public override CarProcess StartCarProcess() => DdsCarProcess();

    public override void Dispose()
    {
        _gateway.Dispose();
        base.Dispose();
    }

    protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (SomeIp(warnings), []);
}
