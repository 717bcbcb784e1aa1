namespace EcuAgent.Commerce.Tests.Support;

/// <summary>Ways in which the bytes of an answer can be wrong, by the place where they stop being right.</summary>
internal static class Fault
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static readonly string Body = Sessions.Session().ToJsonString();
    private static readonly string Whole = $"{Head}Content-Length: {Body.Length}\r\n\r\n";
    private static readonly string Chunked = $"{Head}Transfer-Encoding: chunked\r\n\r\n";

    /// <summary>Each stops at its place by itself.</summary>
    internal static readonly Dictionary<string, Script> Ended = new()
    {
        ["closed without a byte"] = new(ScriptEnd.Close),
        ["reset without a byte"] = new(ScriptEnd.Reset),
        ["closed within the status line"] = new(ScriptEnd.Close, "HTTP/1.1 2"),
        ["reset within the status line"] = new(ScriptEnd.Reset, "HTTP/1.1 2"),
        ["closed after the status line"] = new(ScriptEnd.Close, "HTTP/1.1 200 OK\r\n"),
        ["reset after the status line"] = new(ScriptEnd.Reset, "HTTP/1.1 200 OK\r\n"),
        ["closed within a header"] = new(ScriptEnd.Close, "HTTP/1.1 200 OK\r\nContent-Ty"),
        ["reset within a header"] = new(ScriptEnd.Reset, "HTTP/1.1 200 OK\r\nContent-Ty"),
        ["closed before the body"] = new(ScriptEnd.Close, Whole),
        ["reset before the body"] = new(ScriptEnd.Reset, Whole),
        ["closed within the body"] = new(ScriptEnd.Close, Whole, Body[..40]),
        ["reset within the body"] = new(ScriptEnd.Reset, Whole, Body[..40]),
        ["closed before the body's last byte"] = new(ScriptEnd.Close, Whole, Body[..^1]),
        ["closed within a chunk"] = new(ScriptEnd.Close, Chunked, "40\r\n" + Body[..20]),
        ["closed before the last chunk"] = new(ScriptEnd.Close, Chunked, $"{Body.Length:x}\r\n{Body}\r\n"),
        ["body without a length, cut"] = new(ScriptEnd.Close, Head + "Connection: close\r\n\r\n", Body[..40]),
        ["interim answers and then nothing"] = new(ScriptEnd.Close, "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n"),
    };

    /// <summary>Each is an answer of its own kind, and none of this protocol.</summary>
    internal static readonly Dictionary<string, Script> Garbage = new()
    {
        ["another protocol"] = new(ScriptEnd.Close, "SSH-2.0-OpenSSH_9.2p1\r\n"),
        ["a status that is none"] = new(ScriptEnd.Close, "HTTP/1.1 2000 OK\r\n\r\n"),
        ["a header without a colon"] = new(ScriptEnd.Close, "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
        ["headers without end"] = new(ScriptEnd.Close, Head, string.Concat(Enumerable.Repeat("X-More: " + new string('x', 1000) + "\r\n", 64)), "\r\n"),
        ["a chunk size that is none"] = new(ScriptEnd.Close, Chunked, "zz\r\n{}\r\n0\r\n\r\n"),
        ["a body announced too large"] = new(ScriptEnd.Silence, Head + "Content-Length: 99999999\r\n\r\n", "{"),
        ["a body that grows too large"] = new(ScriptEnd.Close, Head + "Connection: close\r\n\r\n", new string(' ', 600_000), Body),
    };

    /// <summary>Each falls silent at its place and stays so.</summary>
    internal static readonly Dictionary<string, Script> Silent = new()
    {
        ["silent from the start"] = new(ScriptEnd.Silence),
        ["silent within the status line"] = new(ScriptEnd.Silence, "HTTP/1.1 2"),
        ["silent within the headers"] = new(ScriptEnd.Silence, "HTTP/1.1 200 OK\r\nContent-Ty"),
        ["silent before the body"] = new(ScriptEnd.Silence, Whole),
        ["silent within the body"] = new(ScriptEnd.Silence, Whole, Body[..40]),
    };
}
