using System.Globalization;
using System.Xml.Linq;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Emit;

/// <summary>
/// The contract as RTI Connext reads it from XML: types, a QoS profile per topic, topics, and the two participants of the bus with all
/// their readers and writers; profiles and participants once more for a bus where the service is a hot-standby pair.
/// </summary>
/// <remarks>Loopback only, and no type information is sent, as everywhere in the contract.</remarks>
internal static class ConnextXml
{
    public const string QosLibrary = "EcuQos";

    /// <summary>The profiles of the same names, as they hold where the service is a hot-standby pair.</summary>
    public const string StandbyQosLibrary = "EcuStandbyQos";

    private const string Loopback = "Loopback";
    private const int LeaseSeconds = 10;

    // Connext looks for participants whose lease is over once a minute unless told: a dead service of a pair would be kept as long.
    private const int LossDetectionMs = 100;

    // A Connext 7.7 reader that asks for 500 ms does not match a Cyclone 0.10 writer that offers 500 ms; 1 ms more is enough (hil-tests/interop).
    private const int ReaderSlackMs = 1;

    public static string Emit(IdlFile file, IReadOnlyList<TopicEntry> topics)
    {
        var root = new XElement(
            "dds",
            new XComment($" Written by tools/idlgen (EcuAgent.IdlGen) from {file.FileName}. Do not edit: change the IDL and generate again. "),
            new XElement("types", Types(file)),
            new XElement("qos_library", Name(QosLibrary), LoopbackProfile(), topics.Select(Profile)),
            new XElement("qos_library", Name(StandbyQosLibrary), topics.Select(StandbyProfile)),
            new XElement(
                "domain_library",
                Name("EcuDomains"),
                new XElement(
                    "domain",
                    Name("Ecu"),
                    new XAttribute("domain_id", 0),
                    topics.Select(t => t.Type).Distinct(StringComparer.Ordinal)
                        .Select(t => new XElement("register_type", Name(t), new XAttribute("type_ref", t))),
                    topics.Select(t => new XElement("topic", Name(t.Topic), new XAttribute("register_type_ref", t.Type))))),
            Participants("EcuParticipants", QosLibrary, topics),
            Participants("EcuStandbyParticipants", StandbyQosLibrary, topics));
        return new XDocument(root).ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static IEnumerable<XElement> Types(IdlFile file) =>
        file.Declarations.Select(d => d.Scope.Reverse().Aggregate(
            Type(d), (inner, module) => new XElement("module", Name(module), inner)));

    private static XElement Type(IdlDeclaration declaration) => declaration switch
    {
        IdlEnum x => new XElement(
            "enum",
            Name(x.Name),
            new XAttribute("extensibility", "final"),
            x.Enumerators.Select(e => new XElement("enumerator", Name(e.Name), new XAttribute("value", e.Value)))),
        IdlStruct x => new XElement("struct", Name(x.Name), new XAttribute("extensibility", "final"), x.Members.Select(Member)),
        _ => throw new IdlException(declaration.Location, IdlErrors.Unsupported, $"'{declaration.FullName}' has no form in XML"),
    };

    private static XElement Member(IdlMember member)
    {
        var type = member.Type;
        var dimensions = new List<uint>();
        while (type is ArrayType array)
        {
            dimensions.Add(array.Length);
            type = array.Element;
        }

        return new XElement(
            "member",
            Name(member.Name),
            type switch
            {
                PrimitiveType x => new[] { new XAttribute("type", Primitive(x.Kind)) },
                StringType x => [new XAttribute("type", "string"), new XAttribute("stringMaxLength", x.BoundBytes)],
                IdlDeclaration x => [new XAttribute("type", "nonBasic"), new XAttribute("nonBasicTypeName", x.FullName)],
                _ => throw new IdlException(member.Location, IdlErrors.Unsupported, $"'{member.Name}' has no form in XML"),
            },
            dimensions.Count > 0 ? new XAttribute("arrayDimensions", string.Join(',', dimensions)) : null,
            member.IsKey ? new XAttribute("key", "true") : null);
    }

    private static string Primitive(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Boolean => "boolean",
        PrimitiveKind.Char => "char8",
        PrimitiveKind.Int8 => "int8",
        PrimitiveKind.UInt8 => "byte",
        PrimitiveKind.Float => "float32",
        PrimitiveKind.Double => "float64",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static XElement LoopbackProfile() => new(
        "qos_profile",
        Name(Loopback),
        new XElement(
            "domain_participant_qos",
            new XElement("transport_builtin", new XElement("mask", "UDPv4")),
            new XElement(
                "property",
                new XElement(
                    "value",
                    Property("dds.transport.UDPv4.builtin.parent.allow_interfaces_list", "127.0.0.1"),
                    Property("dds.transport.UDPv4.builtin.ignore_loopback_interface", "0"))),
            new XElement(
                "discovery",
                new XElement("initial_peers", new XElement("element", "31@builtin.udpv4://127.0.0.1")),
                new XElement("multicast_receive_addresses")),
            new XElement(
                "discovery_config",
                new XElement("participant_liveliness_lease_duration", Duration(LeaseSeconds * 1000)),
                new XElement("participant_liveliness_assert_period", Duration(LeaseSeconds * 1000 / 4)),
                new XElement("max_liveliness_loss_detection_period", Duration(LossDetectionMs))),
            new XElement(
                "resource_limits",
                new XElement("type_code_max_serialized_length", 0),
                new XElement("type_object_max_serialized_length", 0))));

    private static XElement Profile(TopicEntry topic) => new(
        "qos_profile",
        Name(topic.Topic),
        new XAttribute("base_name", $"{QosLibrary}::{Loopback}"),
        new XElement("datareader_qos", Shared(topic), Deadline(topic.DeadlineMs + ReaderSlackMs)),
        new XElement("datawriter_qos", Shared(topic), Deadline(topic.DeadlineMs), topic.LifespanMs is { } ms ? new XElement("lifespan", new XElement("duration", Duration(ms))) : null));

    // Strength and liveliness lease of a writer are no part of the contract: each service of a pair has its own.
    private static XElement StandbyProfile(TopicEntry topic) => new(
        "qos_profile",
        Name(topic.Topic),
        new XAttribute("base_name", $"{QosLibrary}::{topic.Topic}"),
        topic.StandbyOwnership switch
        {
            null => null,
            "exclusive" => new[] { OwnedExclusively("datareader_qos"), OwnedExclusively("datawriter_qos") },
            var other => throw topic.Refused("standbyOwnership", other),
        });

    private static XElement OwnedExclusively(string qos) => new(qos, new XElement("ownership", new XElement("kind", "EXCLUSIVE_OWNERSHIP_QOS")));

    private static XElement? Deadline(int? milliseconds) =>
        milliseconds is { } ms ? new("deadline", new XElement("period", Duration(ms))) : null;

    private static IEnumerable<XElement> Shared(TopicEntry topic)
    {
        yield return new("reliability", new XElement("kind", topic.Reliability switch
        {
            "reliable" => "RELIABLE_RELIABILITY_QOS",
            "best-effort" => "BEST_EFFORT_RELIABILITY_QOS",
            var other => throw topic.Refused("reliability", other),
        }));
        yield return new("durability", new XElement("kind", topic.Durability switch
        {
            "volatile" => "VOLATILE_DURABILITY_QOS",
            "transient-local" => "TRANSIENT_LOCAL_DURABILITY_QOS",
            var other => throw topic.Refused("durability", other),
        }));
        yield return topic.History switch
        {
            "keep-last" => new("history", new XElement("kind", "KEEP_LAST_HISTORY_QOS"), new XElement("depth", topic.Depth ?? 1)),
            "keep-all" => new("history", new XElement("kind", "KEEP_ALL_HISTORY_QOS")),
            var other => throw topic.Refused("history", other),
        };
        if (topic.MaxSamples is { } most)
        {
            yield return new(
                "resource_limits",
                new XElement("max_samples", most),
                new XElement("initial_samples", Math.Min(most, 32)),
                new XElement("max_samples_per_instance", most));
        }

        yield return new("representation", new XElement("value", new XElement("element", "XCDR_DATA_REPRESENTATION")));
    }

    private static XElement Participants(string library, string profiles, IReadOnlyList<TopicEntry> topics) => new(
        "domain_participant_library",
        Name(library),
        Participant("Vehicle", profiles, topics, t => t.IsIn),
        Participant("Cockpit", profiles, topics, t => !t.IsIn));

    private static XElement Participant(string name, string profiles, IReadOnlyList<TopicEntry> topics, Func<TopicEntry, bool> writes) => new(
        "domain_participant",
        Name(name),
        new XAttribute("domain_ref", "EcuDomains::Ecu"),
        new XElement("domain_participant_qos", new XAttribute("base_name", $"{QosLibrary}::{Loopback}")),
        new XElement("publisher", Name("Publisher"), topics.Where(writes).Select(t => Endpoint("data_writer", "datawriter_qos", profiles, t))),
        new XElement("subscriber", Name("Subscriber"), topics.Where(t => !writes(t)).Select(t => Endpoint("data_reader", "datareader_qos", profiles, t))));

    private static XElement Endpoint(string element, string qos, string profiles, TopicEntry topic) => new(
        element,
        Name(topic.Topic),
        new XAttribute("topic_ref", topic.Topic),
        new XElement(qos, new XAttribute("base_name", $"{profiles}::{topic.Topic}")));

    private static XElement Property(string name, string value) =>
        new("element", new XElement("name", name), new XElement("value", value));

    private static XElement[] Duration(int milliseconds) =>
    [
        new("sec", milliseconds / 1000),
        new("nanosec", (milliseconds % 1000 * 1_000_000).ToString(CultureInfo.InvariantCulture)),
    ];

    private static XAttribute Name(string name) => new("name", name);
}
