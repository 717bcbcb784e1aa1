using EcuAgent.Qwen.Grammar;

namespace EcuAgent.Qwen.Prompts;

/// <summary>A request as the model reads it, and the words that copied texts are taken from: the utterance, then an earlier one where the prompt has it.</summary>
internal sealed record Prompt(int[] Ids, CopySource Utterance);
