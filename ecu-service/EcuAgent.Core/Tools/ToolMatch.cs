namespace EcuAgent.Core.Tools;

/// <summary>Which tool an utterance asks for.</summary>
/// <param name="Sentence">The call; null where it asks for none, or could ask for several.</param>
/// <param name="IsAmbiguous">True where it could ask for several.</param>
internal readonly record struct ToolMatch(ToolSentence? Sentence, bool IsAmbiguous);
