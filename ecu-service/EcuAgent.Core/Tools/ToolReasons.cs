using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Tools;

/// <summary>Stable codes of tools of others, besides those of <see cref="Gate.GateReasons"/>.</summary>
public static class ToolReasons
{
    /// <summary>Answered and done.</summary>
    public const string Done = CommerceReasons.Done;

    /// <summary>As why of a class: the file allows it.</summary>
    public const string Allowed = "allowed";

    /// <summary>As why of a class: the file does not name it, so it is of class Setup.</summary>
    public const string NotListed = "not_listed";

    /// <summary>As why of a class: the definition is not the one that was allowed, so it is of class Setup.</summary>
    public const string ToolChanged = "tool_changed";

    /// <summary>The file names it and the server does not have it.</summary>
    public const string NotOffered = "not_offered";

    /// <summary>The file has no such server.</summary>
    public const string ServerUnknown = "server_unknown";

    /// <summary>No connection or no session; nothing was sent.</summary>
    public const string Unreachable = "server_unreachable";

    /// <summary>The server does not take the token.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>No answer in time, or a broken one.</summary>
    public const string NoAnswer = "server_no_answer";

    /// <summary>The answer broke the protocol or was too long.</summary>
    public const string BadAnswer = "server_bad_answer";

    /// <summary>The server asked for something from the person or the model instead of answering.</summary>
    public const string AsksForInput = "server_asks_for_input";

    /// <summary>The list of tools has too many entries or pages.</summary>
    public const string TooManyTools = "too_many_tools";

    /// <summary>The arguments are no JSON object, too long, or do not fit the tool's schema or the file's limits.</summary>
    public const string ArgumentsInvalid = "arguments_invalid";

    /// <summary>The tool's schema cannot be used to check anything: it is too deep or goes in circles.</summary>
    public const string SchemaUnusable = "schema_unusable";

    /// <summary>The server refused the request as such.</summary>
    public const string ServerRefused = "server_refused";

    /// <summary>The tool says that it failed.</summary>
    public const string ToolFailed = "tool_failed";
}
