using EcuAgent.Qwen.Grammar;

namespace EcuAgent.Qwen.Prompts;

/// <summary>A request as the model reads it, and the words that copied texts are taken from: the utterance, then an earlier one where the prompt has it.</summary>
/// <param name="Ids">All tokens.</param>
/// <param name="Utterance">What copied texts are taken from.</param>
/// <param name="HeadLength">Tokens at the beginning that other requests share (system text and tools).</param>
/// <param name="Alone">The utterance in NFC where no earlier exchange stands before it, else null; compact prompts only.</param>
internal sealed record Prompt(int[] Ids, CopySource Utterance, int HeadLength = 0, string? Alone = null);
