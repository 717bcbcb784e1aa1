using System.Text.Json;

namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>How one request to an MCP server ended.</summary>
internal enum McpEndKind
{
    /// <summary>It did not leave: no connection, no session, or no time.</summary>
    NotSent,

    /// <summary>It did not leave, because it was held back at the last instant.</summary>
    HeldBack,

    /// <summary>The server does not take the token: 401.</summary>
    Unauthorized,

    /// <summary>It may have arrived; there is no whole answer, or an error of the server.</summary>
    NoAnswer,

    /// <summary>It was answered with something that is not this protocol, or too much of it.</summary>
    BadAnswer,

    /// <summary>It was answered with a wish for something from the person or the model (2026-07-28), which is never followed.</summary>
    AsksForInput,

    /// <summary>It was answered with an error of JSON-RPC.</summary>
    Error,

    /// <summary>It was answered with a result.</summary>
    Answered,
}

/// <summary>The end of one request.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Detail">For logs: no byte of the answer, nothing of the request.</param>
internal sealed record McpEnd(McpEndKind Kind, string Detail)
{
    /// <summary>The member <c>result</c> in UTF-8.</summary>
    internal ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>Code of a JSON-RPC error.</summary>
    internal int ErrorCode { get; init; }

    /// <summary>The texts among the members of a JSON-RPC error's <c>data</c>; empty where there are none.</summary>
    internal IReadOnlyDictionary<string, string> ErrorData { get; init; } = new Dictionary<string, string>();

    /// <summary>The result as JSON; null where it has a member twice or nests too deeply.</summary>
    internal JsonDocument? Read()
    {
        try
        {
            return JsonDocument.Parse(Result, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
