using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace EcuAgent.SomeIp.Services;

/// <summary>Where the topics of a contract are found on SOME/IP: <c>idl/someip.json</c>, or a file like it for another car.</summary>
public sealed class ServiceMap
{
    private static readonly Lazy<ServiceMap> OfThisBuild = new(ReadEmbedded);

    internal ServiceMap(int lengthFieldBits, ImmutableArray<MappedService> services)
    {
        LengthFieldBits = lengthFieldBits;
        Services = services;
    }

    /// <summary>The map <c>idl/someip.json</c> of this build.</summary>
    /// <exception cref="InvalidDataException">The file was built in with faults; all are named.</exception>
    public static ServiceMap Contract => OfThisBuild.Value;

    /// <summary>Width of the length fields of strings and arrays.</summary>
    /// <value>8, 16 or 32 bits.</value>
    public int LengthFieldBits { get; }

    /// <summary>The services, in the order of the file.</summary>
    public ImmutableArray<MappedService> Services { get; }

    /// <summary>Reads a map; all faults are collected.</summary>
    /// <param name="utf8Json">The file.</param>
    /// <param name="map">The map, null when there are faults.</param>
    /// <param name="faults">Everything that is wrong; empty when nothing is.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out ServiceMap? map, out IReadOnlyList<ServiceMapFault> faults)
    {
        var reader = new ServiceMapReader();
        map = reader.Read(utf8Json);
        faults = reader.Faults;
        return map is not null;
    }

    /// <summary>Every place of a topic: one, or several for a topic that several ECUs send.</summary>
    public IEnumerable<(MappedService Service, MappedTopic Topic)> PlacesOf(string topic) =>
        Services.SelectMany(static s => s.Topics, static (s, t) => (s, t)).Where(x => x.t.Topic == topic);

    private static ServiceMap ReadEmbedded()
    {
        using var stream = typeof(ServiceMap).Assembly.GetManifestResourceStream("someip.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return TryRead(bytes, out var map, out var faults)
            ? map
            : throw new InvalidDataException($"idl/someip.json: {string.Join("; ", faults)}");
    }
}
