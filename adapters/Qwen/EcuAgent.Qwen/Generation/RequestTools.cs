using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>The tools of a request.</summary>
/// <param name="Offered">All that the model is told of; none where the request has none or its tool mode is none.</param>
/// <param name="Callable">Those that may be called: all of them, or the one that the tool mode requires.</param>
/// <param name="MayTalk">Whether the answer may be text: only where the request says tool mode auto; without a mode, a request with tools wants a call.</param>
internal sealed record RequestTools(List<AIFunctionDeclaration> Offered, List<AIFunctionDeclaration> Callable, bool MayTalk)
{
    /// <exception cref="QwenRequestException">A tool has no schema or occurs twice, or what is required is not there.</exception>
    public static RequestTools Of(ChatOptions? options)
    {
        if (options?.ToolMode is NoneChatToolMode)
        {
            return new([], [], MayTalk: true);
        }

        var offered = new List<AIFunctionDeclaration>();
        foreach (var tool in options?.Tools ?? [])
        {
            if (tool is not AIFunctionDeclaration declaration)
            {
                throw new QwenRequestException(QwenRequestError.UnsupportedSchema, $"tool '{tool.Name}' is a {tool.GetType().Name}, expected a function with a schema");
            }

            if (offered.Exists(t => t.Name == declaration.Name))
            {
                throw new QwenRequestException(QwenRequestError.UnsupportedSchema, $"tool '{tool.Name}' occurs twice");
            }

            offered.Add(declaration);
        }

        if (options?.ToolMode is not RequiredChatToolMode required)
        {
            return new(offered, offered, options?.ToolMode is AutoChatToolMode);
        }

        var callable = required.RequiredFunctionName is { } only ? offered.FindAll(t => t.Name == only) : offered;
        return callable.Count > 0
            ? new(offered, callable, MayTalk: false)
            : throw new QwenRequestException(
                QwenRequestError.ToolsRequired,
                required.RequiredFunctionName is null ? "the tool mode requires a call, and the request has no tools" : $"the required function '{required.RequiredFunctionName}' is not among the tools");
    }
}
