using EcuAgent.Qwen.Grammar;

namespace EcuAgent.Qwen.Prompts;

/// <summary>A request as the model reads it, and the utterance that copied texts are taken from.</summary>
internal sealed record Prompt(int[] Ids, CopySource Utterance);
