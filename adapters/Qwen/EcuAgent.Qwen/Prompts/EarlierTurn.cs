using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Prompts;

/// <summary>The exchange just before the present utterance: a user message, an answer of calls and nothing else, then the last user message.</summary>
/// <param name="User">What was said then.</param>
/// <param name="Calls">The calls of the answer, at least one.</param>
internal sealed record EarlierTurn(UserText User, IReadOnlyList<FunctionCallContent> Calls)
{
    /// <summary>The exchange, or null where the messages before the last user message are anything else.</summary>
    public static EarlierTurn? Find(IReadOnlyList<ChatMessage> messages)
    {
        var last = messages.Count - 1;
        while (last >= 0 && messages[last].Role != ChatRole.User)
        {
            last--;
        }

        if (last < 2 || messages[last - 1].Role != ChatRole.Assistant || messages[last - 2].Role != ChatRole.User
            || messages[last - 2].Contents.Any(static content => content is not TextContent))
        {
            return null;
        }

        var answer = messages[last - 1].Contents;
        var calls = answer.OfType<FunctionCallContent>().ToList();
        return calls.Count > 0 && calls.Count == answer.Count && UserText.TryParse(messages[last - 2].Text) is { } user
            ? new EarlierTurn(user, calls)
            : null;
    }
}
