namespace EcuAgent.Commerce.Signatures;

/// <summary>Signs requests, RFC 9421 with ES256.</summary>
internal static class MessageSigner
{
    internal const string InputHeader = "Signature-Input";
    internal const string SignatureHeader = "Signature";

    private const string Label = "sig1";

    private static readonly string[] HeadersToCover = ["ucp-agent", "idempotency-key", "signature-agent"];

    /// <summary>The headers to add: <c>Content-Digest</c> where there is a body, <c>Signature-Input</c> and <c>Signature</c>.</summary>
    /// <param name="request">The request, with every field that is to be covered.</param>
    /// <param name="key">The key.</param>
    /// <param name="created">When.</param>
    internal static IReadOnlyList<KeyValuePair<string, string>> Sign(SignedMessage request, SigningKey key, DateTimeOffset created)
    {
        var headers = new List<KeyValuePair<string, string>>();
        var fields = new Dictionary<string, string>(request.Fields, StringComparer.Ordinal);
        if (request.Body.Length > 0)
        {
            var digest = ContentDigest.Of(request.Body.Span);
            fields["content-digest"] = digest;
            headers.Add(new(ContentDigest.Header, digest));
        }

        var message = request with { Fields = fields };
        var covered = new SfList(
            [.. CoveredIn(message).Select(name => new SfItem(SfBare.Of(name), SfParameters.None))],
            new SfParameters([("created", SfBare.Of(created.ToUnixTimeSeconds())), ("keyid", SfBare.Of(key.KeyId))]));
        var text = SignatureBase.Of(covered, message) ?? throw new ArgumentException($"a request without {covered} cannot be signed", nameof(request));
        headers.Add(new(InputHeader, $"{Label}={covered}"));
        headers.Add(new(SignatureHeader, $"{Label}={SfBare.Of(key.Sign(text))}"));
        return headers;
    }

    /// <summary>What a signature of a message has to cover, by UCP's rules.</summary>
    internal static IEnumerable<string> CoveredIn(SignedMessage message)
    {
        if (message.Status is not null)
        {
            yield return "@status";
        }
        else
        {
            yield return "@method";
            yield return "@authority";
            yield return "@path";
            if (message.Target!.Query.Length > 0)
            {
                yield return "@query";
            }

            foreach (var name in HeadersToCover.Where(message.Fields.ContainsKey))
            {
                yield return name;
            }
        }

        if (message.Body.Length > 0)
        {
            yield return "content-digest";
            yield return "content-type";
        }
    }
}
