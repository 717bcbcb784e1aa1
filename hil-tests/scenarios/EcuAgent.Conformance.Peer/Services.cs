using EcuAgent.SomeIp.Services;

namespace EcuAgent.Conformance.Peer;

/// <summary>The services of a car, by their names in the service map; the same names say which ECUs there are on DDS.</summary>
public static class Services
{
    public const string Cockpit = "Cockpit";

    /// <summary>All that the car offers.</summary>
    public static IReadOnlyList<string> Car { get; } = [.. ServiceMap.Contract.Services.Where(s => s.OfferedBy == ServiceSide.Car).Select(s => s.Name)];

    /// <summary>What ECUs with these services send, each topic once, with the service that has it.</summary>
    public static IEnumerable<(string Service, string Topic)> Sent(IReadOnlyCollection<string> services) =>
        Topics(services).Where(t => t.Topic.Kind != TopicKind.Method).Select(t => (t.Service, t.Topic.Topic)).DistinctBy(t => t.Topic);

    /// <summary>What ECUs with these services are asked to do, and what the cockpit says to all.</summary>
    public static IEnumerable<(string Service, string Topic)> Heard(IReadOnlyCollection<string> services) =>
        Topics(services).Where(t => t.Topic.Kind == TopicKind.Method).Concat(Topics([Cockpit])).Select(t => (t.Service, t.Topic.Topic));

    private static IEnumerable<(string Service, MappedTopic Topic)> Topics(IReadOnlyCollection<string> services) =>
        ServiceMap.Contract.Services.Where(s => services.Contains(s.Name)).SelectMany(s => s.Topics, (s, t) => (s.Name, t));
}
