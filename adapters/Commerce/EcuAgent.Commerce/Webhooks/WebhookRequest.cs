namespace EcuAgent.Commerce.Webhooks;

/// <summary>An order event as it arrived, with all that a signature may cover.</summary>
/// <param name="Method">HTTP method, upper-case.</param>
/// <param name="Target">Path as it stood in the request line.</param>
/// <param name="Headers">All headers in the order of arrival, <c>Host</c> among them; a name may be there more than once.</param>
/// <param name="Body">The raw body, byte for byte.</param>
public sealed record WebhookRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>A header's value, without regard to the name's case; several are joined by a comma, as HTTP has it. Null where there is none.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToArray();
        return values.Length == 0 ? null : string.Join(", ", values);
    }
}
