using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace EcuAgent.SomeIp.Services;

/// <summary>Reads the JSON and then looks at what one member alone cannot tell.</summary>
internal sealed class ServiceMapReader
{
    // open-someip-spec, reserved and special identifiers.
    private static readonly ushort[] ReservedServiceIds = [0x0101, 0x433F];

    private static readonly (string Word, ServiceSide Value)[] Sides = [("car", ServiceSide.Car), ("cockpit", ServiceSide.Cockpit)];
    private static readonly (string Word, TopicKind Value)[] Kinds = [("event", TopicKind.Event), ("field", TopicKind.Field), ("method", TopicKind.Method)];
    private static readonly (string Word, TopicTransport Value)[] Transports = [("udp", TopicTransport.Udp), ("tcp", TopicTransport.Tcp)];

    private static readonly (string Word, E2eBindingProfile Value)[] Profiles =
        [("P04", E2eBindingProfile.P04), ("P05", E2eBindingProfile.P05), ("P07", E2eBindingProfile.P07)];

    private readonly List<ServiceMapFault> _faults = [];

    public IReadOnlyList<ServiceMapFault> Faults => _faults;

    public ServiceMap? Read(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            var root = new MemberReader(document.RootElement, "$", _faults);
            root.Optional("$schema");
            root.Optional("$comment");
            var bits = (int)root.Number("lengthFieldBits", 8, 32);
            if (bits is not (8 or 16 or 32))
            {
                root.Fault("lengthFieldBits", "8, 16 or 32 expected");
            }

            var services = root.Items("services", ReadService);
            root.RefuseOthers();
            if (_faults.Count == 0)
            {
                // A member that is wrong reads as zero, and two zeros would be a fault that is none.
                CheckAll(services);
            }

            return _faults.Count == 0 ? new ServiceMap(bits, services) : null;
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            _faults.Add(new ServiceMapFault("$", "(no JSON)", string.Create(CultureInfo.InvariantCulture, $"line {line}: {e.Message}")));
            return null;
        }
    }

    private MappedService ReadService(MemberReader json)
    {
        var service = new MappedService
        {
            Name = json.Name("name"),
            ServiceId = (ushort)json.Hex("serviceId", 4, 0x0001, 0xFFFD),
            InstanceId = (ushort)json.Hex("instanceId", 4, 0x0001, 0xFFFE),
            MajorVersion = (byte)json.Number("majorVersion", 0, 254),
            MinorVersion = (uint)json.Number("minorVersion", 0, uint.MaxValue - 1),
            OfferedBy = json.Choice("offeredBy", Sides),
            Topics = json.Items("topics", ReadTopic),
        };
        if (ReservedServiceIds.Contains(service.ServiceId))
        {
            json.Fault("serviceId", "reserved by the specification");
        }

        json.RefuseOthers();
        return service;
    }

    private MappedTopic ReadTopic(MemberReader json)
    {
        var kind = json.Choice("kind", Kinds);
        var isMethod = kind == TopicKind.Method;
        var topic = new MappedTopic
        {
            Topic = json.Name("topic"),
            Kind = kind,
            Id = (ushort)(isMethod ? json.Hex("id", 4, 0x0001, 0x7FFF) : json.Hex("id", 4, 0x8001, 0xFFFE)),
            EventgroupId = isMethod ? null : (ushort)json.Hex("eventgroup", 4, 0x0001, 0xFFFE),
            Transport = json.Choice("transport", Transports),
            MaxRateHz = (int)json.Number("maxRateHz", 1, 1000),
            E2e = json.OptionalObject("e2e", ReadE2e),
        };
        json.RefuseOthers();
        return topic;
    }

    private static E2eBinding ReadE2e(MemberReader json)
    {
        var profile = json.Choice("profile", Profiles);
        var binding = new E2eBinding
        {
            Profile = profile,
            DataId = json.Hex("dataId", 8, 0, profile == E2eBindingProfile.P05 ? ushort.MaxValue : uint.MaxValue),
            MaxDeltaCounter = (byte)json.Number("maxDeltaCounter", 1, 255, 3),
            SyncCount = (byte)json.Number("syncCount", 0, 255, 0),
        };
        json.RefuseOthers();
        return binding;
    }

    private void CheckAll(ImmutableArray<MappedService> services)
    {
        var all = services.SelectMany(static (s, i) => s.Topics.Select((t, k) => (Service: s, Topic: t, Path: TopicPath(i, k)))).ToList();
        OnceOnly(services.Select(static (x, i) => (x.Name, $"{ServicePath(i)}.name")), "another service has this name");
        OnceOnly(
            services.Select(static (x, i) => (Hex(x.ServiceId) + "." + Hex(x.InstanceId) + "." + x.MajorVersion.ToString(CultureInfo.InvariantCulture), $"{ServicePath(i)}.serviceId")),
            "another service has these ids and this major version");
        OnceOnly(
            all.Where(static x => x.Topic.E2e is not null).Select(static x => (x.Topic.E2e!.DataId.ToString("X8", CultureInfo.InvariantCulture), $"{x.Path}.e2e.dataId")),
            "another message has this data id: one could pass for the other");
        OnceOnly(
            all.Where(static x => x.Service.DirectionOf(x.Topic) == TopicDirection.Out).Select(static x => (x.Topic.Topic, $"{x.Path}.topic")),
            "the topic goes out by another service already");
        foreach (var topic in all.GroupBy(static x => x.Topic.Topic).Where(static g => g.Select(static x => x.Service.DirectionOf(x.Topic)).Distinct().Skip(1).Any()))
        {
            Add($"{topic.Last().Path}.topic", topic.Key, "the topic flows the other way in another service");
        }

        for (var i = 0; i < services.Length; i++)
        {
            CheckService(services[i], i);
        }
    }

    private void CheckService(MappedService service, int index)
    {
        OnceOnly(service.Topics.Select((x, k) => (x.Topic, $"{TopicPath(index, k)}.topic")), "the service has this topic already");
        OnceOnly(service.Topics.Select((x, k) => (Hex(x.Id), $"{TopicPath(index, k)}.id")), "the service has this id already");

        // A subscription needs one endpoint, and a client sends all its requests to a service over one transport.
        foreach (var group in service.Topics.Select(static (x, k) => (Topic: x, Index: k)).GroupBy(static x => x.Topic.EventgroupId))
        {
            var first = group.First().Topic.Transport;
            foreach (var (topic, k) in group.Where(x => x.Topic.Transport != first))
            {
                var which = group.Key is { } id ? $"eventgroup {Hex(id)}" : "methods of the service";
                Add($"{TopicPath(index, k)}.transport", topic.Transport == TopicTransport.Tcp ? "tcp" : "udp", $"the first of the {which} has the other transport");
            }
        }
    }

    private void OnceOnly(IEnumerable<(string Key, string Path)> values, string problem)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, path) in values)
        {
            if (!seen.Add(key))
            {
                Add(path, key, problem);
            }
        }
    }

    private void Add(string path, string value, string problem) => _faults.Add(new ServiceMapFault(path, $"\"{value}\"", problem));

    private static string Hex(ushort value) => "0x" + value.ToString("X4", CultureInfo.InvariantCulture);

    private static string ServicePath(int index) => string.Create(CultureInfo.InvariantCulture, $"$.services[{index}]");

    private static string TopicPath(int service, int topic) => string.Create(CultureInfo.InvariantCulture, $"$.services[{service}].topics[{topic}]");
}
