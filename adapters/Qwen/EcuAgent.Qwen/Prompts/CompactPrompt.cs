using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Prompts;

/// <summary>
/// The bundled model's dialect: the last user message, and before it at most one earlier exchange. One space stands before an
/// utterance, so that its first word is the same token as in mid-sentence.
/// </summary>
internal static class CompactPrompt
{
    /// <summary>Builds the prompt.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="messages">The conversation; see <see cref="EarlierTurn"/> for the form in which an earlier exchange counts.</param>
    /// <param name="schemas">Tools by name, for the earlier answer; without them, and for calls that they do not allow, nothing earlier is written.</param>
    public static Prompt Build(QwenTokenizer tokenizer, IReadOnlyList<ChatMessage> messages, IReadOnlyDictionary<string, ToolSchema>? schemas = null)
    {
        var user = UserText.Of(messages);
        var segments = new List<PromptSegment>();
        string? before = null;
        if (schemas is not null && EarlierTurn.Find(messages) is { } earlier && CompactAnswer.Write(earlier, schemas) is { } answer)
        {
            before = AddUser(segments, earlier.User);
            segments.AddRange(answer);
            segments.Add(PromptSegment.Trusted("<|im_end|>\n"));
        }

        var words = AddUser(segments, user);
        return new Prompt(tokenizer.Encode(segments), new CopySource(words, keepsSpace: true, before), Alone: before is null ? user.Utterance : null);
    }

    private static string AddUser(List<PromptSegment> segments, UserText user)
    {
        var words = " " + user.Utterance;
        segments.Add(PromptSegment.Trusted($"<|im_start|>user\n{user.Situation}\n"));
        segments.Add(PromptSegment.Foreign(words));
        segments.Add(PromptSegment.Trusted("<|im_end|>\n<|im_start|>assistant\n"));
        return words;
    }
}
