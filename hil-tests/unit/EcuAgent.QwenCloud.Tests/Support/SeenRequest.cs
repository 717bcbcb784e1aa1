namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>What a server got: everything that left the client.</summary>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>All of it but two headers whose numbers are the test machine's: a random port and the length.</summary>
    internal string Everything =>
        $"{Method} {Path}\n{string.Join('\n', Headers.Where(h => h.Key is not ("Host" or "Content-Length")).Select(h => $"{h.Key}: {h.Value}"))}\n\n{Body}";
}
