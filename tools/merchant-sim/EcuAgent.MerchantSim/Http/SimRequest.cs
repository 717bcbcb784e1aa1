using Microsoft.AspNetCore.Http;

namespace EcuAgent.MerchantSim.Http;

/// <summary>A request that has been read to its end, so that nothing of it depends on the connection any more.</summary>
internal sealed class SimRequest
{
    public required string Method { get; init; }

    /// <summary>Path without query, as it was sent.</summary>
    public required string Path { get; init; }

    /// <summary>Path and query, byte for byte as they were sent.</summary>
    public required string RawTarget { get; init; }

    public required IReadOnlyList<string> Segments { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The header's value; null when absent or empty.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
}
