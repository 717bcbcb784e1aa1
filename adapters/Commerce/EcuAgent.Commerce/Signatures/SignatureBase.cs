using System.Globalization;
using System.Text;

namespace EcuAgent.Commerce.Signatures;

/// <summary>
/// The text that is signed, RFC 9421 section 2.5. Fields are taken as they stand; the parameters <c>sf</c>, <c>key</c>, <c>bs</c>, <c>req</c> and
/// <c>tr</c> of a field are not known, and what has one cannot be verified here.
/// </summary>
internal static class SignatureBase
{
    private const string ParametersName = "@signature-params";

    /// <summary>The text; null where a component is not there, not known, or named twice.</summary>
    /// <param name="covered">The member of <c>Signature-Input</c>.</param>
    /// <param name="message">The message.</param>
    internal static string? Of(SfList covered, SignedMessage message)
    {
        var text = new StringBuilder();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in covered.Items)
        {
            var name = component.ToString();
            if (component.Value.String is not { } word || !named.Add(name) || ValueOf(word, component.Parameters, message) is not { } value)
            {
                return null;
            }

            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        return text.Append('"').Append(ParametersName).Append("\": ").Append(covered).ToString();
    }

    private static string? ValueOf(string name, SfParameters parameters, SignedMessage message)
    {
        if (name == "@query-param")
        {
            return parameters.Entries is [("name", { Kind: SfKind.String } query)] ? QueryParameterOf(message.Target, query.Text) : null;
        }

        return parameters.Entries.Count > 0 ? null : name switch
        {
            "@method" => message.Method,
            "@authority" => message.Target is { } target ? AuthorityOf(target) : null,
            "@scheme" => message.Target?.Scheme,
            "@target-uri" => message.Target?.AbsoluteUri,
            "@request-target" => message.Target?.PathAndQuery,
            "@path" => message.Target?.AbsolutePath,
            "@query" => message.Target is { } target ? (target.Query.Length > 0 ? target.Query : "?") : null,
            "@status" => message.Status?.ToString(CultureInfo.InvariantCulture),
            ['@', ..] => null,
            _ => message.Field(name)?.Trim(' ', '\t'),
        };
    }

    // Lower case, and without the scheme's own port, which Uri leaves out.
    private static string AuthorityOf(Uri target) => target.Authority.ToLowerInvariant();

    private static string? QueryParameterOf(Uri? target, string name)
    {
        string[] found = [.. (target?.Query.TrimStart('?').Split('&') ?? [])
            .Select(part => part.Split('=', 2))
            .Where(part => Decoded(part[0]) == Decoded(name))
            .Select(part => Uri.EscapeDataString(Decoded(part.ElementAtOrDefault(1) ?? "")))];
        return found.Length == 1 ? found[0] : null;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
