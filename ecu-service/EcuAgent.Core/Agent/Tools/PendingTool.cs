using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent.Tools;

/// <summary>A call of a tool of others that was read back and waits for its yes.</summary>
/// <param name="Call">The call.</param>
/// <param name="CallId">Its id in records.</param>
/// <param name="Words">How it is spoken of.</param>
/// <param name="Phrases">The language.</param>
internal sealed record PendingTool(ToolCall Call, string CallId, ToolWords Words, Phrases Phrases)
{
    /// <summary>Id of the question that the call waits for.</summary>
    public string QuestionId { get; init; } = "";

    /// <summary>What it is, in the language of the person.</summary>
    public string Summary => Phrases.ToolSummary(Words);
}
