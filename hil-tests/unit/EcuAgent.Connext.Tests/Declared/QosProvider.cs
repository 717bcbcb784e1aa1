using System.Globalization;
using System.Xml.Linq;
using Rti.Types.Dynamic;

namespace Rti.Dds.Core;

/// <summary>Reads types and profiles from XML, as far as the adapter asks for them.</summary>
public sealed class QosProvider
{
    private readonly XElement _root;

    public QosProvider(string file) => _root = XDocument.Load(file).Root!;

    public DomainParticipantQos GetDomainParticipantQos(string profile) => new(Profile(profile, "domain_participant_qos"));

    public DataReaderQos GetDataReaderQos(string profile) => new(Profile(profile, "datareader_qos"));

    public DataWriterQos GetDataWriterQos(string profile) => new(Profile(profile, "datawriter_qos"));

    public DynamicType GetType(string fullName)
    {
        var parts = fullName.Split("::");
        var type = _root.Element("types")!.Descendants().Single(e =>
            e.Name.LocalName is "struct" or "enum" && Name(e) == parts[^1] && e.Ancestors("module").Reverse().Select(Name).SequenceEqual(parts[..^1]));
        return type.Name.LocalName == "enum"
            ? new DynamicType(fullName, [], typeof(int))
            : new DynamicType(fullName, [.. type.Elements("member").Select(m => (Name(m), Member(m)))], null);
    }

    private DynamicType Member(XElement member)
    {
        var type = member.Attribute("type")!.Value switch
        {
            "nonBasic" => GetType(member.Attribute("nonBasicTypeName")!.Value),
            "string" => new DynamicType("string", [], typeof(string)) { Bound = int.Parse(member.Attribute("stringMaxLength")!.Value, CultureInfo.InvariantCulture) },
            "boolean" => Leaf<bool>(),
            "byte" => Leaf<byte>(),
            "int32" => Leaf<int>(),
            "uint32" => Leaf<uint>(),
            "int64" => Leaf<long>(),
            "uint64" => Leaf<ulong>(),
            "float64" => Leaf<double>(),
            var other => throw new NotSupportedException(other),
        };
        return member.Attribute("arrayDimensions") is { } dimensions
            ? new DynamicType("array", [], null, type, int.Parse(dimensions.Value, CultureInfo.InvariantCulture))
            : type;
    }

    private static DynamicType Leaf<T>() => new(typeof(T).Name, [], typeof(T));

    private static string Name(XElement element) => element.Attribute("name")!.Value;

    private XElement Profile(string profile, string qos)
    {
        var parts = profile.Split("::");
        var library = _root.Elements("qos_library").Single(l => Name(l) == parts[0]);
        return library.Elements("qos_profile").Single(p => Name(p) == parts[1]).Element(qos)
            ?? throw new ArgumentException($"profile {profile} has no {qos}");
    }
}

/// <summary>QoS of a participant.</summary>
public sealed record DomainParticipantQos(XElement Xml);

/// <summary>QoS of a writer.</summary>
public sealed record DataWriterQos(XElement Xml);

/// <summary>QoS of a reader.</summary>
public sealed record DataReaderQos(XElement Xml)
{
    public int HistoryDepth { get; init; } = int.Parse(Xml.Element("history")?.Element("depth")?.Value ?? "1000", CultureInfo.InvariantCulture);

    public DataReaderQos WithHistory(Action<HistoryBuilder> change)
    {
        var builder = new HistoryBuilder { Depth = HistoryDepth };
        change(builder);
        return this with { HistoryDepth = builder.Depth };
    }
}

/// <summary>What is changed of a history.</summary>
public sealed class HistoryBuilder
{
    public int Depth { get; set; }
}
