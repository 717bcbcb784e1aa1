using EcuAgent.SomeIp.Protection;
using EcuAgent.SomeIp.Services;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>From a service map to what the SOME/IP library wants to know: the one place, for both sides of a service.</summary>
public static class MappedServiceExtensions
{
    /// <summary>The service as the one who offers it describes it, with its protections. Any free ports.</summary>
    public static SomeIpServiceDescription ToDescription(this MappedService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var events = service.Topics.Where(static t => t.Kind != TopicKind.Method).ToList();
        return new SomeIpServiceDescription
        {
            ServiceId = service.ServiceId,
            InstanceId = service.InstanceId,
            MajorVersion = service.MajorVersion,
            MinorVersion = service.MinorVersion,
            UdpPort = service.Uses(TopicTransport.Udp) ? 0 : null,
            TcpPort = service.Uses(TopicTransport.Tcp) ? 0 : null,
            Events = [.. events.Select(static t => new SomeIpEventDescription(t.Id, t.Transport.ToSomeIp()) { Protection = t.CreateProtection() })],
            Eventgroups = [.. events.GroupBy(static t => t.EventgroupId!.Value).Select(static g => new SomeIpEventgroupDescription(g.Key, [.. g.Select(static t => t.Id)]))],
        };
    }

    /// <summary>The service as the one who uses it looks for it, with the protections of its requests.</summary>
    public static SomeIpProxyOptions ToProxyOptions(this MappedService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var methods = service.Topics.Where(static t => t.Kind == TopicKind.Method).ToList();
        return new SomeIpProxyOptions
        {
            ServiceId = service.ServiceId,
            InstanceId = service.InstanceId,
            MajorVersion = service.MajorVersion,

            // A service without UDP is not available to a proxy that asks over UDP. All methods of a service have one transport.
            Transport = methods.Count > 0 ? methods[0].Transport.ToSomeIp()
                : service.Uses(TopicTransport.Udp) ? SomeIpTransport.Udp : SomeIpTransport.Tcp,
            Protections = methods.Where(static t => t.E2e is not null).ToDictionary(static t => t.Id, static t => (ISomeIpProtection)t.CreateProtection()!),
        };
    }

    /// <summary>The library's word for the transport.</summary>
    public static SomeIpTransport ToSomeIp(this TopicTransport transport) => transport == TopicTransport.Tcp ? SomeIpTransport.Tcp : SomeIpTransport.Udp;
}
