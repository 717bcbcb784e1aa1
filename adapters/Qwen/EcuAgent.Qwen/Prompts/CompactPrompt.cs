using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Prompts;

/// <summary>
/// The bundled model's dialect: the last user message alone. One space stands before the utterance, so that its first word is
/// the same token as in mid-sentence.
/// </summary>
internal static class CompactPrompt
{
    public static Prompt Build(QwenTokenizer tokenizer, IReadOnlyList<ChatMessage> messages)
    {
        var user = UserText.Of(messages);
        var words = " " + user.Utterance;
        var ids = tokenizer.Encode(
        [
            PromptSegment.Trusted($"<|im_start|>user\n{user.Situation}\n"),
            PromptSegment.Foreign(words),
            PromptSegment.Trusted("<|im_end|>\n<|im_start|>assistant\n"),
        ]);
        return new Prompt(ids, new CopySource(words, keepsSpace: true));
    }
}
