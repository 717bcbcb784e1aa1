using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Prompts;

/// <summary>
/// Qwen's chat form: ChatML, the tools inside the first system message, tool results as user messages, and for Qwen3 an empty think
/// block before the answer (thinking off). Restated from the behaviour of the templates that checkpoints are published with.
/// </summary>
internal static class QwenPrompt
{
    private const string ToolsHead = "# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
        + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>";

    private const string ToolsTail = "\n</tools>\n\nFor each function call, return a json object with function name and arguments within "
        + "<tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>";

    /// <summary>Builds a prompt; its head, everything up to the first message after the system text, may come from an earlier one.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="tools">Tools offered.</param>
    /// <param name="instructions">Text before that of the first system message, or null.</param>
    /// <param name="dialect">What differs between model families; null takes Qwen3's.</param>
    /// <param name="heads">Heads by system text, for these very tools; a new one is added. Null makes it anew.</param>
    public static Prompt Build(
        QwenTokenizer tokenizer,
        IReadOnlyList<ChatMessage> messages,
        IReadOnlyList<AIFunctionDeclaration> tools,
        string? instructions,
        QwenDialect? dialect = null,
        PromptHeads? heads = null)
    {
        dialect ??= QwenDialect.Qwen3;
        heads ??= new PromptHeads();
        var user = UserText.Of(messages);
        var systemText = string.Join("\n\n", LeadingSystemTexts(messages, instructions));
        if (systemText.Length == 0)
        {
            systemText = dialect.DefaultSystemText;
        }

        var head = tools.Count == 0 && systemText.Length == 0 ? [] : heads.GetOrAdd(systemText, text =>
        {
            var system = new List<PromptSegment>();
            AddSystem(system, text, tools);
            return tokenizer.Encode(system);
        });

        // Whatever follows starts with an added token, so the two parts have the same tokens as the whole.
        var segments = new List<PromptSegment>();
        for (var i = messages.Count > 0 && messages[0].Role == ChatRole.System ? 1 : 0; i < messages.Count; i++)
        {
            AddMessage(segments, messages, i);
        }

        segments.Add(PromptSegment.Trusted("<|im_start|>assistant\n" + dialect.AnswerStart));
        return new Prompt([.. head, .. tokenizer.Encode(segments)], new CopySource(user.Utterance, keepsSpace: false, EarlierTurn.Find(messages)?.User.Utterance), head.Length);
    }

    private static IEnumerable<string> LeadingSystemTexts(IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        if (!string.IsNullOrEmpty(instructions))
        {
            yield return instructions;
        }

        if (messages.Count > 0 && messages[0].Role == ChatRole.System)
        {
            yield return UserText.TextOf(messages[0]);
        }
    }

    private static void AddSystem(List<PromptSegment> segments, string text, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        segments.Add(PromptSegment.Trusted("<|im_start|>system\n"));
        segments.Add(PromptSegment.Foreign(text));
        if (tools.Count > 0)
        {
            segments.Add(PromptSegment.Trusted((text.Length > 0 ? "\n\n" : "") + ToolsHead));
            foreach (var tool in tools)
            {
                var json = $"{{\"type\": \"function\", \"function\": {{\"name\": {SpacedJson.Quote(tool.Name)}, "
                    + $"\"description\": {SpacedJson.Quote(tool.Description)}, \"parameters\": {SpacedJson.Write(tool.JsonSchema)}}}}}";
                segments.Add(PromptSegment.Foreign("\n" + json));
            }

            segments.Add(PromptSegment.Trusted(ToolsTail));
        }

        segments.Add(PromptSegment.Trusted("<|im_end|>\n"));
    }

    private static void AddMessage(List<PromptSegment> segments, IReadOnlyList<ChatMessage> messages, int index)
    {
        var message = messages[index];
        if (message.Role == ChatRole.Tool)
        {
            AddToolResults(segments, messages, index);
            return;
        }

        var role = message.Role == ChatRole.User ? "user"
            : message.Role == ChatRole.Assistant ? "assistant"
            : message.Role == ChatRole.System ? "system"
            : throw new QwenRequestException(QwenRequestError.UnsupportedMessage, $"role '{message.Role}'");
        segments.Add(PromptSegment.Trusted($"<|im_start|>{role}\n"));
        if (message.Role == ChatRole.Assistant)
        {
            AddAssistant(segments, message);
        }
        else
        {
            segments.Add(PromptSegment.Foreign(UserText.TextOf(message)));
        }

        segments.Add(PromptSegment.Trusted("<|im_end|>\n"));
    }

    private static void AddAssistant(List<PromptSegment> segments, ChatMessage message)
    {
        segments.Add(PromptSegment.Foreign(message.Text));
        var isFirst = message.Text.Length == 0;
        foreach (var call in message.Contents.OfType<FunctionCallContent>())
        {
            var arguments = System.Text.Json.JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions);
            segments.Add(PromptSegment.Trusted((isFirst ? "" : "\n") + "<tool_call>\n"));
            segments.Add(PromptSegment.Foreign($"{{\"name\": {SpacedJson.Quote(call.Name)}, \"arguments\": {SpacedJson.Write(arguments)}}}"));
            segments.Add(PromptSegment.Trusted("\n</tool_call>"));
            isFirst = false;
        }
    }

    // Results in a row share one user message.
    private static void AddToolResults(List<PromptSegment> segments, IReadOnlyList<ChatMessage> messages, int index)
    {
        if (index == 0 || messages[index - 1].Role != ChatRole.Tool)
        {
            segments.Add(PromptSegment.Trusted("<|im_start|>user"));
        }

        foreach (var result in messages[index].Contents.OfType<FunctionResultContent>())
        {
            var text = result.Result as string ?? SpacedJson.Write(System.Text.Json.JsonSerializer.SerializeToElement(result.Result, AIJsonUtilities.DefaultOptions));
            segments.Add(PromptSegment.Trusted("\n<tool_response>\n"));
            segments.Add(PromptSegment.Foreign(text));
            segments.Add(PromptSegment.Trusted("\n</tool_response>"));
        }

        if (index + 1 == messages.Count || messages[index + 1].Role != ChatRole.Tool)
        {
            segments.Add(PromptSegment.Trusted("<|im_end|>\n"));
        }
    }
}
