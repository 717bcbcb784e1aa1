namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>What a server got: everything that left the client.</summary>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    internal string Everything => $"{Method} {Path}\n{string.Join('\n', Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{Body}";
}
