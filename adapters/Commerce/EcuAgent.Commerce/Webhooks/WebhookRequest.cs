namespace EcuAgent.Commerce.Webhooks;

/// <summary>An order event as it arrived. The path is no part of it: signatures are held against the address that the registry names.</summary>
/// <param name="Method">HTTP method, upper-case.</param>
/// <param name="Headers">All headers in the order of arrival; a name may be there more than once, in any case.</param>
/// <param name="Body">The raw body, byte for byte.</param>
public sealed record WebhookRequest(string Method, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Headers by lower-case name; several of one name are joined by a comma, as HTTP has it.</summary>
    internal IReadOnlyDictionary<string, string> Fields() => Headers
        .GroupBy(header => header.Key.ToLowerInvariant(), header => header.Value)
        .ToDictionary(lines => lines.Key, lines => string.Join(", ", lines), StringComparer.Ordinal);
}
